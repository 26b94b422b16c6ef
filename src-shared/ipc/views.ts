import { z } from "zod";
import { Viewer } from "../access/viewer.ts";
import { Priority, SlaTier } from "../domain/common.ts";
import { Intent, Kind, Scalar } from "../domain/intent.ts";
import { Failure } from "../failure.ts";
import { Against } from "../sync/wire.ts";

/** The kinds of work that stand in the queue. */
export const WorkKind = z.enum(["ticket", "alarm", "visit"]);
export type WorkKind = z.infer<typeof WorkKind>;

/** One line of the workload queue. Instants are ISO; `due` is ms since the epoch. */
export const WorkRow = z.object({
  id: z.string(),
  kind: WorkKind,
  ref: z.string(),
  title: z.string(),
  status: z.string(),
  priority: Priority.nullable(),
  tier: SlaTier,
  due: z.number(),
  /** What is owed by `due`: a first answer, a solution, an acknowledgement, to begin, to finish. */
  promise: z.enum(["response", "resolution", "acknowledge", "begin", "finish"]),
  customerId: z.string(),
  customerName: z.string(),
  siteName: z.string(),
  region: z.string(),
  deviceId: z.string(),
  deviceName: z.string(),
  assigneeId: z.string().nullable(),
  assigneeName: z.string().nullable(),
  /** When it began or begins: opened, raised, or the start of the visit's window. ISO. */
  begins: z.string(),
  /** When it ended: resolved, cleared, completed. Null while it has not. ISO. */
  ended: z.string().nullable(),
  /** The end of a visit's window, ISO; null for what has none. */
  windowEnd: z.string().nullable(),
  /** How many changes of it wait for the server. */
  pending: z.int(),
});
export type WorkRow = z.infer<typeof WorkRow>;

/** How near is soon, ms: half a shift. */
export const DUE_SOON_MS = 4 * 3_600_000;

/** How the queue is narrowed; empty lists narrow nothing. */
export const WorkFilter = z.object({
  customers: z.array(z.string()),
  regions: z.array(z.string()),
  kinds: z.array(WorkKind),
  statuses: z.array(z.string()),
  /** Account ids; "me" is the viewer, "nobody" what has no assignee. */
  assignees: z.array(z.string()),
  deviceId: z.string().nullable(),
  /** What is owed: anything, what is late, or what falls due within {@link DUE_SOON_MS}. */
  due: z.enum(["any", "overdue", "soon"]).default("any"),
  search: z.string().max(200),
  /** "open" is the queue, "done" what has left it, latest first. */
  state: z.enum(["open", "done"]),
});
export type WorkFilter = z.infer<typeof WorkFilter>;

/** A filter that narrows nothing. */
export const anyWork: WorkFilter = {
  customers: [],
  regions: [],
  kinds: [],
  statuses: [],
  assignees: [],
  deviceId: null,
  due: "any",
  search: "",
  state: "open",
};

/** A stretch of a list, and how long the whole list is. */
export const WorkPage = z.object({ rows: z.array(WorkRow), offset: z.int(), total: z.int() });
export type WorkPage = z.infer<typeof WorkPage>;

/** A record with the intents on it that wait for the server. `data` is validated by its kind's schema. */
export const RecordView = z.object({
  id: z.string(),
  kind: Kind,
  rev: z.int(),
  until: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  pending: z.array(Intent),
});
export type RecordView = z.infer<typeof RecordView>;

/** A covered device in a list, with what stands open on it. */
export const DeviceRow = z.object({
  id: z.string(),
  name: z.string(),
  model: z.string(),
  serial: z.string(),
  type: z.string(),
  customerId: z.string(),
  customerName: z.string(),
  siteName: z.string(),
  region: z.string(),
  tier: SlaTier,
  until: z.string().nullable(),
  openTickets: z.int(),
  openAlarms: z.int(),
  nextVisit: z.string().nullable(),
});
export type DeviceRow = z.infer<typeof DeviceRow>;

/** What the lists can be filtered by: only what there is. */
export const Facets = z.object({
  customers: z.array(z.object({ id: z.string(), name: z.string() })),
  regions: z.array(z.string()),
  people: z.array(z.object({ id: z.string(), name: z.string(), takesWork: z.boolean() })),
});
export type Facets = z.infer<typeof Facets>;

/** What needs me now. */
export const Overview = z.object({
  overdue: z.int(),
  dueSoon: z.int(),
  open: z.int(),
  unassigned: z.int(),
  activeAlarms: z.int(),
  mine: z.array(WorkRow),
  next: z.array(WorkRow),
  visitsToday: z.array(WorkRow),
  byCustomer: z.array(
    z.object({ id: z.string(), name: z.string(), open: z.int(), overdue: z.int() }),
  ),
});
export type Overview = z.infer<typeof Overview>;

/** The state of sync, for its one quiet place in the chrome. */
export const SyncStatus = z.object({
  phase: z.enum(["starting", "first-sync", "syncing", "up-to-date", "offline", "stopped"]),
  /** Changes that wait for the server. */
  waiting: z.int(),
  /** Changes on the Needs-attention desk. */
  attention: z.int(),
  /** During first sync: records that have arrived. */
  received: z.int(),
  /** During first sync: how much of it is done, 0 to 1; null while that is not known. */
  progress: z.number().min(0).max(1).nullable(),
  lastSync: z.string().nullable(),
  /** Server clock minus device clock, ms, as last measured; null before the first contact. */
  skew: z.number().nullable(),
  failure: Failure.nullable(),
  /** Records that differed from the server's and were mended, since the core started (S10). */
  repaired: z.int(),
  /** Records erased here because their coverage ran out, or was withdrawn, since the core started (S9, S11). */
  erased: z.int(),
  /** Attachments that wait to be sent (S13). */
  files: z.int(),
  /** The copy was found damaged and made anew: how many waiting changes were rescued, and whether more may be lost. */
  rescued: z.object({ intents: z.int(), lost: z.boolean() }).nullable(),
});
export type SyncStatus = z.infer<typeof SyncStatus>;

/** How sync stands before anything has happened. */
export const noSync: SyncStatus = {
  phase: "starting",
  waiting: 0,
  attention: 0,
  received: 0,
  progress: null,
  lastSync: null,
  skew: null,
  failure: null,
  repaired: 0,
  erased: 0,
  files: 0,
  rescued: null,
};

/**
 * How an attachment stands on this device (S13): waiting to be sent, being sent, at the server too,
 * being fetched, or refused by the server for good. One that is not here at all has no such line.
 */
export const FileView = z.object({
  hash: z.string(),
  state: z.enum(["waiting", "sending", "sent", "fetching", "failed"]),
  /** How much of it has gone or come, 0 to 1; null where nothing moves, or it is not known. */
  progress: z.number().min(0).max(1).nullable(),
  failure: Failure.nullable(),
});
export type FileView = z.infer<typeof FileView>;

/**
 * A change that needs a person (S6), whole: one that was refused, or one that was applied over a
 * value its maker had not seen. `mine` is what it meant, field by field: what its maker saw, then
 * what they wanted. `against` is what stood against it, by whom and when.
 */
export const DeskItem = z.object({
  id: z.string(),
  intent: Intent,
  /** Why it was refused; null for one that was applied and replaced another's value. */
  failure: Failure.nullable(),
  /** When the server decided, ISO. */
  decidedAt: z.string(),
  /** The device whose facts are told here: they go with it (S9). */
  deviceId: z.string().nullable(),
  customerId: z.string().nullable(),
  customerName: z.string().nullable(),
  subject: z.string().nullable(),
  tier: SlaTier.nullable(),
  /** When the work it belongs to is owed, ms since the epoch; null where nothing is. */
  due: z.number().nullable(),
  mine: z.record(z.string(), z.tuple([Scalar, Scalar])),
  against: z.array(Against),
});
export type DeskItem = z.infer<typeof DeskItem>;

/** Where sign-in stands. `viewer` is as the server last said, so that it is there offline. */
export const SessionState = z.discriminatedUnion("state", [
  z.object({ state: z.literal("signed-out"), failure: Failure.nullable() }),
  z.object({ state: z.literal("signing-in"), url: z.string() }),
  z.object({
    state: z.literal("signed-in"),
    viewer: Viewer,
    /** Set where the session has ended at the provider: work goes on offline, sync waits for a sign-in. */
    ended: z.boolean(),
    /** When the person last proved who they are, ISO; null where nobody knows. */
    provedAt: z.string().nullable(),
    /** Why proving it once more came to nothing. */
    stepUpFailure: Failure.nullable(),
  }),
]);
export type SessionState = z.infer<typeof SessionState>;

/** What this device knows of its organisation's audit log. */
export const AuditState = z.object({
  /** The last tree head it has seen and checked. */
  head: z.object({ size: z.int(), root: z.string(), at: z.string() }).nullable(),
  /** Set for good once the log no longer continued what was seen of it (PRT-4). */
  alarm: Failure.nullable(),
  /** The two signed heads that cannot both be of one log, the earlier first; null where all is well. */
  evidence: z.array(z.string()).nullable(),
});
export type AuditState = z.infer<typeof AuditState>;

/** An act of one's own that the server has applied. */
export const ActView = z.object({
  intentId: z.string(),
  type: z.string(),
  /** When the server applied it, ISO. */
  at: z.string(),
  /** What it was done to, in words, where that is still here. */
  subject: z.string().nullable(),
});
export type ActView = z.infer<typeof ActView>;

/** What runs here and how it keeps secrets; said in the profile menu. */
export const HostInfo = z.object({
  host: z.enum(["electron", "browser"]),
  version: z.string(),
  serverUrl: z.string(),
  dataFolder: z.string(),
  secretStore: z.enum(["os-keystore", "owner-only-file"]),
});
export type HostInfo = z.infer<typeof HostInfo>;

/** A named filter of someone's own. */
export const SavedView = z.object({
  id: z.string(),
  name: z.string().min(1).max(60),
  filter: WorkFilter,
});
export type SavedView = z.infer<typeof SavedView>;

/** Choices that stay on this device. */
export const Preferences = z.object({
  language: z.enum(["en", "th"]).nullable(),
  theme: z.enum(["light", "dark", "auto"]),
  savedViews: z.array(SavedView).max(50),
});
export type Preferences = z.infer<typeof Preferences>;
