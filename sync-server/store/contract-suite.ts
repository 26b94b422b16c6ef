import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { agreement, grant, id, intent, NOW, visit } from "#shared/testing/builders.ts";
import { brokenAt, readAudit } from "../audit/log.ts";
import { refeedCustomers, writeRecords } from "../sync/write-records.ts";
import { seen, serve } from "../testing/client.ts";
import { devices, seed } from "../testing/world.ts";
import type { Store } from "./store.ts";

/** What every store must do, through the real application: run against each database alike. */
export const storeContract = (name: string, open: () => Promise<Store>): void => {
  describe(`the store on ${name}`, () => {
    let store: Store;
    let server: Awaited<ReturnType<typeof serve>>;

    beforeAll(async () => {
      store = await open();
      await seed(store);
      server = await serve(store);
    });
    afterAll(async () => {
      await server.app.close();
      await store.close();
    });

    const put = (...writes: Parameters<typeof writeRecords>[1]) =>
      store.db.transaction().execute((tx) => writeRecords(tx, writes, NOW));

    test("[S7] [PAR-1] a lens holds what its tenant covers inside what was granted, and nothing else", async () => {
      const page = await server.pull("Nok");
      expect(seen(page.records)).toEqual([
        "agreement:Nera-Acme",
        "customer:Acme",
        "device:pump",
        "grant:-",
        "person:Nok",
        "person:Sai",
        "person:Tam",
        "person:Ton",
        "telemetry:temperature",
        "ticket:Ticket pump-ticket",
        "visit:Visit pump-visit",
      ]);
    });

    test("[PAR-1] not a byte of a device outside coverage goes over the wire", async () => {
      const bytes = (await server.pullRaw("Nok")).body;
      for (const foreign of ["rival", "gauge", "chiller", devices.chiller.id, devices.rival.id]) {
        expect(bytes).not.toContain(foreign);
      }
    });

    test("[S8] telemetry is absent where the customer did not grant it", async () => {
      const { records } = await server.pull("Rex");
      const measured = records.filter((r) => r.kind === "telemetry").map((r) => r.data?.deviceId);
      expect(measured).toEqual([devices.rival.id]);
    });

    test("[FED-10] a role narrowed to its own visits sees these and the devices on them", async () => {
      expect(seen((await server.pull("Tam")).records)).toContain("device:pump");
      expect(
        seen((await server.pull("Ton")).records).filter((r) => !r.startsWith("person")),
      ).toEqual([]);
    });

    test("[nav] a salesperson reads devices but no workload", async () => {
      const held = seen((await server.pull("Sai")).records);
      expect(held).toContain("device:pump");
      expect(held.filter((r) => /^(ticket|alarm|visit)/.test(r))).toEqual([]);
    });

    test("[S7] pages follow each other without a gap or a repeat", async () => {
      const whole = await server.pull("Nok");
      const ids: string[] = [];
      let page = await server.pull("Nok", null, 3);
      for (;;) {
        ids.push(...page.records.map((r) => r.id));
        if (!page.more) break;
        page = await server.pull("Nok", page.checkpoint, 3);
      }
      expect(ids).toEqual(whole.records.map((r) => r.id));
    });

    test("[S3] an intent is applied once, however often it is sent", async () => {
      const before = await server.pull("Nok");
      const noted = intent("Nok", "ticket.note", id("pump-ticket"), { text: "valve stuck" });
      const first = await server.push("Nok", noted);
      const second = await server.push("Nok", noted);
      expect(first.verdicts).toEqual(second.verdicts);
      expect(second.records[0]?.data?.notes).toHaveLength(1);
      const after = await server.pull("Nok", before.checkpoint);
      expect(after.records.map((r) => r.id)).toEqual([id("pump-ticket")]);
      const log = await readAudit(store.db, id("Acme"));
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
      const applied = await server.push(
        "Nok",
        intent("Nok", "ticket.raise", made, raise(devices.pump.id)),
      );
      expect(applied.verdicts[0]?.status).toBe("applied");
      expect(applied.records[0]?.data).toMatchObject({
        title: "Noise",
        openedBy: "Nok",
        tier: "premium",
      });
      const refused = await server.push(
        "Nok",
        intent("Nok", "ticket.raise", id("ghost"), raise(devices.chiller.id)),
      );
      expect(refused.verdicts[0]).toMatchObject({ failure: { code: "target-unknown" } });
      expect(refused.records).toEqual([
        { id: id("ghost"), kind: "ticket", rev: 0, until: null, data: null },
      ]);
    });

    test("[S5] one bad intent in a batch delays no other", async () => {
      const answer = await server.pushRaw("Nok", [
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
      const { verdicts } = await server.push("Nok", forged, honest, replayed, early);
      const codes = verdicts.map((v) => (v.status === "refused" ? v.failure.code : v.status));
      expect(codes).toEqual(["actor-forged", "applied", "intent-replayed", "intent-out-of-order"]);
      const log = await readAudit(store.db, id("Acme"));
      const refusals = log.flatMap(({ entry }) =>
        entry.outcome.applied ? [] : [entry.outcome.failure.code],
      );
      expect(refusals).toEqual(
        expect.arrayContaining(["actor-forged", "intent-replayed", "intent-out-of-order"]),
      );
    });

    test("[S7] a client that asks for another tenant's feed is refused, and that is audited", async () => {
      const { checkpoint } = await server.pull("Rex");
      const answer = await server.pullRaw("Nok", { ...checkpoint, seq: 0 });
      expect(answer.statusCode).toBe(403);
      expect(answer.json().error.code).toBe("scope-not-yours");
      const log = await readAudit(store.db, id("Nera"));
      expect(log.at(-1)?.entry.outcome).toMatchObject({ failure: { code: "scope-not-yours" } });
    });

    test("[S7] a checkpoint of another role of the same tenant starts the viewer's own feed over", async () => {
      const { checkpoint } = await server.pull("Sai");
      const page = await server.pull("Nok", checkpoint);
      expect(page.reset).toBe(true);
      expect(seen(page.records)).toContain("device:pump");
    });

    test("[PAR-1] another organisation's record is unknown to whoever guesses its id", async () => {
      const { verdicts } = await server.push(
        "Nok",
        intent("Nok", "ticket.take", id("rival-ticket")),
      );
      expect(verdicts[0]).toMatchObject({ failure: { code: "target-unknown" } });
      const audited = (await readAudit(store.db, id("Acme"))).at(-1);
      expect(audited?.entry).toMatchObject({ actor: { name: "Nok" }, outcome: { applied: false } });
    });

    test("[S7] an assignment brings the device into the technician's lens, and a later one takes it out", async () => {
      const start = await server.pull("Ton");
      await server.push(
        "Nok",
        intent("Nok", "visit.assign", id("pump-visit"), { assigneeId: id("Ton") }),
      );
      const entered = await server.pull("Ton", start.checkpoint);
      expect(seen(entered.records)).toEqual(
        expect.arrayContaining([
          "device:pump",
          "customer:Acme",
          "visit:Visit pump-visit",
          "agreement:Nera-Acme",
        ]),
      );
      await server.push(
        "Nok",
        intent("Nok", "visit.assign", id("pump-visit"), { assigneeId: id("Tam") }),
      );
      const left = await server.pull("Ton", entered.checkpoint);
      const gone = left.records.filter((r) => r.data === null).map((r) => r.id);
      expect(gone).toEqual(expect.arrayContaining([devices.pump.id, id("pump-visit"), id("Acme")]));
      expect(seen(left.records)).toEqual([]);
    });

    test("[S7] [PRT-3] a wider grant delivers unchanged records, a withdrawn one buries them", async () => {
      const start = await server.pull("Nok");
      const wide = grant("Acme", "Nera");
      await put({ kind: "grant", id: wide.id, data: wide });
      const entered = await server.pull("Nok", start.checkpoint);
      expect(seen(entered.records)).toEqual(
        expect.arrayContaining(["device:chiller", "ticket:Ticket chiller-ticket"]),
      );
      await put({ kind: "grant", id: wide.id, data: { ...wide, status: "withdrawn" } });
      const left = await server.pull("Nok", entered.checkpoint);
      expect(left.records.filter((r) => r.data === null).map((r) => r.id)).toEqual(
        expect.arrayContaining([
          devices.pump.id,
          devices.chiller.id,
          id("Acme"),
          id("pump-ticket"),
        ]),
      );
      const late = await server.push(
        "Nok",
        intent("Nok", "ticket.note", id("pump-ticket"), { text: "x" }),
      );
      expect(late.verdicts[0]).toMatchObject({
        failure: { code: "not-granted", layer: "cross-tenant" },
      });
      const narrow = grant("Acme", "Nera", { regions: ["North"] });
      await put({ kind: "grant", id: narrow.id, data: narrow });
    });

    test("[S7] an agreement that runs out takes its devices away without anything being written", async () => {
      const ending = agreement("Nera-Acme", "Nera", [devices.pump], "2026-06-16T00:00:00.000Z");
      await put({ kind: "agreement", id: ending.id, data: ending });
      const before = await server.pull("Nok");
      expect(seen(before.records)).toContain("device:pump");
      await store.db
        .transaction()
        .execute((tx) => refeedCustomers(tx, [id("Acme")], "2026-06-17T00:00:00.000Z"));
      const after = await server.pull("Nok", before.checkpoint);
      expect(after.records.filter((r) => r.data === null).map((r) => r.id)).toContain(
        devices.pump.id,
      );
      const again = agreement("Nera-Acme", "Nera", [devices.pump, devices.chiller]);
      await put({ kind: "agreement", id: again.id, data: again });
    });

    test("[S3] a transaction that fails leaves no verdict, record, feed row or audit line", async () => {
      const counts = () =>
        Promise.all(
          (["record", "feed", "audit", "outbox", "verdict"] as const).map(async (table) => {
            const row = await store.db
              .selectFrom(table)
              .select((s) => s.fn.countAll().as("n"))
              .executeTakeFirstOrThrow();
            return Number(row.n);
          }),
        );
      const before = await counts();
      const broken: Store = {
        ...store,
        announce: () => Promise.reject(new Error("the line is dead")),
      };
      const failing = await serve(broken);
      const note = intent("Nok", "ticket.note", id("pump-ticket"), { text: "half" });
      expect((await failing.pushRaw("Nok", [note])).statusCode).toBe(503);
      expect(await counts()).toEqual(before);
      await failing.app.close();
      expect((await server.push("Nok", note)).verdicts[0]?.status).toBe("applied");
    });

    test("[PRT-4] the audit log is append-only in the database itself, and its chain holds", async () => {
      const lines = await readAudit(store.db, id("Acme"));
      expect(lines.length).toBeGreaterThan(5);
      expect(brokenAt(lines)).toBeNull();
      await expect(
        store.db.updateTable("audit").set({ entry: "{}" }).where("seq", "=", 1).execute(),
      ).rejects.toThrow(/append-only/);
      await expect(store.db.deleteFrom("audit").execute()).rejects.toThrow(/append-only/);
      const forged = lines.map((line) =>
        line.seq === 2 ? { ...line, entry: { ...line.entry, deviceTime: "never" } } : line,
      );
      expect(brokenAt(forged)).toBe(2);
    });

    test("[S7] whoever listens hears of a feed that grew", async () => {
      const me = await server.me("Nok");
      const heard = new Promise<number>((resolve) => {
        const stop = store.listen((heads) => {
          const head = heads[me.lens];
          if (head !== undefined) resolve(head);
          stop();
        });
      });
      await server.push("Nok", intent("Nok", "ticket.note", id("pump-ticket"), { text: "heard" }));
      expect(await heard).toBeGreaterThan(0);
    });

    test("[AUTH-2] [PAR-5] a customer's account has no way into Partners, a suspended one none at all", async () => {
      const answer = await server.pullRaw("Ann");
      expect([answer.statusCode, answer.json().error.code]).toEqual([403, "app-not-entitled"]);
      await store.db
        .updateTable("account")
        .set({ suspended: 1 })
        .where("id", "=", id("Sai"))
        .execute();
      expect((await server.pullRaw("Sai")).json().error.code).toBe("account-suspended");
      await store.db
        .updateTable("account")
        .set({ suspended: 0 })
        .where("id", "=", id("Sai"))
        .execute();
    });

    test("[PAR-2] a whole visit is worked, and only by its assignee", async () => {
      const work = visit("worked", devices.pump, "Tam");
      await put({ kind: "visit", id: work.id, data: work });
      const denied = await server.push("Nok", intent("Nok", "visit.arrive", work.id));
      expect(denied.verdicts[0]).toMatchObject({ failure: { code: "not-the-assignee" } });
      const report = { outcome: "done", summary: "Replaced the seal", labourMinutes: 50 };
      const early = await server.push(
        "Tam",
        intent("Tam", "visit.arrive", work.id),
        intent("Tam", "visit.complete", work.id, report),
      );
      expect(early.verdicts[1]).toMatchObject({ failure: { code: "checklist-incomplete" } });
      const done = await server.push(
        "Tam",
        intent("Tam", "visit.check", work.id, { itemId: id("item"), done: true }),
        intent("Tam", "visit.complete", work.id, report),
      );
      expect(done.verdicts.map((v) => v.status)).toEqual(["applied", "applied"]);
      expect(done.records[0]?.data).toMatchObject({ status: "completed", outcome: "done" });
    });
  });
};
