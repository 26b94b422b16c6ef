import Database from "better-sqlite3-multiple-ciphers";
import { beforeEach, describe, expect, test } from "vitest";
import { byId } from "#core/records/queries.ts";
import { readAudit } from "#server/audit/log.ts";
import { writeRecords } from "#server/sync/write-records.ts";
import { devices } from "#server/testing/world.ts";
import { id } from "#shared/testing/builders.ts";
import { nokOnline, TestDevice, type TestServer } from "./harness.ts";

describe("a device and the server", () => {
  let server: TestServer;
  let nok: TestDevice;
  const stand = nokOnline();
  beforeEach(() => {
    server = stand.server();
    nok = stand.nok();
  });

  const make = (device: TestDevice, type: string, targetId: string | null, payload = {}) =>
    device.account.maker.make({ type, targetId, payload });
  const record = (device: TestDevice, target: string) =>
    byId(device.account.database.records, target);

  test("[S2] [S4] work done offline is there at once, survives a restart, and lands on reconnect", async () => {
    const ticket = id("pump-ticket");
    await server.stop();
    await nok.offline();
    expect((await make(nok, "ticket.take", ticket)).ok).toBe(true);
    expect((await make(nok, "ticket.note", ticket, { text: "seal worn" })).ok).toBe(true);
    expect((await record(nok, ticket))?.data).toMatchObject({
      status: "assigned",
      assigneeName: "Nok",
    });
    await nok.close();
    await nok.open();
    expect((await nok.offline()).waiting).toBe(2);
    expect((await record(nok, ticket))?.pending).toHaveLength(2);
    await server.start();
    nok.account.syncNow();
    await nok.upToDate();
    const landed = await record(nok, ticket);
    expect(landed).toMatchObject({ pending: [], dirty: "0", data: { status: "assigned" } });
    expect(landed?.data.notes).toHaveLength(1);
    const log = await readAudit(server.store.db, id("Acme"));
    expect(log.map((line) => line.entry.intent.type)).toEqual(["ticket.take", "ticket.note"]);
  });

  test("[S4] [S6] a refused create leaves no document behind, and lies whole on the desk", async () => {
    await server.stop();
    await nok.offline();
    const payload = {
      deviceId: devices.pump.id,
      ticketId: null,
      title: "Look at the seal",
      assigneeId: id("Tam"),
      windowStart: "2026-06-16T02:00:00.000Z",
      windowEnd: "2026-06-16T04:00:00.000Z",
      checklist: [],
    };
    const made = await make(nok, "visit.schedule", null, payload);
    if (!made.ok) throw new Error(made.error.code);
    await server.start();
    // Meanwhile Tam has stopped taking work.
    const person = { id: id("Tam"), tenantId: id("Nera"), name: "Tam", roleName: "" };
    await server.store.db.transaction().execute(async (tx) => {
      const data = { ...person, takesWork: false };
      await writeRecords(tx, [{ kind: "person", id: person.id, data }], server.now());
    });
    nok.account.syncNow();
    await nok.until((s) => s.attention === 1 && s.waiting === 0);
    expect(await record(nok, made.value.targetId)).toBeUndefined();
    const [item] = await nok.account.desk.list();
    expect(item).toMatchObject({
      intent: { type: "visit.schedule", payload },
      failure: { code: "assignee-unknown", layer: "rule" },
    });
  });

  test("[S4] two people on one record: the later intent is judged, refused with its reason, and the record heals", async () => {
    const ton = new TestDevice("Nok", server);
    await ton.open();
    await ton.upToDate();
    const ticket = id("pump-ticket");
    await make(nok, "ticket.take", ticket);
    await nok.upToDate();
    await expect.poll(async () => (await record(ton, ticket))?.data.assigneeName).toBe("Nok");
    await server.stop();
    await Promise.all([nok.offline(), ton.offline()]);
    await make(nok, "ticket.resolve", ticket, { resolution: "Replaced the seal" });
    await make(ton, "ticket.resolve", ticket, { resolution: "Tightened" });
    await server.start();
    nok.account.syncNow();
    await nok.upToDate();
    ton.account.syncNow();
    await ton.until((s) => s.attention === 1 && s.waiting === 0);
    expect((await record(ton, ticket))?.data.resolution).toBe("Replaced the seal");
    const [item] = await ton.account.desk.list();
    expect(item).toMatchObject({
      failure: { code: "already-in-state" },
      intent: { payload: { resolution: "Tightened" } },
    });
    await ton.remove();
  });

  test("[S3] an answer that is lost is repeated, not re-run", async () => {
    let lost = 0;
    nok.fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (String(input).endsWith("/sync/push") && lost++ === 0) throw new TypeError("cut off");
      return response;
    };
    await make(nok, "ticket.note", id("pump-ticket"), { text: "once" });
    await nok.until((s) => s.failure !== null);
    await nok.upToDate();
    expect((await record(nok, id("pump-ticket")))?.data.notes).toHaveLength(1);
    expect(lost).toBeGreaterThan(1);
  });

  test("[S7] a change by one client shows on another, without anyone asking", async () => {
    const tam = new TestDevice("Tam", server);
    await tam.open();
    await tam.upToDate();
    const seen = new Promise((resolve) => {
      tam.account.database.records.$.subscribe((event) => {
        if (event.documentId === id("pump-ticket")) resolve(event.documentData.data);
      });
    });
    await make(nok, "ticket.take", id("pump-ticket"));
    expect(await seen).toMatchObject({ assigneeName: "Nok" });
    await tam.remove();
  });

  test("[S5] an intent that makes the server fail is parked, and the rest flows", async () => {
    let poison = "";
    nok.fetch = async (input, init) => {
      if (String(input).endsWith("/sync/push") && String(init?.body).includes(poison)) {
        return Response.json({ error: { code: "server-failed", layer: "sync" } }, { status: 503 });
      }
      return fetch(input, init);
    };
    poison = "poison";
    await make(nok, "ticket.note", id("pump-ticket"), { text: "poison" });
    await make(nok, "visit.note", id("pump-visit"), { text: "fine" });
    await nok.until((s) => s.attention === 1 && s.waiting === 0);
    expect((await record(nok, id("pump-visit")))?.data.notes).toHaveLength(1);
    const [item] = await nok.account.desk.list();
    expect(item?.failure?.code).toBe("intent-parked");
    // What it was made on stands again, as the server last told it.
    const ticket = await record(nok, id("pump-ticket"));
    expect(ticket).toMatchObject({ dirty: "0", base: null, data: { notes: [], status: "new" } });
  }, 60_000);

  test("[S7] a role that narrows empties the device of what it no longer shows", async () => {
    await server.store.db
      .updateTable("account_role")
      .set({ role_id: id("role of Sai") })
      .where("account_id", "=", id("Nok"))
      .execute();
    nok.account.syncNow();
    await expect
      .poll(
        async () => [
          await record(nok, id("pump-ticket")),
          (await record(nok, devices.pump.id))?.data.name,
        ],
        { timeout: 15_000 },
      )
      .toEqual([undefined, "pump"]);
  });

  test("[PAR-1] the file never holds a byte of a device outside coverage", async () => {
    const foreign = [devices.chiller.id, devices.rival.id, devices.gauge.id, id("rival-ticket")];
    await nok.account.close();
    const file = new Database(nok.file);
    file.pragma("cipher = 'sqlcipher'");
    file.pragma(`key = "x'${nok.key}'"`);
    file.pragma("wal_checkpoint(TRUNCATE)");
    const bytes = file.serialize().toString("latin1");
    file.close();
    expect(bytes).toContain(devices.pump.id);
    for (const each of [...foreign, "serial-of-chiller", "serial-of-rival-device"]) {
      expect(bytes).not.toContain(each);
    }
    await nok.open();
  });
});
