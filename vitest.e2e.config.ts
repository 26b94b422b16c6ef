import { defineConfig } from "vitest/config";

/**
 * The product as real processes and a real Chromium; two files at a time, as each starts its own and
 * mostly waits for it.
 */
export default defineConfig({
  test: {
    include: ["e2e/**/*.e2e.ts"],
    globalSetup: "e2e/harness/build.ts",
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 90_000,
    hookTimeout: 90_000,
    expect: { poll: { timeout: 20_000, interval: 50 } },
  },
});
