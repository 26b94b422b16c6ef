import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { id } from "#shared/testing/builders.ts";
import { openSqlite } from "./store/open-sqlite.ts";
import type { Store } from "./store/store.ts";
import { serve } from "./testing/client.ts";
import { seed } from "./testing/world.ts";

const folder = mkdtempSync(join(tmpdir(), "admin-"));
let store: Store;
let server: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  mkdirSync(join(folder, "server"));
  const opened = await openSqlite(join(folder, "server", "server.db"));
  if (!opened.ok) throw new Error(opened.error.code);
  store = opened.value;
  await seed(store);
  server = await serve(store, () => new Date().toISOString());
});
afterAll(async () => {
  await server.app.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const admin = async (...args: string[]): Promise<string> => {
  const script = join(import.meta.dirname, "admin.ts");
  const run = promisify(execFile)(process.execPath, [script, "--data", folder, ...args]);
  return (await run).stdout;
};
const refusal = async (who: string) => (await server.pullRaw(who)).json().error?.code;

test("[S9] an operator suspends an account while the server runs, and restores it", async () => {
  expect(await refusal("Nok")).toBeUndefined();
  expect(await admin("suspend", "Nok")).toContain("suspended");
  expect(await refusal("Nok")).toBe("account-suspended");
  await admin("restore", "Nok");
  expect(await refusal("Nok")).toBeUndefined();
});

test("[S9] an operator sees which devices are in use, and revokes one", async () => {
  await server.pull("Nok on tablet");
  expect(await admin("devices", "Nok")).toContain(id("tablet"));
  expect(await admin("devices", "Rex")).not.toContain(id("tablet"));
  await admin("revoke-device", id("tablet"));
  expect(await refusal("Nok on tablet")).toBe("device-revoked");
  expect(await admin("devices")).toContain("revoked");
});

test("an operator's mistake is a sentence, and changes nothing", async () => {
  await expect(admin("suspend", "Nemo")).rejects.toMatchObject({ code: 1, stderr: /no account/ });
  await expect(admin("revoke-device", "nothing")).rejects.toMatchObject({ code: 1 });
  await expect(admin("--data", "/nowhere", "devices")).rejects.toMatchObject({ code: 1 });
});
