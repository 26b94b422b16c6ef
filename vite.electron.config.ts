import { builtinModules } from "node:module";
import { defineConfig } from "vite";

/** The programs of the Electron client, each built by itself. */
export const programs = ["main", "preload", "core-process"] as const;

/** Stay outside: Electron is there when the program runs, and the driver loads a native library. */
const outside = ["electron", "better-sqlite3-multiple-ciphers"];

/**
 * Builds one program of the client; the mode says which. Each becomes one CommonJS file: a preload
 * in the sandbox can load nothing else, and one form for all is easier to reason about.
 */
export default defineConfig(({ mode }) => ({
  publicDir: false,
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
  resolve: { conditions: ["node", "import", "default"], mainFields: ["module", "main"] },
  ssr: { noExternal: true, external: outside, target: "node" },
  build: {
    ssr: true,
    outDir: "dist/electron",
    emptyOutDir: false,
    target: "node24",
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: { [mode]: `src-main/electron/${mode}.ts` },
      external: [...outside, ...builtinModules, /^node:/],
      output: { format: "cjs", entryFileNames: "[name].cjs", codeSplitting: false },
    },
  },
}));
