import fc from "fast-check";
import { expect, test } from "vitest";
import { auditEntry } from "../testing/audit.ts";
import { canonical } from "./canonical.ts";
import { type AuditEntry, CommittedEntry, commit, mask, Openings, open } from "./entry.ts";

let drawn = 0;
const salt = () => {
  drawn += 1;
  return drawn.toString(16).padStart(32, "0");
};

const told = auditEntry("seal replaced");

test("[PRT-4] what was committed to opens again, over the wire too", () => {
  const line = commit(told, salt);
  const sent = JSON.parse(JSON.stringify(line));
  expect(CommittedEntry.parse(sent.entry)).toEqual(sent.entry);
  expect(open({ ...sent, openings: Openings.parse(sent.openings) })).toEqual({
    ok: true,
    value: told,
  });
});

test("[PRT-4] the committed form gives no value away, and no two commitments to one value are equal", () => {
  const same: AuditEntry = {
    ...told,
    intent: { ...told.intent, payload: { a: "same", b: "same" } },
  };
  const { entry } = commit(same, salt);
  const text = canonical(entry);
  for (const secret of ["same", "seal replaced", "assigned", "Tam"]) {
    expect(text).not.toContain(secret);
  }
  const commitments = Object.values(entry.values);
  expect(new Set(commitments).size).toBe(commitments.length);
  expect(Object.keys(entry.values)).toEqual([
    ...["payload.a", "payload.b", "changes.status", "changes.notes", "overrode"],
  ]);
});

test("[PRT-4] whoever may not see a value gets the same committed form, without it", () => {
  const line = commit(told, salt);
  const masked = mask(line, (path) => path === "changes.status" || path === "payload.urgent");
  expect(masked.entry).toBe(line.entry);
  expect(JSON.stringify(masked)).not.toContain("seal replaced");
  const opened = open(masked);
  expect(opened.ok && opened.value.changes).toEqual({ status: ["new", "assigned"] });
  expect(opened.ok && opened.value.intent.payload).toEqual({ urgent: false });
  expect(opened.ok && "overrode" in opened.value).toBe(false);
});

test("[PRT-4] no other value opens a commitment, nor its own in another place", () => {
  const line = commit(told, salt);
  const text = line.openings["payload.text"];
  const urgent = line.openings["payload.urgent"];
  if (text === undefined || urgent === undefined) throw new Error("the payload is not there");
  const forgeries: Record<string, Openings> = {
    "payload.text": { ...line.openings, "payload.text": { ...text, value: "nothing done" } },
    "payload.urgent": { ...line.openings, "payload.urgent": text },
    "payload.more": { ...line.openings, "payload.more": text },
    "changes.status": {
      ...line.openings,
      "changes.status": { salt: salt(), value: ["new", "assigned"] },
    },
  };
  for (const [field, openings] of Object.entries(forgeries)) {
    expect(open({ ...line, openings })).toMatchObject({
      error: { code: "audit-opening-false", params: { field } },
    });
  }
});

test("[PRT-4] any payload a device may send opens again as it was", () => {
  // Fields without a value are not sent, and what is not an object is one value.
  const payloads = fc.oneof(
    fc.jsonValue(),
    fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 100 }),
    fc.constant(JSON.parse('{"__proto__":{"a":1},"constructor":2,"":3}')),
  );
  fc.assert(
    fc.property(payloads, (payload) => {
      const line = commit({ ...told, intent: { ...told.intent, payload } }, salt);
      const sent = JSON.parse(JSON.stringify(line)) as typeof line;
      expect(CommittedEntry.safeParse(sent.entry).success).toBe(true);
      expect(Openings.safeParse(sent.openings).success).toBe(true);
      expect(Object.keys(sent.openings).length).toBeLessThanOrEqual(64 + 3);
      const opened = open(sent);
      expect(opened.ok && canonical(opened.value.intent.payload)).toBe(canonical(payload));
    }),
  );
});

test("[S12] what only a newer program knows is kept as it came", () => {
  const { entry } = commit(told, salt);
  const newer = {
    ...entry,
    signedOffBy: "Rex",
    outcome: { applied: false, failure: { code: "of-tomorrow", layer: "rule" } },
  };
  expect(CommittedEntry.parse(newer)).toBe(newer);
  expect(CommittedEntry.safeParse({ ...newer, values: { "payload.text": "0" } }).success).toBe(
    false,
  );
});
