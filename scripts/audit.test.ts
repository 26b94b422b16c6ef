import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AuditLog, auditKey, publicHalf } from "#shared/testing/audit.ts";
import { id } from "#shared/testing/builders.ts";

const folder = mkdtempSync(join(tmpdir(), "audit-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, content: string): string => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};

const audit = (...args: string[]): Promise<{ code: number; out: string }> =>
  new Promise((resolve) => {
    const script = join(import.meta.dirname, "audit.ts");
    execFile(process.execPath, [script, "verify", ...args], (error, out, wrong) =>
      resolve({ code: error === null ? 0 : Number(error.code), out: out + wrong }),
    );
  });

let log: string;
let receipt: string;
let forged: string;
let keys: string;
let strange: string;
let head: string;

beforeAll(async () => {
  const key = await auditKey();
  const honest = new AuditLog(id("Acme"), ["one", "two"]);
  head = await honest.head(key);
  honest.add("three");
  const lines = await honest.export(key);
  log = write("log.ndjson", `${lines.join("\n")}\n`);
  receipt = write("receipt.json", JSON.stringify(await honest.receipt(2, key), null, 2));
  forged = write("forged.ndjson", lines.join("\n").replace('"assigned"', '"resolved"'));
  keys = write("keys.json", JSON.stringify(publicHalf(key)));
  strange = write("strange.json", JSON.stringify(publicHalf(await auditKey())));
});

test("[PRT-4] a whole log is proven without a server, and against an earlier head", async () => {
  const told = await audit(log, "--keys", keys, "--head", head);
  expect(told).toMatchObject({ code: 0 });
  expect(told.out).toContain("3 lines");
  expect(told.out).toContain("begins with the 2 lines");
  const asFile = await audit(log, "--head", write("head.jws", `${head}\n`), "--json");
  expect(JSON.parse(asFile.out)).toMatchObject({
    ...{ ok: true, kind: "log", keys: "from the file" },
    ...{ head: { log: id("Acme"), size: 3 }, earlier: { size: 2 } },
  });
});

test("[PRT-4] a receipt is proven without a server", async () => {
  const told = await audit(receipt);
  expect(told.code).toBe(0);
  expect(told.out).toContain("ticket.note of Nok is line 2");
  expect(told.out).toContain("--keys");
});

test("[PRT-4] what does not hold is said in words, and by the exit code", async () => {
  const changed = await audit(forged);
  expect(changed.code).toBe(1);
  expect(changed.out).toContain("In line 1 of the audit log the value changes.status");
  const stranger = await audit(receipt, "--keys", strange, "--json");
  expect(stranger.code).toBe(1);
  expect(JSON.parse(stranger.out)).toMatchObject({
    ok: false,
    failure: { code: "audit-head-forged" },
  });
  expect(await audit(receipt, "--head", head)).toMatchObject({ code: 1 });
  expect(await audit(keys)).toMatchObject({ code: 1 });
  expect((await audit(join(folder, "nowhere"))).out).toContain("could not be read");
});
