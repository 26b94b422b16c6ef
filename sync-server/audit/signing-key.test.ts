import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readHead, signHead } from "#shared/audit/head.ts";
import { EMPTY_ROOT } from "#shared/audit/merkle.ts";
import { NOW } from "#shared/testing/builders.ts";
import { publicKeys } from "./heads.ts";
import { loadSigningKey, makeSigningKey } from "./signing-key.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "audit-key-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = () => join(folder, "audit-key.json");

test("[PRT-4] the key is made once, kept for its owner alone, and its public half gives nothing away", async () => {
  const first = await loadSigningKey(folder, {});
  if (!first.ok) throw new Error(first.error);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  chmodSync(file(), 0o644);
  expect(await loadSigningKey(folder, {})).toEqual(first);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["audit-key.json"]);
  const keys = publicKeys(first.value);
  expect(JSON.stringify(keys)).not.toContain(first.value.d);
  const head = { log: "log", size: 0, root: EMPTY_ROOT, at: NOW };
  expect(await readHead(await signHead(head, first.value), keys)).toEqual({
    ok: true,
    value: head,
  });
});

test("[PRT-4] processes that start at once use one key", async () => {
  const keys = await Promise.all(Array.from({ length: 8 }, () => loadSigningKey(folder, {})));
  expect(new Set(keys.map((key) => key.ok && key.value.kid)).size).toBe(1);
  expect(readdirSync(folder)).toEqual(["audit-key.json"]);
});

test("[PRT-4] a key from the environment is used instead, and no file is made", async () => {
  const key = await makeSigningKey();
  const env = { RIVERSYNC_AUDIT_KEY: JSON.stringify(key) };
  expect(await loadSigningKey(folder, env)).toEqual({ ok: true, value: key });
  expect(readdirSync(folder)).toEqual([]);
});

test("[PRT-4] what is no key is said to be none, without repeating it", async () => {
  const { d } = await makeSigningKey();
  writeFileSync(file(), JSON.stringify({ d }));
  for (const env of [{}, { RIVERSYNC_AUDIT_KEY: `{"d":"${d}"` }]) {
    const loaded = await loadSigningKey(folder, env);
    expect(loaded.ok).toBe(false);
    expect(JSON.stringify(loaded)).not.toContain(d);
  }
});
