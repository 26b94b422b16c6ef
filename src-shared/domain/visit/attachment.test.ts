import { describe, expect, test } from "vitest";
import { actor, device, id, intent, NOW, visit } from "../../testing/builders.ts";
import type { IntentType } from "../registry.ts";
import { parseIntent, runIntent } from "../run-intent.ts";
import {
  attachmentsOf,
  hashesOf,
  MAX_ATTACHMENTS,
  MAX_FILE_BYTES,
  MAX_THUMB,
} from "./attachment.ts";
import { Visit, visitOpen, visitStates } from "./visit.ts";

const before: Visit = visit("v", device("pump", "Acme", "North"), "Tam");
const photo = {
  hash: "a".repeat(64),
  name: "nameplate.jpg",
  type: "image/jpeg",
  size: 1000,
  thumb: "data:image/jpeg;base64,/9j/4AAQ",
  caption: "Nameplate",
};
const hash = (n: number) => n.toString(16).padStart(64, "0");

const run = (who: string, type: IntentType, payload: object, on: Visit) => {
  const parsed = parseIntent(intent(who, type, on.id, { ...payload }));
  if (!parsed.ok) return parsed;
  return runIntent(parsed.value, on, {
    actor: actor(who),
    at: NOW,
    intentId: parsed.value.intent.id,
    targetId: on.id,
    get: () => undefined,
    all: () => [],
  });
};
const codeOf = (result: ReturnType<typeof run>) => (result.ok ? "applied" : result.error.code);
const applied = (result: ReturnType<typeof run>): Visit => {
  if (!result.ok) throw new Error(result.error.code);
  return Visit.parse(result.value);
};
const withPhotos = (count: number) =>
  Array.from({ length: count }, (_, n) => n).reduce(
    (on, n) => applied(run("Tam", "visit.attach", { ...photo, hash: hash(n) }, on)),
    before,
  );

describe("[S13] attaching a file to a visit", () => {
  test("keeps what it is, who added it and when; a record from before there were any takes it", () => {
    expect(before).not.toHaveProperty("attachments");
    const after = applied(run("Tam", "visit.attach", photo, before));
    expect(attachmentsOf(after)).toEqual([
      { ...photo, by: { id: id("Tam"), name: "Tam" }, at: NOW },
    ]);
    expect(hashesOf(after)).toEqual([photo.hash]);
    expect([hashesOf(before), hashesOf(null), hashesOf({ attachments: "x" })]).toEqual([
      [],
      [],
      [],
    ]);
  });

  test.each(visitStates)("in state %s only until the visit is over", (status) => {
    const on = { ...before, status };
    const allowed = visitOpen.some((state) => state === status);
    expect(codeOf(run("Tam", "visit.attach", photo, on))).toBe(allowed ? "applied" : "wrong-state");
    const held = { ...withPhotos(1), status };
    expect(codeOf(run("Tam", "visit.detach", { hash: hash(0) }, held))).toBe(
      allowed ? "applied" : "wrong-state",
    );
  });

  test("is its assignee's alone", () => {
    expect(codeOf(run("Nok", "visit.attach", photo, before))).toBe("not-the-assignee");
    const nobodys = { ...before, assigneeId: null };
    expect(codeOf(run("Tam", "visit.attach", photo, nobodys))).toBe("visit-needs-assignee");
  });

  test.each([
    ["the largest", { size: MAX_FILE_BYTES }, "applied"],
    ["one byte more", { size: MAX_FILE_BYTES + 1 }, "file-too-large"],
    ["nothing", { size: 0 }, "intent-malformed"],
    ["a paper", { type: "application/pdf", thumb: null }, "applied"],
    ["a drawing that could run", { type: "image/svg+xml" }, "file-type-refused"],
    ["a page", { type: "text/html" }, "file-type-refused"],
    ["a path for a hash", { hash: "../../etc/passwd" }, "intent-malformed"],
    ["a thumbnail from elsewhere", { thumb: "https://evil.example/x.png" }, "intent-malformed"],
    ["a thumbnail that could run", { thumb: "data:image/svg+xml;base64,AAAA" }, "intent-malformed"],
    [
      "a thumbnail that is too large",
      { thumb: `data:image/jpeg;base64,${"A".repeat(MAX_THUMB)}` },
      "intent-malformed",
    ],
    ["more than is asked", { by: { id: id("Nok"), name: "Nok" } }, "intent-malformed"],
  ])("%s", (_case, differs, code) => {
    expect(codeOf(run("Tam", "visit.attach", { ...photo, ...differs }, before))).toBe(code);
  });

  test("the same file twice, or one too many, is refused", () => {
    const full = withPhotos(MAX_ATTACHMENTS);
    expect(codeOf(run("Tam", "visit.attach", photo, full))).toBe("files-too-many");
    expect(codeOf(run("Tam", "visit.attach", { ...photo, hash: hash(1) }, full))).toBe(
      "already-in-state",
    );
  });

  test("it is taken away by whoever added it, and by nobody else", () => {
    const held = withPhotos(2);
    const after = applied(run("Tam", "visit.detach", { hash: hash(0) }, held));
    expect(hashesOf(after)).toEqual([hash(1)]);
    expect(codeOf(run("Nok", "visit.detach", { hash: hash(0) }, held))).toBe("file-not-yours");
    expect(codeOf(run("Tam", "visit.detach", { hash: hash(9) }, held))).toBe("file-unknown");
    // Given to another since: one's own stays one's own.
    const passedOn = { ...held, assigneeId: id("Ton") };
    expect(codeOf(run("Tam", "visit.detach", { hash: hash(0) }, passedOn))).toBe("applied");
  });
});
