import { expect, test } from "vitest";
import { endsSoon, layTimeline, type Span } from "./timeline-layout.ts";

const now = Date.parse("2026-07-14T03:00:00.000Z");
const span = (from: string | null, to: string): Span => ({
  ...{ id: to, kind: "agreement", partnerId: "p", partner: "Nera", label: "SA-1" },
  ...{ from, to },
});

test("[PRT-3] a span begins where it begins, and what began before is cut at the edge", () => {
  const { rows, today } = layTimeline(
    [
      span("2025-01-01T00:00:00.000Z", "2026-12-01T00:00:00.000Z"),
      span("2026-12-01T00:00:00.000Z", "2027-06-01T00:00:00.000Z"),
    ],
    now,
  );
  const [running, coming] = rows;
  expect(running?.left).toBe(0);
  expect(coming?.left).toBeCloseTo(running?.width ?? 0);
  expect(today).toBeGreaterThan(0);
  expect((coming?.left ?? 0) + (coming?.width ?? 0)).toBeLessThanOrEqual(1);
});

test("[PRT-3] what ends beyond two years is shown to go on", () => {
  const [row] = layTimeline([span(null, "2031-01-01T00:00:00.000Z")], now).rows;
  expect(row).toMatchObject({ left: 0, width: 1, goesOn: true, soon: false });
});

test("[PAR-3] less than sixty days is soon", () => {
  expect(endsSoon("2026-09-12T02:59:59.000Z", now)).toBe(true);
  expect(endsSoon("2026-09-12T03:00:00.000Z", now)).toBe(false);
});

test("no more months are named than there is room for", () => {
  const { marks } = layTimeline([span(null, "2028-07-01T00:00:00.000Z")], now);
  expect(marks.length).toBeLessThanOrEqual(8);
  expect(marks.length).toBeGreaterThan(3);
});
