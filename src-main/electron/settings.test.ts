import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readSettings } from "./settings.ts";
import { testFolder } from "./testing/quiet.ts";

const fileWith = (text: string): string => {
  const file = join(testFolder(), "riversync.json");
  writeFileSync(file, text);
  return file;
};

describe("the settings", () => {
  it("are the demo's on this machine where none are given", () => {
    expect(readSettings([".", "--enable-logging", "--x=1"], "/none")).toMatchObject({
      ok: true,
      value: { server: "http://127.0.0.1:4070", issuer: "http://127.0.0.1:4071" },
    });
  });

  it("come from the command line first, then from what was installed", () => {
    const file = fileWith('{"server":"https://sync.example","issuer":"https://id.example"}');
    expect(readSettings(["--issuer", "https://other.example"], file)).toMatchObject({
      ok: true,
      value: { server: "https://sync.example", issuer: "https://other.example" },
    });
  });

  it.each([["http://sync.example"], ["ftp://sync.example"], ["sync.example"]])(
    "take no server at %s",
    (server) => {
      expect(readSettings(["--server", server], "/none").ok).toBe(false);
    },
  );

  it("are refused as a whole where their file is damaged", () => {
    expect(readSettings([], fileWith("{")).ok).toBe(false);
    expect(readSettings([], fileWith("[]")).ok).toBe(false);
  });
});
