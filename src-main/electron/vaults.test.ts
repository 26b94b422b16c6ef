import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createAnswers } from "./core-answers.ts";
import { Ask, FromCore } from "./core-messages.ts";
import { createMainAsker } from "./main-asker.ts";
import { chooseSecretStore } from "./secret-store.ts";
import { createFakeElectron } from "./testing/fake-electron.ts";
import { keptLog, testFolder } from "./testing/quiet.ts";
import { askedCipher, openVault } from "./vaults.ts";

const secret = { version: 1, refreshToken: "รหัสลับ-token" };

/** A core and a main process, with nothing between them but their messages. */
const setUp = () => {
  const dataFolder = testFolder();
  const fake = createFakeElectron(dataFolder);
  const answer = createAnswers({ ...fake.electron, issuer: "https://id.example" });
  const asker = createMainAsker((message) => {
    const { ask, id } = FromCore.parse(structuredClone(message)) as { ask: Ask; id: number };
    void answer(ask).then((given) => asker.answered(id, given));
  });
  const { log } = keptLog();
  const open = (secretStore: "os-keystore" | "owner-only-file") =>
    openVault("keys", { dataFolder, secretStore }, askedCipher(asker), log);
  const onDisk = () => readFileSync(join(dataFolder, "keys.json"), "utf8");
  return { ...fake, open, onDisk, asker };
};

describe("secrets under Electron", () => {
  it("go to the disk sealed by the keystore, and come back as they were", async () => {
    const { open, onDisk } = setUp();
    const vault = await open("os-keystore");
    expect(await vault.save(secret)).toMatchObject({ ok: true });
    expect(onDisk()).not.toContain("refreshToken");
    expect(await (await open("os-keystore")).load()).toEqual({ ok: true, value: secret });
  });

  it("are sealed as soon as there is a keystore, where there was none before", async () => {
    const { open, onDisk } = setUp();
    await (await open("owner-only-file")).save(secret);
    expect(onDisk()).toContain("refreshToken");
    const vault = await open("os-keystore");
    expect(onDisk()).not.toContain("refreshToken");
    expect(await vault.load()).toEqual({ ok: true, value: secret });
  });

  it("are an error, not gone, while the keystore is locked", async () => {
    const { open, safeStorage } = setUp();
    const vault = await open("os-keystore");
    await vault.save(secret);
    safeStorage.available = false;
    expect(await vault.load()).toMatchObject({ ok: false, error: { reason: "keystore" } });
    expect(await vault.save({})).toMatchObject({ ok: false, error: { reason: "keystore" } });
    safeStorage.available = true;
    expect(await vault.load()).toEqual({ ok: true, value: secret });
  });

  it("stand in an owner-only file where the system has no real keystore, which is said", async () => {
    const { safeStorage } = setUp();
    expect(await chooseSecretStore(safeStorage, "linux")).toBe("os-keystore");
    safeStorage.backend = "basic_text";
    expect(await chooseSecretStore(safeStorage, "linux")).toBe("owner-only-file");
    expect(await chooseSecretStore(safeStorage, "darwin")).toBe("os-keystore");
    safeStorage.available = false;
    expect(await chooseSecretStore(safeStorage, "darwin")).toBe("owner-only-file");
  });

  it("take no question that is not known", () => {
    expect(Ask.safeParse({ kind: "encrypt", text: 1 }).success).toBe(false);
    expect(Ask.safeParse({ kind: "decrypt", sealed: "not base64!" }).success).toBe(false);
  });
});
