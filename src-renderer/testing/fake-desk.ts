import type { DataOf } from "#shared/domain/registry.ts";
import { type Failure, fail } from "#shared/failure.ts";
import type { DeskItem } from "#shared/ipc/views.ts";
import { fakeId, hoursFrom } from "./fake-ids.ts";
import { ME } from "./fake-viewer.ts";
import type { FakeRecord } from "./fake-world.ts";

const intentId = (n: number) => `0190b000-0000-7000-8000-${String(n).padStart(12, "0")}`;

interface Told {
  n: number;
  type: string;
  target: DeskItem["intent"]["target"];
  payload?: Record<string, unknown>;
  /** How long ago it was done, and decided, hours. */
  done: number;
  decided: number;
  skew?: number;
  failure: Failure | null;
  mine: DeskItem["mine"];
  against?: DeskItem["against"];
  /** How long there is, hours; null where nothing is owed. */
  owed: number | null;
}

/** Changes that need a person: refused by several layers, and one that replaced another's value. */
export const fakeDesk = (now: number, world: readonly FakeRecord[]): DeskItem[] => {
  const ago = (hours: number) => hoursFrom(now, -hours);
  const about = ({ kind, id }: Told["target"]) => {
    const found = world.find((record) => record.kind === kind && record.data.id === id);
    const data = found?.data as Partial<DataOf<"ticket">> | undefined;
    return {
      customerId: data?.customerId ?? null,
      customerName: data?.customerName ?? null,
      subject: data === undefined ? null : `${data.ref} · ${data.title} · ${data.deviceName}`,
      tier: data?.tier ?? null,
    };
  };
  const item = (told: Told): DeskItem => ({
    id: intentId(told.n),
    intent: {
      id: intentId(told.n),
      type: told.type,
      target: told.target,
      payload: told.payload ?? {},
      actor: ME,
      deviceTime: ago(told.done),
      baseRev: 3,
      after: null,
      skew: told.skew ?? null,
      saw: Object.fromEntries(Object.entries(told.mine).map(([field, [saw]]) => [field, saw])),
      mends: null,
    },
    failure: told.failure,
    decidedAt: ago(told.decided),
    deviceId: null,
    ...about(told.target),
    due: told.owed === null ? null : now + told.owed * 3_600_000,
    mine: told.mine,
    against: told.against ?? [],
  });
  const by = (name: string, hours: number) => ({ by: name, at: ago(hours) });
  const arthit = fakeId("person", 2);
  return [
    item({
      n: 1,
      type: "visit.complete",
      target: { kind: "visit", id: fakeId("visit", 0) },
      payload: {
        outcome: "done",
        summary:
          "Replaced the solar panel and cleaned the radar head. Level agrees with the staff gauge.",
        labourMinutes: 95,
      },
      done: 5,
      decided: 1,
      skew: 7 * 60_000 + 4000,
      failure: fail("checklist-incomplete", { count: 1, first: "Photograph the nameplate" }),
      mine: {
        status: ["on-site", "completed"],
        outcome: [null, "done"],
        summary: [
          null,
          "Replaced the solar panel and cleaned the radar head. Level agrees with the staff gauge.",
        ],
        labourMinutes: [null, 95],
        completedAt: [null, ago(5)],
      },
      owed: -3.4,
    }),
    item({
      n: 2,
      type: "ticket.assign",
      target: { kind: "ticket", id: fakeId("ticket", 2) },
      payload: { assigneeId: arthit },
      done: 4.2,
      decided: 2,
      failure: null,
      mine: {
        status: ["new", "assigned"],
        assigneeId: [null, arthit],
        assigneeName: [null, "Arthit Chaiyasit"],
      },
      against: [
        { field: "status", value: "assigned", ...by("Kanya Rattanakul", 3.9) },
        { field: "assigneeId", value: fakeId("person", 1), ...by("Kanya Rattanakul", 3.9) },
        { field: "assigneeName", value: "Kanya Rattanakul", ...by("Kanya Rattanakul", 3.9) },
      ],
      owed: 2.2,
    }),
    item({
      n: 3,
      type: "ticket.resolve",
      target: { kind: "ticket", id: fakeId("ticket", 10) },
      payload: { resolution: "Tightened the flange and watched it for an hour." },
      done: 26,
      decided: 25,
      failure: fail("already-in-state", { state: "resolved" }),
      mine: {
        status: ["assigned", "resolved"],
        resolution: [null, "Tightened the flange and watched it for an hour."],
        resolvedAt: [null, ago(26)],
      },
      against: [
        { field: "status", value: "resolved", ...by("Somchai Wattana", 27) },
        { field: "resolution", value: "Replaced the gasket.", ...by("Somchai Wattana", 27) },
        { field: "resolvedAt", value: ago(27), ...by("Somchai Wattana", 27) },
      ],
      owed: null,
    }),
    item({
      n: 4,
      type: "ticket.take",
      target: { kind: "ticket", id: fakeId("ticket", 20) },
      done: 2,
      decided: 2,
      skew: -3 * 60_000,
      failure: fail("not-covered"),
      mine: {
        status: ["new", "assigned"],
        assigneeId: [null, ME],
        assigneeName: [null, "Ploy Siriwan"],
      },
      owed: 30,
    }),
    item({
      n: 5,
      type: "ticket.note",
      target: { kind: "ticket", id: fakeId("ticket", 999) },
      payload: { text: "The gate code has changed; ask the guard at the weir." },
      done: 50,
      decided: 48,
      failure: fail("intent-parked", { tries: 5 }),
      mine: {},
      owed: null,
    }),
  ];
};
