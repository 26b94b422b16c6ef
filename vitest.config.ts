import { defineConfig } from "vitest/config";

/** Renderer tests run in happy-dom, everything else in plain Node. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "node",
          environment: "node",
          include: ["{src-shared,src-main,sync-server,scripts,bench,e2e,simulation}/**/*.test.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // Long enough for a busy machine: what is awaited ends the wait.
          expect: { poll: { timeout: 15_000 } },
        },
      },
      {
        test: {
          name: "renderer",
          environment: "happy-dom",
          include: ["src-renderer/**/*.test.{ts,tsx}"],
          setupFiles: ["src-renderer/testing/setup.ts"],
          testTimeout: 30_000,
        },
      },
    ],
    maxWorkers: 2,
  },
});
