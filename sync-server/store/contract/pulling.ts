import { expect, test } from "vitest";
import { agreement, grant, id, intent } from "#shared/testing/builders.ts";
import { readAudit } from "../../audit/log.ts";
import { refeedCustomers } from "../../sync/write-records.ts";
import { seen } from "../../testing/client.ts";
import { devices } from "../../testing/world.ts";
import type { Ground } from "./ground.ts";

/** What lenses hold, and how their feeds are read. */
export const pulling = (on: Ground): void => {
  test("[S7] [PAR-1] a lens holds what its tenant covers inside what was granted, and nothing else", async () => {
    const page = await on.server.pull("Nok");
    expect(seen(page.records)).toEqual([
      "agreement:Nera-Acme",
      "customer:Acme",
      "device:pump",
      "grant:-",
      "person:Ada",
      "person:Nok",
      "person:Sai",
      "person:Tam",
      "person:Ton",
      "person:Una",
      "telemetry:temperature",
      "ticket:Ticket pump-ticket",
      "visit:Visit pump-visit",
    ]);
  });

  test("[PAR-1] not a byte of a device outside coverage goes over the wire", async () => {
    const bytes = (await on.server.pullRaw("Nok")).body;
    for (const foreign of ["rival", "gauge", "chiller", devices.chiller.id, devices.rival.id]) {
      expect(bytes).not.toContain(foreign);
    }
  });

  test("[S8] telemetry is absent where the customer did not grant it", async () => {
    const { records } = await on.server.pull("Rex");
    const measured = records.filter((r) => r.kind === "telemetry").map((r) => r.data?.deviceId);
    expect(measured).toEqual([devices.rival.id]);
  });

  test("[FED-10] a role narrowed to its own visits sees these and the devices on them", async () => {
    expect(seen((await on.server.pull("Tam")).records)).toContain("device:pump");
    expect(
      seen((await on.server.pull("Ton")).records).filter((r) => !r.startsWith("person")),
    ).toEqual([]);
  });

  test("[nav] a salesperson reads devices but no workload", async () => {
    const held = seen((await on.server.pull("Sai")).records);
    expect(held).toContain("device:pump");
    expect(held.filter((r) => /^(ticket|alarm|visit)/.test(r))).toEqual([]);
  });

  test("[S7] pages follow each other without a gap or a repeat", async () => {
    const whole = await on.server.pull("Nok");
    const ids: string[] = [];
    let page = await on.server.pull("Nok", null, 3);
    for (;;) {
      ids.push(...page.records.map((r) => r.id));
      if (!page.more) break;
      page = await on.server.pull("Nok", page.checkpoint, 3);
    }
    expect(ids).toEqual(whole.records.map((r) => r.id));
  });

  test("[S7] a client that asks for another tenant's feed is refused, and that is audited", async () => {
    const { checkpoint } = await on.server.pull("Rex");
    const answer = await on.server.pullRaw("Nok", { ...checkpoint, seq: 0 });
    expect(answer.statusCode).toBe(403);
    expect(answer.json().error.code).toBe("scope-not-yours");
    const log = await readAudit(on.store.db, id("Nera"));
    expect(log.at(-1)?.entry.outcome).toMatchObject({ failure: { code: "scope-not-yours" } });
  });

  test("[S7] a checkpoint of another role of the same tenant starts the viewer's own feed over", async () => {
    const { checkpoint } = await on.server.pull("Sai");
    const page = await on.server.pull("Nok", checkpoint);
    expect(page.reset).toBe(true);
    expect(seen(page.records)).toContain("device:pump");
  });

  test("[S7] an assignment brings the device into the technician's lens, and a later one takes it out", async () => {
    const start = await on.server.pull("Ton");
    await on.server.push(
      "Nok",
      intent("Nok", "visit.assign", id("pump-visit"), { assigneeId: id("Ton") }),
    );
    const entered = await on.server.pull("Ton", start.checkpoint);
    expect(seen(entered.records)).toEqual(
      expect.arrayContaining([
        "device:pump",
        "customer:Acme",
        "visit:Visit pump-visit",
        "agreement:Nera-Acme",
      ]),
    );
    await on.server.push(
      "Nok",
      intent("Nok", "visit.assign", id("pump-visit"), { assigneeId: id("Tam") }),
    );
    const left = await on.server.revocations("Ton", entered.checkpoint);
    const gone = left.gone.map((g) => g.id);
    expect(gone).toEqual(expect.arrayContaining([devices.pump.id, id("pump-visit"), id("Acme")]));
    expect((await on.server.pull("Ton", entered.checkpoint)).records).toEqual([]);
  });

  test("[S7] [PRT-3] a wider grant delivers unchanged records, a withdrawn one buries them", async () => {
    const start = await on.server.pull("Nok");
    const wide = grant("Acme", "Nera");
    await on.put({ kind: "grant", id: wide.id, data: wide });
    const entered = await on.server.pull("Nok", start.checkpoint);
    expect(seen(entered.records)).toEqual(
      expect.arrayContaining(["device:chiller", "ticket:Ticket chiller-ticket"]),
    );
    await on.put({ kind: "grant", id: wide.id, data: { ...wide, status: "withdrawn" } });
    const left = await on.server.revocations("Nok", entered.checkpoint);
    expect(left.gone.map((g) => g.id)).toEqual(
      expect.arrayContaining([devices.pump.id, devices.chiller.id, id("Acme"), id("pump-ticket")]),
    );
    const late = await on.server.push(
      "Nok",
      intent("Nok", "ticket.note", id("pump-ticket"), { text: "x" }),
    );
    expect(late.verdicts[0]).toMatchObject({
      failure: { code: "not-granted", layer: "cross-tenant" },
    });
    const narrow = grant("Acme", "Nera", { regions: ["North"] });
    await on.put({ kind: "grant", id: narrow.id, data: narrow });
  });

  test("[S7] an agreement that runs out takes its devices away without anything being written", async () => {
    const ending = agreement("Nera-Acme", "Nera", [devices.pump], "2026-06-16T00:00:00.000Z");
    await on.put({ kind: "agreement", id: ending.id, data: ending });
    const before = await on.server.pull("Nok");
    expect(seen(before.records)).toContain("device:pump");
    await on.store.db
      .transaction()
      .execute((tx) => refeedCustomers(tx, [id("Acme")], "2026-06-17T00:00:00.000Z"));
    const after = await on.server.revocations("Nok", before.checkpoint);
    expect(after.gone.map((g) => g.id)).toContain(devices.pump.id);
    const again = agreement("Nera-Acme", "Nera", [devices.pump, devices.chiller]);
    await on.put({ kind: "agreement", id: again.id, data: again });
  });

  test("[S7] whoever listens hears of a feed that grew", async () => {
    const me = await on.server.me("Nok");
    const heard = new Promise<number>((resolve) => {
      const stop = on.store.listen((heads) => {
        const head = heads[me.lens];
        if (head !== undefined) resolve(head.seq);
        stop();
      });
    });
    await on.server.push("Nok", intent("Nok", "ticket.note", id("pump-ticket"), { text: "heard" }));
    expect(await heard).toBeGreaterThan(0);
  });

  test("[AUTH-2] [PAR-5] an account without a role has no way in, a suspended one none at all", async () => {
    const answer = await on.server.pullRaw("Ann");
    expect([answer.statusCode, answer.json().error.code]).toEqual([403, "no-role-in-app"]);
    await on.store.db
      .updateTable("account")
      .set({ suspended: 1 })
      .where("id", "=", id("Sai"))
      .execute();
    expect((await on.server.pullRaw("Sai")).json().error.code).toBe("account-suspended");
    await on.store.db
      .updateTable("account")
      .set({ suspended: 0 })
      .where("id", "=", id("Sai"))
      .execute();
  });
};
