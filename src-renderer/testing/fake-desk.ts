import { fail } from "#shared/failure.ts";
import type { DeskItem } from "#shared/ipc/views.ts";
import { fakeId, hoursFrom } from "./fake-ids.ts";
import { ME } from "./fake-viewer.ts";

const intentId = (n: number) => `0190b000-0000-7000-8000-${String(n).padStart(12, "0")}`;

/** Three refused changes, each refused by another layer. */
export const fakeDesk = (now: number): DeskItem[] => {
  const base = { actor: ME, baseRev: 3, after: null, skew: null, saw: {}, mends: null };
  return [
    {
      id: intentId(1),
      intent: {
        ...base,
        id: intentId(1),
        type: "visit.complete",
        target: { kind: "visit", id: fakeId("visit", 0) },
        payload: {
          outcome: "done",
          summary:
            "Replaced the solar panel and cleaned the radar head. Level agrees with the staff gauge.",
          labourMinutes: 95,
        },
        deviceTime: hoursFrom(now, -5),
      },
      failure: fail("checklist-incomplete", { count: 1, first: "Photograph the nameplate" }),
      decidedAt: hoursFrom(now, -1),
      customerName: "Songkhla Irrigation Office",
      customerId: null,
      tier: "premium",
      due: now + 3_600_000,
      mine: {},
      against: [],
      subject: "V-4K7QZ2 · Quarterly inspection · River gauge 1-1",
    },
    {
      id: intentId(2),
      intent: {
        ...base,
        id: intentId(2),
        type: "ticket.assign",
        target: { kind: "ticket", id: fakeId("ticket", 2) },
        payload: { assigneeId: fakeId("person", 1) },
        deviceTime: hoursFrom(now, -26),
      },
      failure: fail("wrong-state", { state: "resolved", allowed: "new, assigned" }),
      decidedAt: hoursFrom(now, -25),
      customerName: "Songkhla Irrigation Office",
      customerId: null,
      tier: "premium",
      due: now + 3_600_000,
      mine: {},
      against: [],
      subject: "T-09XW3M · No data for six hours",
    },
    {
      id: intentId(3),
      intent: {
        ...base,
        id: intentId(3),
        type: "ticket.take",
        target: { kind: "ticket", id: fakeId("ticket", 9) },
        payload: {},
        deviceTime: hoursFrom(now, -2),
      },
      failure: fail("not-covered"),
      decidedAt: hoursFrom(now, -2),
      customerName: "Andaman Resorts",
      customerId: null,
      tier: "premium",
      due: now + 3_600_000,
      mine: {},
      against: [],
      subject: "T-77B0QK · Discharge pressure low",
    },
  ];
};
