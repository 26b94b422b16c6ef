import { type Priority, placeOf, type refOf as RefOf } from "#shared/domain/common.ts";
import type { DataOf } from "#shared/domain/registry.ts";
import { fakeId } from "./fake-ids.ts";
import type { FakeRecord } from "./fake-world.ts";

interface Around {
  devices: DataOf<"device">[];
  people: DataOf<"person">[];
  faults: readonly string[];
  at: (hours: number) => string;
  tenant: string;
  refOf: typeof RefOf;
}

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

/** What has happened to the fake world's devices: tickets, alarms, visits, readings. */
export const fakeHistory = (around: Around): FakeRecord[] =>
  around.devices.flatMap((device, n) => [
    ...tickets(around, device, n),
    ...alarms(around, device, n),
    ...visits(around, device, n),
    ...readings(around, device, n),
  ]);

const tickets = ({ people, faults, at, refOf }: Around, device: DataOf<"device">, n: number) => {
  if (n % 4 === 3) return [];
  const id = fakeId("ticket", n);
  const taken = n % 3 !== 0;
  const done = n % 11 === 10;
  const by = pick(people, n);
  const opened = at(-(n * n * 0.21) - 0.4);
  return [
    {
      kind: "ticket" as const,
      data: {
        ...placeOf(device),
        id,
        ref: refOf("T", id),
        title: pick(faults, n),
        detail: "Reported by the operator on duty. The site can be entered from 08:00 to 17:00.",
        priority: ((n % 4) + 1) as Priority,
        component: pick(device.components, n),
        failureCode: n % 2 === 0 ? `F-${100 + n}` : null,
        status: done ? ("resolved" as const) : taken ? ("assigned" as const) : ("new" as const),
        assigneeId: taken ? by.id : null,
        assigneeName: taken ? by.name : null,
        alarmId: null,
        openedAt: opened,
        openedBy: "Khun Anan",
        respondedAt: taken ? opened : null,
        resolvedAt: done ? at(-2) : null,
        resolution: done ? "Replaced the part and watched it for an hour." : null,
        notes: [
          {
            id: fakeId("ticket", 900 + n),
            text: "Asked the site for a photo of the panel.",
            authorId: by.id,
            authorName: by.name,
            at: at(-n * 0.1),
          },
        ],
      },
    },
  ];
};

const alarms = ({ at, refOf }: Around, device: DataOf<"device">, n: number) => {
  if (n % 3 !== 1) return [];
  const id = fakeId("alarm", n);
  const seen = n % 2 === 0;
  return [
    {
      kind: "alarm" as const,
      data: {
        ...placeOf(device),
        id,
        ref: refOf("A", id),
        rule: "level-high",
        title: "Level above its bound",
        severity: ((n % 3) + 1) as Priority,
        metric: "level",
        value: 4.2 + n / 40,
        lower: 0.4,
        upper: 4.2,
        status: seen ? ("acknowledged" as const) : ("active" as const),
        raisedAt: at(-0.2 - n * 0.15),
        clearedAt: null,
        acknowledgedAt: seen ? at(-0.1) : null,
        acknowledgedBy: seen ? "Ploy Siriwan" : null,
        comment: null,
      },
    },
  ];
};

const visits = ({ people, at, tenant, refOf }: Around, device: DataOf<"device">, n: number) => {
  if (n % 3 !== 0) return [];
  const id = fakeId("visit", n);
  const by = pick(people, n + 3);
  const here = n === 0;
  return [
    {
      kind: "visit" as const,
      data: {
        ...placeOf(device),
        id,
        ref: refOf("V", id),
        partnerId: tenant,
        title: n % 2 === 0 ? "Quarterly inspection" : "Replace the failed part",
        purpose: n % 2 === 0 ? ("preventive" as const) : ("corrective" as const),
        ticketId: null,
        status: here ? ("on-site" as const) : ("scheduled" as const),
        assigneeId: n % 4 === 2 ? null : by.id,
        assigneeName: n % 4 === 2 ? null : by.name,
        windowStart: at(n * 1.7 - 1),
        windowEnd: at(n * 1.7 + 2),
        checklist: ["Photograph the nameplate", "Clean the sensor", "Check the battery"].map(
          (text, i) => ({
            id: fakeId("visit", 500 + n * 3 + i),
            text,
            required: i !== 1,
            done: here && i === 0,
            doneAt: here && i === 0 ? at(-0.3) : null,
          }),
        ),
        travelStartedAt: here ? at(-1.4) : null,
        arrivedAt: here ? at(-0.6) : null,
        completedAt: null,
        outcome: null,
        summary: null,
        labourMinutes: null,
        notes: [],
      },
    },
  ];
};

const readings = ({ at }: Around, device: DataOf<"device">, n: number) => [
  {
    kind: "telemetry" as const,
    data: {
      id: fakeId("telemetry", n),
      customerId: device.customerId,
      deviceId: device.id,
      metric: "level",
      unit: "m",
      from: at(-72),
      to: at(0),
      readings: Array.from({ length: 72 * 6 }, (_, i): [number, number] => {
        const value = 2.4 + Math.sin(i / 38 + n) * 1.3 + Math.sin(i / 7 + n * 3) * 0.22;
        return [Date.parse(at(-72)) + i * 600_000, Math.round((value + i / 620) * 100) / 100];
      }),
    },
  },
];
