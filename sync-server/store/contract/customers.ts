import { expect, test } from "vitest";
import type { Intent } from "#shared/domain/intent.ts";
import { id, intent } from "#shared/testing/builders.ts";
import { readAudit } from "../../audit/log.ts";
import { sweepCoverage } from "../../sync/sweep.ts";
import type { Ground } from "./ground.ts";

/** What customers see of their own, and what they grant (PRT-3, FED-11, WF-4). */
export const customers = (on: Ground): void => {
  const send = async (who: string, one: Intent) => {
    const [verdict] = (await on.server.push(who, one)).verdicts;
    return verdict?.status === "refused" ? verdict.failure.code : verdict?.status;
  };
  const give = (over: Record<string, unknown> = {}) => ({
    ...{ partner: id("partner Nera"), regions: ["South"], sites: [], deviceIds: [] },
    ...{ telemetry: false, until: "2026-12-01T00:00:00.000Z", ...over },
  });
  const devicesOf = async (who: string) =>
    (await on.server.pull(who)).records.filter((r) => r.kind === "device").map((r) => r.id);

  test("[PTL-1] a customer sees its own, whole, and nothing of anybody else's", async () => {
    const { records } = await on.server.pull("Cora");
    const kinds = new Set(records.map((r) => r.kind));
    expect([...kinds].sort()).toEqual(
      ["agreement", "customer", "device", "grant", "partner", "person", "role"].sort(),
    );
    expect((await devicesOf("Cora")).sort()).toEqual(
      [id("pump"), id("chiller"), id("rival-device")].sort(),
    );
    const text = JSON.stringify(records);
    expect(text).not.toContain(id("Beta"));
    expect(text).not.toContain(id("Nok"));
    for (const { until } of records) expect(until).toBeNull();
  });

  test("[PRT-3] a grant shows the partner what it covers there, until it is withdrawn", async () => {
    expect(await devicesOf("Nok")).not.toContain(id("chiller"));
    const given = intent("Cora", "grant.give", id("south"), give());
    expect(await send("Cora", given)).toBe("applied");
    expect(await devicesOf("Nok")).toContain(id("chiller"));
    const live = await on.server.live("Nok");
    await live.next("head");
    expect(await send("Cora", intent("Cora", "grant.withdraw", id("south"), {}))).toBe("applied");
    await live.next("revoked");
    live.close();
    expect(await devicesOf("Nok")).not.toContain(id("chiller"));
    const log = (await readAudit(on.owner, id("Acme"))).map(({ entry }) => entry);
    expect(log.filter(({ intent: { type } }) => type.startsWith("grant."))).toMatchObject([
      { actor: { name: "Cora", tenantName: "Acme" }, outcome: { applied: true } },
      { changes: { status: ["active", "withdrawn"] } },
    ]);
  });

  test("[FED-11] only what is one's own is granted, only for a time that lies ahead, and only by the customer", async () => {
    const bad = (over: Record<string, unknown>) =>
      send("Cora", intent("Cora", "grant.give", id(JSON.stringify(over)), give(over)));
    expect(await bad({ until: "2020-01-01T00:00:00.000Z" })).toBe("grant-until-invalid");
    expect(await bad({ until: "2099-01-01T00:00:00.000Z" })).toBe("grant-until-invalid");
    expect(await bad({ deviceIds: [id("gauge")] })).toBe("target-unknown");
    expect(await bad({ partner: id("Beta") })).toBe("target-unknown");
    expect(await bad({ customerId: id("Beta") })).toBe("intent-malformed");
    const partners = intent("Nok", "grant.give", id("own wish"), give());
    expect(await send("Nok", partners)).toBe("not-in-subtype");
  });

  test("[WF-4] a customer never performs a partner's step, whatever record it names", async () => {
    const note = intent("Cora", "ticket.note", id("pump-ticket"), { text: "x" });
    expect(await send("Cora", note)).toBe("app-not-entitled");
    const raise = { deviceId: id("pump"), title: "x", detail: "", priority: 2, alarmId: null };
    const raised = intent("Cora", "ticket.raise", id("own ticket"), raise);
    expect(await send("Cora", raised)).toBe("app-not-entitled");
  });

  test("[PRT-5] a grant that runs out is told once: to the world, and in the customer's log", async () => {
    const until = new Date(Date.parse(on.now) + 3_600_000).toISOString();
    await send("Cora", intent("Cora", "grant.give", id("short"), give({ until })));
    expect(await devicesOf("Nok")).toContain(id("chiller"));
    const later = new Date(Date.parse(on.now) + 7_200_000).toISOString();
    await sweepCoverage(on.store, on.now, later);
    await sweepCoverage(on.store, later, new Date(Date.parse(later) + 60_000).toISOString());
    const lapsed = (await readAudit(on.owner, id("Acme"))).filter(
      ({ entry }) => entry.intent.type === "partner-link.lapsed",
    );
    expect(lapsed.map(({ entry }) => entry.intent.target)).toEqual([
      { kind: "grant", id: id("short") },
    ]);
    const rows = await on.owner.selectFrom("outbox").select("event").execute();
    const events = rows.map(({ event }) => JSON.parse(event));
    expect(events.filter(({ type }) => type === "partner-link.lapsed")).toMatchObject([
      { subject: id("short"), data: { partnerId: id("Nera"), until } },
    ]);
    expect(await devicesOf("Nok")).not.toContain(id("chiller"));
  });
};
