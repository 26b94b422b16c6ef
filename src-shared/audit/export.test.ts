import { beforeAll, expect, test } from "vitest";
import { AuditLog, auditKey, publicHalf } from "../testing/audit.ts";
import { id } from "../testing/builders.ts";
import { type Held, verifyExport } from "./export.ts";
import type { SigningKey } from "./head.ts";

const log = new AuditLog(id("Acme"), ["one", "two"]);
let key: SigningKey;
let earlier: string;
let file: string[];

beforeAll(async () => {
  key = await auditKey();
  earlier = await log.head(key);
  for (const text of ["three", "four", "five"]) log.add(text);
  file = await log.export(key);
});

async function* read(lines: readonly string[]) {
  yield* lines;
}
const verify = (lines: readonly string[], held?: Held) => verifyExport(read(lines), held);

/** The file with one of its lines changed, as JSON. */
const changed = (seq: number, change: (line: ReturnType<typeof JSON.parse>) => void) =>
  file.map((text, n) => {
    if (n !== seq) return text;
    const line = JSON.parse(text);
    change(line);
    return JSON.stringify(line);
  });

test("[PRT-4] a whole log holds, and begins with the head that was seen earlier", async () => {
  const held = { keys: publicHalf(key), earlier };
  expect(await verify(file, held)).toMatchObject({
    value: { head: { size: 5 }, earlier: { size: 2 } },
  });
  expect(await verify([...file, ""])).toMatchObject({ value: { earlier: null } });
  const empty = await new AuditLog(id("Beta"), []).export(key);
  expect(await verify(empty)).toMatchObject({ value: { head: { size: 0 } } });
});

test("[PRT-4] the first line that does not hold is named, and why", async () => {
  const cases: [string[], object][] = [
    [[], { code: "audit-document-unreadable" }],
    [["{"], { code: "audit-document-unreadable" }],
    [
      changed(2, (line) => {
        line.openings["changes.status"].value = ["new", "resolved"];
      }),
      { code: "audit-opening-false", params: { seq: 2, field: "changes.status" } },
    ],
    [
      // What is hashed was changed: the next line does not follow from it.
      changed(2, (line) => {
        line.entry.actor.name = "Rex";
      }),
      { code: "audit-chain-broken", params: { seq: 3 } },
    ],
    [file.filter((_, n) => n !== 2), { code: "audit-chain-broken", params: { seq: 2 } }],
    [file.slice(0, -1), { code: "audit-chain-broken", params: { seq: 5 } }],
    [[...file.slice(0, 3), "{}"], { code: "audit-chain-broken", params: { seq: 3 } }],
    [
      // The last line has none after it that would show: the root does.
      changed(5, (line) => {
        line.entry.deviceTime = "never";
      }),
      { code: "audit-root-wrong" },
    ],
  ];
  for (const [lines, error] of cases) expect(await verify(lines)).toMatchObject({ error });
});

test("[PRT-4] a log that was written anew, and signed, does not begin with the earlier head", async () => {
  const forged = new AuditLog(id("Acme"), ["one", "nothing", "three", "four", "five"]);
  const lines = await forged.export(key);
  expect(await verify(lines)).toMatchObject({ ok: true });
  expect(await verify(lines, { earlier })).toMatchObject({
    error: { code: "audit-history-rewritten", params: { size: 2 } },
  });
  const shorter = await new AuditLog(id("Acme"), ["one"]).export(key);
  expect(await verify(shorter, { earlier })).toMatchObject({
    error: { code: "audit-history-rewritten" },
  });
});

test("[PRT-4] a log is held against the keys that are known, not those it brings", async () => {
  const stranger = publicHalf(await auditKey());
  expect(await verify(file, { keys: stranger })).toMatchObject({
    error: { code: "audit-head-forged" },
  });
  const another = await new AuditLog(id("Beta"), ["one"]).head(key);
  expect(await verify(file, { earlier: another })).toMatchObject({
    error: { code: "audit-head-forged" },
  });
});
