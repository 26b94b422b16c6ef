import { beforeAll, expect, test } from "vitest";
import { AuditLog, auditKey, publicHalf } from "../testing/audit.ts";
import { id } from "../testing/builders.ts";
import { type Head, type Keys, readHead, type SigningKey } from "./head.ts";
import { checkHead } from "./watch.ts";

const texts = ["one", "two", "three", "four", "five"];
let key: SigningKey;
let keys: Keys;
let known: Head;

beforeAll(async () => {
  key = await auditKey();
  keys = publicHalf(key);
  const read = await readHead(await new AuditLog(id("Acme"), texts).head(key), keys);
  if (!read.ok) throw new Error(read.error.code);
  known = read.value;
});

const shown = async (log: AuditLog, by = key) =>
  checkHead(known, await log.head(by), await log.consistency(known.size), keys);

test("[PRT-4] a log that has only grown is the one it was", async () => {
  const log = new AuditLog(id("Acme"), texts);
  const first = await checkHead(null, await log.head(key), [], keys);
  expect(first).toEqual({ ok: true, value: known });
  log.add("six");
  log.add("seven");
  expect(await shown(log)).toMatchObject({ ok: true, value: { size: 7 } });
});

test("[PRT-4] a log in which one line was written anew is seen, chain, tree and signature being right", async () => {
  const forged = new AuditLog(id("Acme"), ["one", "nothing", "three", "four", "five", "six"]);
  expect(await shown(forged)).toMatchObject({
    error: { code: "audit-history-rewritten", params: { size: 5 } },
  });
});

test("[PRT-4] a log that is shorter, or as long and another, is seen", async () => {
  const shorter = new AuditLog(id("Acme"), texts.slice(0, 4));
  expect(await checkHead(known, await shorter.head(key), [], keys)).toMatchObject({
    error: { code: "audit-history-rewritten" },
  });
  const other = new AuditLog(id("Acme"), [...texts].reverse());
  expect(await checkHead(known, await other.head(key), [], keys)).toMatchObject({
    error: { code: "audit-history-rewritten" },
  });
});

test("[PRT-4] a head of somebody else, or of another log, is forged", async () => {
  const log = new AuditLog(id("Acme"), texts);
  expect(await shown(log, await auditKey())).toMatchObject({
    error: { code: "audit-head-forged" },
  });
  expect(await shown(new AuditLog(id("Beta"), texts))).toMatchObject({
    error: { code: "audit-head-forged" },
  });
});
