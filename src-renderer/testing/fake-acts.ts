import type { Viewer } from "#shared/access/viewer.ts";
import type { AuditEntry } from "#shared/audit/entry.ts";
import { fail } from "#shared/failure.ts";
import { fakeId, hoursFrom } from "./fake-ids.ts";
import { fakePartners } from "./fake-portal.ts";
import { ME } from "./fake-viewer.ts";

type Act = Pick<AuditEntry, "intent" | "changes"> & Partial<AuditEntry>;

const crew = [
  [fakeId("person", 70), "Somsak Boonmee", "Nera"],
  [fakeId("person", 71), "Kanya Rattanakul", "Nera"],
  [fakeId("person", 72), "Wei Zhang", "Huawei"],
] as const;

/** What was done to a customer's devices over some months, the oldest first. */
export const fakeActs = (now: number, { tenant, name }: Viewer, count: number): AuditEntry[] =>
  Array.from({ length: count }, (_, n) => {
    const ago = (count - n) * 3.1;
    const [accountId, who, tenantName] = crew[n % crew.length] ?? crew[0];
    const worker = { accountId, name: who, tenantId: fakePartners.nera, tenantName };
    const own = { accountId: ME, name, tenantId: tenant.id, tenantName: tenant.name };
    const { by = "worker", ...told } = actOf(n, hoursFrom(now, -ago));
    const skew = n % 9 === 4 ? -3 * 3_600_000 : 400;
    const serverTime = hoursFrom(now, -ago);
    return {
      actor: by === "own" ? own : worker,
      via: {
        app: by === "own" ? "account" : "partners",
        installation: fakeId("visit", 800 + (n % 5)),
        appVersion: "0.1.0",
      },
      outcome: { applied: true },
      deviceTime: new Date(Date.parse(serverTime) - skew - 40_000).toISOString(),
      skew,
      workedAt: new Date(Date.parse(serverTime) - 40_000).toISOString(),
      serverTime,
      ...told,
    };
  });

const intent = (n: number, type: string, kind: string, id: string, payload: object) => ({
  id: fakeId("telemetry", 5000 + n),
  type,
  target: { kind, id },
  payload,
});

const acts: ((n: number, at: string) => Act & { by?: "own" })[] = [
  (n) => ({
    intent: intent(n, "ticket.raise", "ticket", fakeId("ticket", n), {
      deviceId: fakeId("device", 100 + (n % 6)),
      title: "Condenser fan stopped",
      priority: 2,
    }),
    changes: { title: [null, "Condenser fan stopped"], status: [null, "new"], priority: [null, 2] },
  }),
  (n, at) => ({
    intent: intent(n, "visit.arrive", "visit", fakeId("visit", n), {}),
    changes: { status: ["travelling", "on-site"], arrivedAt: [null, at] },
  }),
  (n, at) => ({
    intent: intent(n, "visit.complete", "visit", fakeId("visit", n), {
      outcome: "done",
      summary: "Replaced the fan motor and watched it for an hour.",
      labourMinutes: 95,
    }),
    changes: {
      status: ["on-site", "completed"],
      outcome: [null, "done"],
      summary: [null, "Replaced the fan motor and watched it for an hour."],
      labourMinutes: [null, 95],
      completedAt: [null, at],
    },
  }),
  (n) => ({
    intent: intent(n, "ticket.resolve", "ticket", fakeId("ticket", n), {
      resolution: "เปลี่ยนมอเตอร์พัดลมแล้ว",
    }),
    changes: {},
    outcome: { applied: false, failure: fail("already-in-state", { state: "resolved" }) },
  }),
  (n) => ({
    by: "own",
    intent: intent(n, "grant.change", "grant", fakeId("grant", 100), {
      regions: ["Eastern Thailand"],
      sites: [],
      deviceIds: [],
      telemetry: false,
    }),
    changes: {
      regions: [["Eastern Thailand", "Central Thailand"], ["Eastern Thailand"]],
      telemetry: [true, false],
    },
  }),
  (n) => ({
    intent: intent(n, "ticket.note", "ticket", fakeId("ticket", n), {
      text: "Waiting for the part until Thursday.",
    }),
    changes: { notes: [[], [{ text: "Waiting for the part until Thursday." }]] },
    late: true,
    overrode: [{ field: "status", value: "new", by: "Kanya Rattanakul", at: null }],
  }),
];

const actOf = (n: number, at: string): Act & { by?: "own" } => {
  const act = acts[n % acts.length];
  if (act === undefined) throw new Error("there are no acts");
  return act(n, at);
};
