import { randomBytes } from "node:crypto";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { authFailure } from "./auth-error.ts";
import { createEncryptedVault } from "./encrypted-vault.ts";
import { createKeyring } from "./keyring.ts";
import { createOwnerOnlyFileVault } from "./owner-only-file-vault.ts";
import { temporaryDirectory } from "./testing/provider-process.ts";

const log = pino({ level: "silent" });
const fault = (reason: string) => ({ ok: false, error: { code: "vault-unavailable", reason } });
const fileVault = (file = join(temporaryDirectory(), "secrets", "vault.json")) => {
  const exposed: string[] = [];
  const onExposed = ({ mode }: { mode: string }) => void exposed.push(mode);
  return { file, exposed, vault: createOwnerOnlyFileVault({ file, log, onExposed }) };
};

describe.skipIf(process.platform === "win32")("the owner-only file", () => {
  it("[ACC-5] keeps a secret for its owner alone, until it is cleared", async () => {
    const { vault, file, exposed } = fileVault();
    expect(await vault.load()).toEqual({ ok: true, value: undefined });
    expect((await vault.clear()).ok).toBe(true);
    await vault.save({ token: "one" });
    expect(await vault.load()).toEqual({ ok: true, value: { token: "one" } });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
    await vault.clear();
    expect(await vault.load()).toEqual({ ok: true, value: undefined });
    expect(readdirSync(dirname(file))).toEqual([]);
    expect(exposed).toEqual([]);
  });

  it("[ACC-5] closes a file that others could read, and reports it", async () => {
    const { vault, file, exposed } = fileVault();
    await vault.save({ token: "one" });
    chmodSync(file, 0o644);
    expect(await vault.load()).toEqual({ ok: true, value: { token: "one" } });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(exposed).toEqual(["644"]);
  });

  it("keeps the order of calls, and leaves no copy behind", async () => {
    const { vault, file } = fileVault();
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.crashed.new`, "an old secret");
    const calls = Array.from({ length: 20 }, (_, index) => vault.save(index));
    const load = vault.load();
    const clear = vault.clear();
    await Promise.all(calls);
    expect(await load).toEqual({ ok: true, value: 19 });
    await clear;
    expect(readdirSync(dirname(file))).toEqual([]);
  });

  it("says that it is damaged, a link, or cannot be written", async () => {
    const { vault, file } = fileVault();
    await vault.save("secret");
    writeFileSync(file, '{"half');
    expect(await vault.load()).toMatchObject(fault("damaged"));
    const link = join(temporaryDirectory(), "link.json");
    symlinkSync(file, link);
    expect(await fileVault(link).vault.load()).toMatchObject(fault("unreadable"));
    const below = fileVault(join(file, "vault.json")).vault;
    expect(await below.save("secret")).toMatchObject(fault("unwritable"));
  });
});

describe("the encrypted vault", () => {
  const mask = (data: Uint8Array) => Buffer.from(data.map((byte) => byte ^ 0x5a));
  const cipher = {
    encrypt: (text: string) => mask(Buffer.from(text)),
    decrypt: async (sealed: Buffer) => mask(sealed).toString(),
  };

  it("[ACC-5] lets only sealed secrets reach the disk", async () => {
    const { vault, file } = fileVault();
    const sealed = createEncryptedVault(vault, cipher);
    await sealed.save({ token: "one" });
    expect(readFileSync(file, "utf8")).not.toContain("one");
    expect(await sealed.load()).toEqual({ ok: true, value: { token: "one" } });
    await sealed.clear();
    expect(await sealed.load()).toEqual({ ok: true, value: undefined });
  });

  it("says that the keystore is locked, or that the secret is not its own", async () => {
    const { vault } = fileVault();
    const locked = () => {
      throw new Error("locked");
    };
    const broken = createEncryptedVault(vault, { encrypt: locked, decrypt: locked });
    expect(await broken.save("secret")).toMatchObject(fault("keystore"));
    await createEncryptedVault(vault, cipher).save("secret");
    expect(await broken.load()).toMatchObject(fault("keystore"));
    await vault.save("in the clear");
    expect(await createEncryptedVault(vault, cipher).load()).toMatchObject(fault("damaged"));
  });
});

describe("the keyring", () => {
  it("[ID-1] keeps one 32-byte key for each account until it is forgotten", async () => {
    const { vault } = fileVault();
    const keyring = createKeyring(vault);
    const [one, same] = await Promise.all([keyring.databaseKey("a"), keyring.databaseKey("a")]);
    expect(one.ok && one.value).toMatch(/^[0-9a-f]{64}$/);
    expect(same).toEqual(one);
    expect(await keyring.databaseKey("b")).not.toEqual(one);
    expect(await createKeyring(vault).databaseKey("a")).toEqual(one);
    await keyring.forget("a");
    expect(await keyring.databaseKey("a")).not.toEqual(one);
  });

  it("never replaces keys it cannot read", async () => {
    const { vault, file } = fileVault();
    await vault.save({ version: 1, databases: { a: randomBytes(8).toString("hex") } });
    const before = readFileSync(file);
    expect(await createKeyring(vault).databaseKey("b")).toMatchObject(fault("damaged"));
    expect(await createKeyring(vault).forget("a")).toMatchObject(fault("damaged"));
    expect(readFileSync(file)).toEqual(before);
  });
});

it("shows each error as a failure people can read about", () => {
  expect(authFailure({ code: "session-ended" })).toMatchObject({ code: "session-ended" });
  expect(authFailure({ code: "clock-skew", skewSeconds: -3600.4 })).toMatchObject({
    params: { seconds: -3600 },
  });
  expect(authFailure({ code: "state-mismatch" })).toMatchObject({
    code: "sign-in-failed",
    params: { reason: "state-mismatch" },
  });
});
