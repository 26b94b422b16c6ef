import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { electronBinary } from "../../scripts/electron-binary.ts";

const root = join(import.meta.dirname, "../..");
const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");

const text = read("electron-builder.yml");
const config = z
  .object({
    asar: z.object({ smartUnpack: z.literal(false) }),
    npmRebuild: z.literal(false),
    files: z.array(z.string()),
    asarUnpack: z.array(z.string()),
    electronFuses: z.record(z.string(), z.boolean()),
    win: z.object({ icon: z.string() }),
    mac: z.object({ icon: z.string(), hardenedRuntime: z.literal(true) }),
    linux: z.object({ icon: z.string() }),
  })
  .parse(parse(text));

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

/** The fuses that the tool which sets them knows. */
const settable = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));

describe("the package", () => {
  it("names every fuse that can be set, each with the value it must have", () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
      resetAdHocDarwinSignature: false,
    });
    const { resetAdHocDarwinSignature: _notAFuse, ...fuses } = config.electronFuses;
    expect(Object.keys(fuses).sort()).toEqual(settable.map(lowerFirst).sort());
  });

  it("names all that the packing tool's own schema has", () => {
    const schema = z
      .object({
        definitions: z.object({
          FuseOptionsV1: z.object({ properties: z.record(z.string(), z.unknown()) }),
        }),
      })
      .parse(JSON.parse(read("node_modules/app-builder-lib/scheme.json")));
    const known = Object.keys(schema.definitions.FuseOptionsV1.properties);
    expect(Object.keys(config.electronFuses).sort()).toEqual(known.sort());
  });

  it("gives a reason for each fuse", () => {
    const lines = text.split("\n");
    for (const name of Object.keys(config.electronFuses)) {
      const at = lines.findIndex((line) => line.startsWith(`  ${name}:`));
      expect(lines[at - 1], name).toMatch(/^ {2}# \S/);
    }
  });

  it.skipIf(electronBinary() === null)(
    "knows of every fuse in the binary (skipped where Electron's binary is not there)",
    async () => {
      const { version: _version, ...wire } = await getCurrentFuseWire(electronBinary() ?? "");
      // One more than can be set: WasmTrapHandlers.
      expect(Object.keys(wire)).toHaveLength(settable.length + 1);
    },
  );

  it("leaves the driver's libraries outside the archive, where a system can load them", () => {
    expect(config.asarUnpack).toEqual([
      "node_modules/better-sqlite3-multiple-ciphers/prebuilds/*.node",
    ]);
    expect(config.files).toContain(
      "node_modules/better-sqlite3-multiple-ciphers/prebuilds/{linux,darwin,win32}-*.node",
    );
    for (const name of ["linux-x64", "linux-arm64", "darwin-arm64", "darwin-x64", "win32-x64"]) {
      const file = `node_modules/better-sqlite3-multiple-ciphers/prebuilds/${name}.node`;
      expect(existsSync(join(root, file)), file).toBe(true);
    }
  });

  it("has its icons", () => {
    for (const file of [config.win.icon, config.mac.icon, config.linux.icon]) {
      const png = readFileSync(join(root, file));
      expect(png.subarray(1, 4).toString()).toBe("PNG");
      expect(png.readUInt32BE(16)).toBeGreaterThanOrEqual(512);
    }
    expect(existsSync(join(root, "resources/icons/tray.png"))).toBe(true);
  });

  it("starts the file that is built", () => {
    const { main } = JSON.parse(read("package.json")) as { main: string };
    expect(main).toBe("dist/electron/main.cjs");
  });
});
