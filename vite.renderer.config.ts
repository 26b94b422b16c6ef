import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Builds the renderer: one page, relative addresses, nothing fetched from anywhere. */
export default defineConfig({
  root: "src-renderer",
  base: "./",
  plugins: [react()],
  build: {
    outDir: "../dist/renderer",
    emptyOutDir: true,
    target: "chrome140",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
  },
  server: { fs: { allow: [".."] }, host: "127.0.0.1" },
});
