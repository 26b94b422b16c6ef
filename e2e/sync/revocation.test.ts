import { beforeEach, describe, expect, test } from "vitest";
import { byId, count } from "#core/records/queries.ts";
import {
  assignRole,
  type Change,
  restoreAccount,
  revokeInstallation,
  suspendAccount,
} from "#server/access/change-account.ts";
import { readAudit } from "#server/audit/log.ts";
import type { RecordWrite } from "#server/sync/record-row.ts";
import { writeRecords } from "#server/sync/write-records.ts";
import { devices } from "#server/testing/world.ts";
import { agreement, grant, id } from "#shared/testing/builders.ts";
import { bytesOf } from "./bytes.ts";
import { nokOnline, TestDevice, TestServer } from "./harness.ts";

const DAY = 24 * 3_600_000;

describe("[S9] what is revoked is erased", () => {
  let server: TestServer;
  let nok: TestDevice;
  const stand = nokOnline();
  beforeEach(() => {
    server = stand.server();
    nok = stand.nok();
  });

  const put = (...writes: RecordWrite[]) =>
    server.store.db.transaction().execute(async (tx) => {
      const heads = await writeRecords(tx, writes, server.now());
      await server.store.announce(tx, heads);
    });
  const endAgreement = () => {
    const ended = agreement("Nera-Acme", "Nera", [devices.pump, devices.chiller]);
    return put({ kind: "agreement", id: ended.id, data: { ...ended, status: "terminated" } });
  };
  const change = (): Change => ({
    by: { accountId: id("Ada"), name: "Ada", tenantId: id("Nera"), tenantName: "Nera" },
    at: server.now(),
  });
  const make = (type: string, targetId: string | null, payload = {}) =>
    nok.account.maker.make({ type, targetId, payload });
  const record = (target: string) => byId(nok.account.database.records, target);
  const held = () => count(nok.account.database.records, { kind: { $ne: "person" } });
  const bytes = async () => {
    await nok.close();
    const all = bytesOf(nok.folder, nok.key);
    await nok.open();
    return all;
  };
  const secrets = ["serial-of-pump", "Ticket pump-ticket", "Visit pump-visit", "Isolate power"];

  test("an agreement that ends takes its records, to the last byte of every file", async () => {
    const before = await bytes();
    for (const secret of secrets) expect(before).toContain(secret);
    await nok.upToDate();
    await endAgreement();
    await expect.poll(() => record(devices.pump.id)).toBeUndefined();
    const after = await bytes();
    for (const secret of secrets) expect(after).not.toContain(secret);
    expect(await held()).toBe(0);
  });

  test("a narrower grant takes only what it no longer reaches", async () => {
    const wide = grant("Acme", "Nera");
    await put({ kind: "grant", id: wide.id, data: wide });
    await expect.poll(async () => (await record(devices.chiller.id))?.data.name).toBe("chiller");
    await put({ kind: "grant", id: wide.id, data: { ...wide, regions: ["North"] } });
    await expect.poll(() => record(devices.chiller.id)).toBeUndefined();
    expect((await record(devices.pump.id))?.data.name).toBe("pump");
    expect(await bytes()).not.toContain("serial-of-chiller");
  });

  test("what comes back after it was revoked is delivered again", async () => {
    const granted = grant("Acme", "Nera", { regions: ["North"] });
    await put({ kind: "grant", id: granted.id, data: { ...granted, status: "withdrawn" } });
    await expect.poll(() => record(id("pump-ticket"))).toBeUndefined();
    await put({ kind: "grant", id: granted.id, data: granted });
    await expect.poll(async () => (await record(id("pump-ticket")))?.data.status).toBe("new");
  });

  test("it is erased even while pushes fail, and what waited is kept to be sent", async () => {
    nok.fetch = async (input, init) => {
      if (String(input).endsWith("/sync/push")) throw new TypeError("cut off");
      return fetch(input, init);
    };
    await make("ticket.note", id("pump-ticket"), { text: "seal worn" });
    await endAgreement();
    await expect.poll(() => record(devices.pump.id)).toBeUndefined();
    expect(await record(id("pump-ticket"))).toMatchObject({ data: {}, dirty: "1" });
    const all = await bytes();
    for (const secret of secrets) expect(all).not.toContain(secret);
    expect(all).toContain("seal worn");
    nok.fetch = fetch;
    nok.account.syncNow();
    await nok.until((s) => s.waiting === 0 && s.phase === "up-to-date");
    await expect.poll(() => record(id("pump-ticket"))).toBeUndefined();
    // Done while it was allowed: it stands, in the customer's log.
    const log = await readAudit(server.store.db, id("Acme"));
    expect(log.map(({ entry }) => [entry.intent.type, entry.outcome.applied])).toContainEqual([
      "ticket.note",
      true,
    ]);
    expect(await nok.account.desk.list()).toEqual([]);
  });

  test("a record made offline on a device that is revoked keeps none of what the device told", async () => {
    await server.stop();
    await nok.offline();
    const made = await make("ticket.raise", null, {
      deviceId: devices.pump.id,
      title: "Leaks",
      detail: "",
      priority: 2,
      alarmId: null,
    });
    if (!made.ok) throw new Error(made.error.code);
    nok.fetch = async (input, init) => {
      if (String(input).endsWith("/sync/push")) throw new TypeError("cut off");
      return fetch(input, init);
    };
    await server.start();
    await endAgreement();
    nok.account.syncNow();
    await expect.poll(async () => (await record(made.value.targetId))?.data).toEqual({});
    expect(await bytes()).not.toContain("Acme plant");
  });

  test("a suspended account keeps nothing but what waits, which is sent first", async () => {
    await server.stop();
    await nok.offline();
    await make("ticket.note", id("pump-ticket"), { text: "before it" });
    await server.start();
    await suspendAccount(server.store, id("Nok"), change());
    nok.account.syncNow();
    await nok.until((s) => s.failure?.code === "account-suspended" && s.waiting === 0);
    await expect.poll(() => count(nok.account.database.records, {})).toBe(0);
    const all = await bytes();
    for (const secret of [...secrets, "before it"]) expect(all).not.toContain(secret);
    const log = await readAudit(server.store.db, id("Acme"));
    expect(log.map(({ entry }) => entry.outcome.applied)).toEqual([true]);
  });

  test("an account that is restored has everything again", async () => {
    await suspendAccount(server.store, id("Nok"), change());
    await expect.poll(() => record(devices.pump.id)).toBeUndefined();
    await restoreAccount(server.store, id("Nok"), change());
    nok.account.syncNow();
    await nok.upToDate();
    await expect.poll(async () => (await record(devices.pump.id))?.data.name).toBe("pump");
  });

  test("another role takes at once what it does not show, and leaves what it does", async () => {
    await assignRole(server.store, id("Nok"), "partners", id("role of Sai"), change());
    await expect.poll(() => record(id("pump-ticket"))).toBeUndefined();
    await nok.upToDate();
    await expect.poll(async () => (await record(devices.pump.id))?.data.name).toBe("pump");
    expect(await bytes()).not.toContain("Ticket pump-ticket");
  });

  test("a revoked device sends what waits, and then tells that it is to be wiped", async () => {
    await server.stop();
    await nok.offline();
    await make("ticket.note", id("pump-ticket"), { text: "last words" });
    await server.start();
    const wiped = new Promise((resolve) => nok.account.wiped$.subscribe(resolve));
    await revokeInstallation(server.store, id("device of Nok"), change());
    nok.account.syncNow();
    expect(await wiped).toMatchObject({ code: "device-revoked" });
    expect(await count(nok.account.database.records, {})).toBe(0);
    const log = await readAudit(server.store.db, id("Acme"));
    expect(log.map(({ entry }) => entry.intent.type)).toEqual(["ticket.note"]);
    const row = await server.store.db.selectFrom("installation").selectAll().executeTakeFirst();
    expect(row?.wiped_at).not.toBeNull();
  });
});

describe("[S11] a lease ends by a clock that cannot be turned back", () => {
  test("past it the copy is erased offline, though the device's clock was set back", async () => {
    const server = new TestServer();
    await server.start(true);
    const nok = new TestDevice("Nok", server);
    let ahead = 0;
    let wall = 0;
    nok.clocks = {
      wall: () => Date.now() + wall,
      monotonic: () => performance.now() + ahead,
    };
    await nok.open();
    await nok.upToDate();
    await server.stop();
    await nok.offline();
    await nok.account.maker.make({
      type: "ticket.note",
      targetId: id("pump-ticket"),
      payload: { text: "unsent" },
    });
    const until = (await byId(nok.account.database.records, devices.pump.id))?.until ?? "";
    ahead = Date.parse(until) - Date.now() + DAY;
    wall = -400 * DAY;
    // The mark outlives the restart; the clock that was set back does not count.
    await nok.close();
    await nok.open();
    expect(await byId(nok.account.database.records, devices.pump.id)).toBeUndefined();
    expect(nok.account.waiting.total).toBe(1);
    await nok.close();
    expect(bytesOf(nok.folder, nok.key)).not.toContain("serial-of-pump");
    await nok.open();
    await nok.remove();
    await server.remove();
  });
});
