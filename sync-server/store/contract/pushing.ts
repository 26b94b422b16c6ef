import { expect, test } from "vitest";
import { id, intent, visit } from "#shared/testing/builders.ts";
import { brokenAt, readAudit } from "../../audit/log.ts";
import { serve } from "../../testing/client.ts";
import { devices } from "../../testing/world.ts";
import type { Store } from "../store.ts";
import type { Ground } from "./ground.ts";

/** What a database says to whoever would change its log: a trigger, or that it is no right of theirs. */
const APPEND_ONLY = /append-only|permission denied for table audit/;

/** What becomes of intents. */
export const pushing = (on: Ground): void => {
  test("[S3] an intent is applied once, however often it is sent", async () => {
    const before = await on.server.pull("Nok");
    const noted = intent("Nok", "ticket.note", id("pump-ticket"), { text: "valve stuck" });
    const first = await on.server.push("Nok", noted);
    const second = await on.server.push("Nok", noted);
    expect(first.verdicts).toEqual(second.verdicts);
    expect(second.records[0]?.data?.notes).toHaveLength(1);
    const after = await on.server.pull("Nok", before.checkpoint);
    expect(after.records.map((r) => r.id)).toEqual([id("pump-ticket")]);
    const log = await readAudit(on.store.db, id("Acme"));
    expect(log.filter((line) => line.entry.intent.id === noted.id)).toHaveLength(1);
  });

  test("[S4] the answer to a push is the authoritative record, or a tombstone", async () => {
    const made = id("made-offline");
    const raise = (deviceId: string) => ({
      deviceId,
      title: "Noise",
      detail: "",
      priority: 3,
      alarmId: null,
    });
    const applied = await on.server.push(
      "Nok",
      intent("Nok", "ticket.raise", made, raise(devices.pump.id)),
    );
    expect(applied.verdicts[0]?.status).toBe("applied");
    expect(applied.records[0]?.data).toMatchObject({
      title: "Noise",
      openedBy: "Nok",
      tier: "premium",
    });
    const refused = await on.server.push(
      "Nok",
      intent("Nok", "ticket.raise", id("ghost"), raise(devices.chiller.id)),
    );
    expect(refused.verdicts[0]).toMatchObject({ failure: { code: "target-unknown" } });
    expect(refused.records).toEqual([
      { id: id("ghost"), kind: "ticket", rev: 0, until: null, data: null },
    ]);
  });

  test("[S5] one bad intent in a batch delays no other", async () => {
    const answer = await on.server.pushRaw("Nok", [
      { nonsense: true },
      intent("Nok", "ticket.take", id("nowhere")),
      intent("Nok", "ticket.take", id("pump-ticket")),
    ]);
    expect(answer.json().verdicts.map((v: { status: string }) => v.status)).toEqual([
      "refused",
      "refused",
      "applied",
    ]);
  });

  test("[S3] a forged actor, a replay with other content and a skipped predecessor are refused and audited", async () => {
    const forged = intent("Tam", "ticket.note", id("pump-ticket"), { text: "not me" });
    const honest = intent("Nok", "ticket.note", id("pump-ticket"), { text: "one" });
    const replayed = { ...honest, payload: { text: "two" } };
    const early = intent(
      "Nok",
      "ticket.note",
      id("pump-ticket"),
      { text: "late" },
      {
        after: intent("Nok", "ticket.note", id("pump-ticket")).id,
      },
    );
    const { verdicts } = await on.server.push("Nok", forged, honest, replayed, early);
    const codes = verdicts.map((v) => (v.status === "refused" ? v.failure.code : v.status));
    expect(codes).toEqual(["actor-forged", "applied", "intent-replayed", "intent-out-of-order"]);
    const log = await readAudit(on.store.db, id("Acme"));
    const refusals = log.flatMap(({ entry }) =>
      entry.outcome.applied ? [] : [entry.outcome.failure.code],
    );
    expect(refusals).toEqual(
      expect.arrayContaining(["actor-forged", "intent-replayed", "intent-out-of-order"]),
    );
  });

  test("[PAR-1] another organisation's record is unknown to whoever guesses its id", async () => {
    const { verdicts } = await on.server.push(
      "Nok",
      intent("Nok", "ticket.take", id("rival-ticket")),
    );
    expect(verdicts[0]).toMatchObject({ failure: { code: "target-unknown" } });
    const audited = (await readAudit(on.store.db, id("Acme"))).at(-1);
    expect(audited?.entry).toMatchObject({ actor: { name: "Nok" }, outcome: { applied: false } });
  });

  test("[S3] a transaction that fails leaves no verdict, record, feed row or audit line", async () => {
    const counts = () =>
      Promise.all(
        (["record", "feed", "audit", "outbox", "verdict"] as const).map(async (table) => {
          const row = await on.store.db
            .selectFrom(table)
            .select((s) => s.fn.countAll().as("n"))
            .executeTakeFirstOrThrow();
          return Number(row.n);
        }),
      );
    const before = await counts();
    const broken: Store = {
      ...on.store,
      announce: () => Promise.reject(new Error("the line is dead")),
    };
    const failing = await serve(broken);
    const note = intent("Nok", "ticket.note", id("pump-ticket"), { text: "half" });
    expect((await failing.pushRaw("Nok", [note])).statusCode).toBe(503);
    expect(await counts()).toEqual(before);
    await failing.app.close();
    expect((await on.server.push("Nok", note)).verdicts[0]?.status).toBe("applied");
  });

  test("[PRT-4] the audit log is append-only in the database itself, and its chain holds", async () => {
    const lines = await readAudit(on.store.db, id("Acme"));
    expect(lines.length).toBeGreaterThan(5);
    expect(brokenAt(lines)).toBeNull();
    await expect(
      on.store.db.updateTable("audit").set({ entry: "{}" }).where("seq", "=", 1).execute(),
    ).rejects.toThrow(APPEND_ONLY);
    await expect(on.store.db.deleteFrom("audit").execute()).rejects.toThrow(APPEND_ONLY);
    const forged = lines.map((line) => {
      const entry = { ...line.line.entry, deviceTime: "never" };
      return line.seq === 2 ? { ...line, line: { ...line.line, entry } } : line;
    });
    // What the line says is in its hash, which the next one carries.
    expect(brokenAt(forged)).toBe(3);
  });

  test("[PAR-2] a whole visit is worked, and only by its assignee", async () => {
    const work = visit("worked", devices.pump, "Tam");
    await on.put({ kind: "visit", id: work.id, data: work });
    const denied = await on.server.push("Nok", intent("Nok", "visit.arrive", work.id));
    expect(denied.verdicts[0]).toMatchObject({ failure: { code: "not-the-assignee" } });
    const report = { outcome: "done", summary: "Replaced the seal", labourMinutes: 50 };
    const early = await on.server.push(
      "Tam",
      intent("Tam", "visit.arrive", work.id),
      intent("Tam", "visit.complete", work.id, report),
    );
    expect(early.verdicts[1]).toMatchObject({ failure: { code: "checklist-incomplete" } });
    const done = await on.server.push(
      "Tam",
      intent("Tam", "visit.check", work.id, { itemId: id("item"), done: true }),
      intent("Tam", "visit.complete", work.id, report),
    );
    expect(done.verdicts.map((v) => v.status)).toEqual(["applied", "applied"]);
    expect(done.records[0]?.data).toMatchObject({ status: "completed", outcome: "done" });
  });
};
