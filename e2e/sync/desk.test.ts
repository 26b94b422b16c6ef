import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readAudit } from "#server/audit/log.ts";
import { id } from "#shared/testing/builders.ts";
import { TestDevice, TestServer } from "./harness.ts";

const ticket = id("pump-ticket");

describe("[S6] what needs a person", () => {
  let server: TestServer;
  let nok: TestDevice;
  let sai: TestDevice;

  beforeEach(async () => {
    server = new TestServer();
    await server.start(true);
    // A second coordinator, with the first one's role.
    await server.store.db
      .updateTable("account_role")
      .set({ role_id: id("role of Nok") })
      .where("account_id", "=", id("Sai"))
      .execute();
    nok = new TestDevice("Nok", server);
    sai = new TestDevice("Sai", server);
    for (const device of [nok, sai]) {
      await device.open();
      await device.upToDate();
    }
  });
  afterEach(async () => {
    await nok.remove();
    await sai.remove();
    await server.remove();
  });

  const make = async (device: TestDevice, type: string, payload = {}) => {
    const made = await device.account.maker.make({ type, targetId: ticket, payload });
    if (!made.ok) throw new Error(made.error.code);
    return made.value.intentId;
  };
  /** Both lose the server; what they then do reaches it in the order of `devices`. */
  const offline = async () => {
    await server.stop();
    await Promise.all([nok.offline(), sai.offline()]);
  };
  const online = async (first: TestDevice, second: TestDevice, attention: number) => {
    const reachable = second.fetch;
    second.fetch = async () => {
      throw new TypeError("out of reach");
    };
    await server.start();
    first.account.syncNow();
    await first.upToDate();
    second.fetch = reachable;
    second.account.syncNow();
    await second.until((s) => s.attention === attention && s.waiting === 0);
  };
  const decisions = async () => {
    const log = await readAudit(server.store.db, id("Acme"));
    return log.map(({ entry }) => entry.intent).filter(({ type }) => type.startsWith("desk."));
  };

  test("two assign one ticket offline: the later one applies, and is told what it replaced", async () => {
    await offline();
    await make(nok, "ticket.assign", { assigneeId: id("Tam") });
    const at = new Date().toISOString();
    const later = await make(sai, "ticket.assign", { assigneeId: id("Ton") });
    await online(nok, sai, 1);
    const [item] = await sai.account.desk.list();
    expect(item).toMatchObject({
      id: later,
      failure: null,
      customerName: "Acme",
      mine: { assigneeName: [null, "Ton"], status: ["new", "assigned"] },
    });
    const lost = item?.against.find(({ field }) => field === "assigneeName");
    expect(lost).toMatchObject({ value: "Tam", by: "Nok" });
    expect(Math.abs(Date.parse(lost?.at ?? "") - Date.parse(at))).toBeLessThan(60_000);
    // What both wanted alike has not been lost.
    expect(item?.against.map(({ field }) => field)).not.toContain("status");
    // Who was first has nothing to decide.
    expect(await nok.account.desk.list()).toEqual([]);
  });

  test("a change on a ticket that has been resolved: refused, with what stands, by whom and when", async () => {
    await offline();
    await make(nok, "ticket.take");
    await make(nok, "ticket.resolve", { resolution: "Replaced the seal" });
    await make(sai, "ticket.assign", { assigneeId: id("Ton") });
    await online(nok, sai, 1);
    const [item] = await sai.account.desk.list();
    expect(item?.failure).toMatchObject({ code: "wrong-state", layer: "rule" });
    expect(item?.against).toContainEqual({
      field: "status",
      value: "resolved",
      by: "Nok",
      at: expect.any(String),
    });
    expect(item?.mine).toMatchObject({ status: ["new", "assigned"] });
  });

  test("discarded for a reason, told once in the customer's log, whatever becomes of the answers", async () => {
    await offline();
    await make(nok, "ticket.take");
    await make(nok, "ticket.resolve", { resolution: "Replaced the seal" });
    const refused = await make(sai, "ticket.assign", { assigneeId: id("Ton") });
    await online(nok, sai, 1);
    let lost = 0;
    sai.fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (String(input).endsWith("/sync/desk") && lost++ === 0) throw new TypeError("cut off");
      return response;
    };
    await server.stop();
    await sai.offline();
    const reason = "Done another way";
    expect((await sai.account.desk.discard(refused, reason, new Date())).ok).toBe(true);
    expect(await sai.account.desk.list()).toEqual([]);
    await sai.close();
    await sai.open();
    expect(await sai.account.desk.decided()).toHaveLength(1);
    await server.start();
    sai.account.syncNow();
    await expect
      .poll(
        async () => {
          sai.account.syncNow();
          return sai.account.desk.decided();
        },
        { timeout: 20_000 },
      )
      .toEqual([]);
    expect(lost).toBeGreaterThan(1);
    expect(await decisions()).toMatchObject([
      { id: refused, type: "desk.discarded", payload: { reason } },
    ]);
  });

  test("sent again once the reason is gone: it lands, says what it mends, and clears the desk", async () => {
    await offline();
    await make(nok, "ticket.take");
    await make(nok, "ticket.resolve", { resolution: "Replaced the seal" });
    const refused = await make(sai, "ticket.assign", { assigneeId: id("Ton") });
    await online(nok, sai, 1);
    await make(nok, "ticket.reopen", { reason: "It leaks again" });
    const status = async (device: TestDevice) => {
      const found = await device.account.database.records.findOne(ticket).exec();
      return found?.toJSON().data;
    };
    await expect.poll(async () => (await status(sai))?.status).toBe("new");
    const sent = await sai.account.desk.resend(refused, null, sai.account.maker);
    expect(sent.ok).toBe(true);
    await sai.until((s) => s.attention === 0 && s.waiting === 0);
    await expect.poll(async () => (await status(nok))?.assigneeName).toBe("Ton");
  });
});
