import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { buildElectron } from "../../scripts/build-electron.ts";
import { electronBinary } from "../../scripts/electron-binary.ts";

const root = join(import.meta.dirname, "../..");
const binary = electronBinary();
const display =
  process.platform !== "linux" || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);

it.skipIf(binary === null || !display)(
  "the program runs on Electron itself (skipped where its binary or a display is not there)",
  { timeout: 60_000 },
  async () => {
    await buildElectron();
    const data = mkdtempSync(join(tmpdir(), "riversync-launch-"));
    const program = spawn(binary ?? "", [root, "--data", data], { stdio: "inherit" });
    const ended = new Promise((resolve) => program.once("exit", resolve));
    try {
      // The core makes this file once it has started in its own process.
      await vi.waitUntil(() => existsSync(join(data, "electron/core/installation")), {
        timeout: 40_000,
        interval: 200,
      });
      const log = join(data, "electron/core/logs/main.log");
      expect(readFileSync(log, "utf8")).not.toContain("ended by itself");
    } finally {
      program.kill();
      await ended;
      rmSync(data, { recursive: true, force: true });
    }
  },
);

it("the binary is looked for without a download being set off", () => {
  expect(binary === null || existsSync(binary)).toBe(true);
});
