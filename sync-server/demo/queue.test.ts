import { describe, expect, it } from "vitest";
import { indexFields } from "#shared/domain/index-fields.ts";
import { dataOf, demoAt, moments } from "./testing.ts";
import { bangkokMidnight, bangkokWeekday, DAY, HOUR } from "./time.ts";

const between = (n: number, low: number, high: number) => {
  expect(n).toBeGreaterThanOrEqual(low);
  expect(n).toBeLessThanOrEqual(high);
};

describe.each(moments)("[PAR-2] the queue at %s", (at) => {
  const { world } = demoAt(at);
  const now = Date.parse(at);
  const tickets = dataOf(world, "ticket");
  const open = tickets.filter((t) => t.status !== "resolved");
  const dueOf = (t: (typeof open)[number]) => indexFields("ticket", t.id, t).due - now;
  const visits = dataOf(world, "visit");
  const planned = visits.filter((v) => v.status !== "completed" && v.status !== "cancelled");
  const hours = (ms: number) => (ms - bangkokMidnight(ms)) / HOUR;

  it("has open tickets, some late, some due at once, some nobody's", () => {
    between(open.length, 25, 60);
    expect(open.filter((t) => dueOf(t) < 0).length).toBeGreaterThanOrEqual(8);
    expect(open.filter((t) => dueOf(t) >= 0 && dueOf(t) < HOUR).length).toBeGreaterThanOrEqual(2);
    expect(open.filter((t) => dueOf(t) >= 0 && dueOf(t) < DAY).length).toBeGreaterThanOrEqual(6);
    expect(open.filter((t) => t.status === "new").length).toBeGreaterThanOrEqual(10);
    expect(open.filter((t) => t.status === "assigned").length).toBeGreaterThanOrEqual(10);
    expect(open.filter((t) => t.openedAt >= at || (t.respondedAt ?? "") > at)).toEqual([]);
  });

  it("has active alarms, none from the future", () => {
    const alarms = dataOf(world, "alarm");
    between(alarms.filter((a) => a.status === "active").length, 10, 25);
    expect(alarms.filter((a) => a.raisedAt > at || (a.clearedAt ?? "") > at)).toEqual([]);
  });

  it("has visits for two weeks, and several today for each technician of Nera", () => {
    between(planned.length, 20, 50);
    const today = planned.filter(
      (v) => bangkokMidnight(Date.parse(v.windowStart)) === bangkokMidnight(now),
    );
    const nera = world.tenants.find((t) => t.name === "Nera")?.id;
    const technicians = dataOf(world, "person").filter((p) => p.tenantId === nera && p.takesWork);
    expect(technicians).toHaveLength(2);
    for (const { id } of technicians) {
      between(today.filter((v) => v.assigneeId === id).length, 2, 3);
    }
    expect(planned.filter((v) => Date.parse(v.windowStart) > now + 14 * DAY)).toEqual([]);
    expect(planned.some((v) => v.assigneeId === null)).toBe(true);
  });

  it("sends people in business hours, on working days but for today, and to one place at a time", () => {
    for (const visit of planned) {
      const [start, end] = [Date.parse(visit.windowStart), Date.parse(visit.windowEnd)];
      expect(hours(start)).toBeGreaterThanOrEqual(8.5);
      expect(hours(end)).toBeLessThanOrEqual(17.5);
      const today = bangkokMidnight(start) === bangkokMidnight(now);
      expect(today || bangkokWeekday(start) <= 5).toBe(true);
      between(visit.checklist.length, 4, 7);
      expect(visit.checklist.some((item) => item.required)).toBe(true);
    }
    const taken = planned.filter((v) => v.assigneeId !== null);
    expect(new Set(taken.map((v) => v.assigneeId + v.windowStart)).size).toBe(taken.length);
  });

  it("has a past that is over, its newest repair being recent", () => {
    const resolved = tickets.flatMap((t) => t.resolvedAt ?? []).sort();
    expect((resolved.at(-1) ?? "") <= at).toBe(true);
    const month = new Date(now - 30 * DAY).toISOString();
    expect(resolved.filter((t) => t > month).length).toBeGreaterThanOrEqual(8);
    for (const visit of visits) {
      if (visit.status !== "completed") continue;
      expect((visit.completedAt ?? "") <= at).toBe(true);
      expect((visit.arrivedAt ?? "") <= (visit.completedAt ?? "")).toBe(true);
      expect(visit.windowStart < visit.windowEnd).toBe(true);
    }
  });

  it("has readings up to now, in order, none from the future", () => {
    const series = Object.groupBy(dataOf(world, "telemetry"), (t) => t.deviceId);
    for (const list of Object.values(series)) {
      const times = (list ?? []).flatMap((t) => t.readings.map(([time]) => time));
      const newest = Math.max(...times);
      expect(now - newest).toBeGreaterThanOrEqual(0);
      expect(now - newest).toBeLessThanOrEqual(HOUR);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }
  });
});
