import { describe, expect, it } from "vitest";
import type { Viewer } from "#shared/access/viewer.ts";
import { coverageOf } from "#shared/access/visibility.ts";
import { slaTiers } from "#shared/domain/common.ts";
import { dataOf, demoAt, moments } from "./testing.ts";
import { DAY } from "./time.ts";
import type { DemoWorld } from "./world.ts";

const [now = ""] = moments;

/** What a partner's coordinator sees of each device at an instant, by the product's own rules. */
const seenBy = (world: DemoWorld, partner: string, at: string) => {
  const tenant = world.tenants.find((t) => t.name === partner);
  const role = dataOf(world, "role").find(
    (r) => r.tenantId === tenant?.id && r.name === "Service coordinator",
  );
  const person = dataOf(world, "person").find((p) => p.access?.roles.partners === role?.id);
  if (!tenant || !role || !person) throw new Error(`no coordinator at ${partner}`);
  const { entitlements, ...rest } = tenant;
  const who = { accountId: person.id, name: person.name, email: "", suspended: false };
  const viewer: Viewer = { ...who, tenant: rest, entitlements, roles: { partners: role } };
  const mine = dataOf(world, "agreement").filter((a) => a.partnerId === tenant.id);
  const grants = dataOf(world, "grant").filter((g) => g.partnerId === tenant.id);
  return new Map(
    dataOf(world, "device").map((device) => {
      const facts = {
        device,
        agreements: mine.filter((a) => a.deviceIds.includes(device.id)),
        grants: grants.filter((g) => g.customerId === device.customerId),
        ownVisit: false,
      };
      return [device.serial, coverageOf(viewer, facts, at)] as const;
    }),
  );
};

describe("[PAR-1] coverage", () => {
  const { world } = demoAt(now);
  const devices = new Map(dataOf(world, "device").map((d) => [d.id, d]));
  const agreements = dataOf(world, "agreement");

  it("names in every agreement and grant only devices that are its customer's", () => {
    for (const { customerId, deviceIds } of [...agreements, ...dataOf(world, "grant")]) {
      for (const id of deviceIds) expect(devices.get(id)?.customerId).toBe(customerId);
    }
    const customers = new Set(dataOf(world, "customer").map((c) => c.id));
    for (const { customerId } of devices.values()) expect(customers.has(customerId)).toBe(true);
  });

  it("has all four tiers at Nera, and never two partners on a device at once", () => {
    const nera = world.tenants.find((t) => t.name === "Nera")?.id;
    const tiers = agreements.filter((a) => a.partnerId === nera).map((a) => a.tier);
    expect(new Set(tiers)).toEqual(new Set(slaTiers));
    for (const id of devices.keys()) {
      const terms = agreements
        .filter((a) => a.deviceIds.includes(id))
        .sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1));
      terms.slice(1).forEach((term, i) => {
        expect(term.startsAt >= (terms[i]?.endsAt ?? "")).toBe(true);
      });
    }
  });

  it("shows Nera most chillers, hides one its customer did not grant, withholds telemetry of one customer", () => {
    const seen = seenBy(world, "Nera", now);
    const chillers = [...seen].filter(([serial, c]) => serial.startsWith("CWC") && c.covered);
    expect(chillers).toHaveLength(7);
    expect(seen.get("CWC04703")).toMatchObject({ failure: { code: "not-granted" } });
    expect(seen.get("CWC04702")).toMatchObject({ failure: { code: "not-covered" } });
    expect(seen.get("RSS-40418")).toMatchObject({ covered: true, telemetryUntil: null });
    expect(seen.get("RSS-40117")).toMatchObject({
      covered: true,
      telemetryUntil: expect.any(String),
    });
  });

  it("[PAR-3] moves the South to Huawei on 1 August", () => {
    const day = "2027-07-31T17:00:00.000Z";
    const before = new Date(Date.parse(day) - 1000).toISOString();
    const moves = agreements.filter((a) => a.endsAt === day);
    expect(moves.map((a) => a.successor)).toEqual([{ partnerName: "Huawei", at: day }]);
    for (const serial of ["CWC04010", "RSS-40351"]) {
      expect(seenBy(world, "Nera", before).get(serial)?.covered).toBe(true);
      expect(seenBy(world, "Huawei", before).get(serial)?.covered).toBe(false);
      expect(seenBy(world, "Nera", day).get(serial)?.covered).toBe(false);
      expect(seenBy(world, "Huawei", day).get(serial)?.covered).toBe(true);
    }
    const early = dataOf(demoAt("2026-07-28T04:00:00.000Z").world, "agreement");
    expect(early.filter((a) => a.endsAt === "2026-07-31T17:00:00.000Z")).toHaveLength(1);
  });

  it("[PAR-3] has an agreement up for renewal in 45 days, and one that has ended", () => {
    const days = agreements.map((a) => (Date.parse(a.endsAt) - Date.parse(now)) / DAY);
    expect(days.filter((d) => d > 43 && d < 46)).toHaveLength(1);
    expect(days.filter((d) => d < 0)).toHaveLength(1);
  });

  it.each(moments)("gives work only to people of the partner that does it, at %s", (at) => {
    const { world: then } = demoAt(at);
    const persons = new Map(dataOf(then, "person").map((p) => [p.id, p]));
    for (const visit of dataOf(then, "visit")) {
      if (visit.assigneeId === null) continue;
      expect(persons.get(visit.assigneeId)?.tenantId).toBe(visit.partnerId);
    }
    const active = dataOf(then, "agreement").filter((a) => a.startsAt <= at && at < a.endsAt);
    for (const ticket of dataOf(then, "ticket")) {
      if (ticket.assigneeId === null || ticket.status === "resolved") continue;
      const partner = active.find((a) => a.deviceIds.includes(ticket.deviceId))?.partnerId;
      expect(persons.get(ticket.assigneeId)?.tenantId).toBe(partner);
    }
  });

  it.each(moments)(
    "sends planned visits under an agreement of that day, seen by its partner, at %s",
    (at) => {
      const { world: then } = demoAt(at);
      const tenants = new Map(then.tenants.map((t) => [t.id, t.name]));
      for (const visit of dataOf(then, "visit").filter((v) => v.status === "scheduled")) {
        const serial = dataOf(then, "device").find((d) => d.id === visit.deviceId)?.serial ?? "";
        const seen = seenBy(then, tenants.get(visit.partnerId) ?? "", visit.windowStart);
        expect(seen.get(serial)?.covered).toBe(true);
      }
    },
  );

  it("links a ticket's alarm and a visit's ticket on the same device", () => {
    const tickets = new Map(dataOf(world, "ticket").map((t) => [t.id, t]));
    const alarms = new Map(dataOf(world, "alarm").map((a) => [a.id, a]));
    const linked = [...tickets.values()].filter((t) => t.alarmId !== null);
    expect(linked.length).toBeGreaterThan(3);
    for (const t of linked) {
      const alarm = alarms.get(t.alarmId ?? "");
      expect(alarm?.deviceId).toBe(t.deviceId);
      expect((alarm?.raisedAt ?? "") < t.openedAt).toBe(true);
    }
    for (const v of dataOf(world, "visit")) {
      if (v.ticketId !== null) expect(tickets.get(v.ticketId)?.deviceId).toBe(v.deviceId);
    }
  });
});
