import { beforeAll, expect, test } from "vitest";
import { AuditLog, auditEntry, auditKey, publicHalf } from "../testing/audit.ts";
import { id, NOW } from "../testing/builders.ts";
import { mask } from "./entry.ts";
import { type SigningKey, signHead } from "./head.ts";
import type { Hash } from "./merkle.ts";
import { type Receipt, verifyReceipt } from "./receipt.ts";

const log = new AuditLog(id("Acme"), ["one", "two", "three", "four", "five"]);
let key: SigningKey;
let receipt: Receipt;

beforeAll(async () => {
  key = await auditKey();
  receipt = JSON.parse(JSON.stringify(await log.receipt(3, key)));
});

test("[PRT-4] a receipt proves by itself that its line stands in the log", async () => {
  expect(await verifyReceipt(receipt)).toMatchObject({
    value: { entry: auditEntry("three"), head: { log: id("Acme"), size: 5 } },
  });
  expect(await verifyReceipt(receipt, publicHalf(key))).toMatchObject({ ok: true });
});

test("[PRT-4] every line of a log has a receipt that holds", async () => {
  for (const { seq } of log.lines) {
    expect(await verifyReceipt(await log.receipt(seq, key))).toMatchObject({ ok: true });
  }
});

test("[PRT-4] a receipt holds however much of it is masked", async () => {
  const masked = { ...receipt, line: mask(receipt.line, () => false) };
  expect(await verifyReceipt(masked)).toMatchObject({
    value: { entry: { changes: {}, intent: { type: "ticket.note", payload: {} } } },
  });
});

test("[PRT-4] a receipt that was changed says what of it does not hold", async () => {
  const { line } = receipt;
  const text = line.openings["payload.text"];
  if (text === undefined) throw new Error("the payload is not there");
  const stranger = await auditKey();
  const headAt = (size: number, root: Hash, of = log.id) =>
    signHead({ log: of, size, root, at: NOW }, key);
  const other = await log.receipt(4, key);
  const forgeries: [string, unknown][] = [
    ["audit-document-unreadable", { ...receipt, version: 2 }],
    ["audit-document-unreadable", null],
    ["audit-head-forged", { ...receipt, head: await log.head(stranger) }],
    ["audit-head-forged", { ...receipt, head: `${receipt.head.slice(0, -8)}AAAAAAAA` }],
    ["audit-chain-broken", { ...receipt, index: 3 }],
    ["audit-chain-broken", { ...receipt, log: id("Beta"), line: { ...line, log: id("Beta") } }],
    ["audit-chain-broken", { ...receipt, head: await headAt(5, "0".repeat(64), id("Beta")) }],
    [
      "audit-opening-false",
      {
        ...receipt,
        line: {
          ...line,
          openings: { ...line.openings, "payload.text": { ...text, value: "nothing" } },
        },
      },
    ],
    ["audit-proof-broken", { ...receipt, proof: receipt.proof.slice(1) }],
    ["audit-proof-broken", { ...receipt, head: await headAt(2, "0".repeat(64)) }],
    ["audit-root-wrong", { ...receipt, proof: other.proof }],
    ["audit-root-wrong", { ...receipt, head: await headAt(5, "0".repeat(64)) }],
    ["audit-root-wrong", { ...receipt, line: { ...line, prev: "0".repeat(64) } }],
    [
      "audit-root-wrong",
      { ...receipt, line: { ...line, entry: { ...line.entry, deviceTime: "never" } } },
    ],
  ];
  for (const [code, forgery] of forgeries) {
    expect(await verifyReceipt(forgery)).toMatchObject({ ok: false, error: { code } });
  }
});

test("[PRT-4] the keys in a receipt are not trusted where others are", async () => {
  const stranger = await auditKey();
  const forged = await log.receipt(3, stranger);
  expect(await verifyReceipt(forged)).toMatchObject({ ok: true });
  expect(await verifyReceipt(forged, publicHalf(key))).toMatchObject({
    error: { code: "audit-head-forged" },
  });
});
