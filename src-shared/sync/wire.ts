import { z } from "zod";
import { Viewer } from "../access/viewer.ts";
import { Id, Instant } from "../domain/common.ts";
import { Kind, Scalar } from "../domain/intent.ts";
import { Failure } from "../failure.ts";

/** The fields of a record: an object, handed on as it came. Copying each would double a first sync. */
const Fields = z.custom<Record<string, unknown>>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
);

/**
 * A record as one viewer may see it. `rev` rises with every change of what that viewer sees.
 * `data` is null in a tombstone, whose `rev` is 0 where
 * the viewer was never told of the record. `until` is the end of the coverage it stands under (S11), null
 * where it stands under none (people of one's own tenant).
 */
export const WireRecord = z.object({
  id: Id,
  kind: Kind,
  rev: z.int().min(0),
  until: Instant.nullable(),
  data: Fields.nullable(),
});
export type WireRecord = z.infer<typeof WireRecord>;

/** A position in the feed of one lens (S7), in one life of the server's database (`epoch`). */
export const Checkpoint = z.object({
  epoch: z.string().max(64),
  lens: z.string().max(64),
  seq: z.int().min(0),
});
export type Checkpoint = z.infer<typeof Checkpoint>;

/** An order-independent checksum of the records of one kind (S10): how many, and the sum of theirs. */
export const Sum = z.object({ count: z.int().min(0), sum: z.int().min(0) });
export type Sum = z.infer<typeof Sum>;

/** The checksum of each kind of which a lens holds anything, by kind. */
export const Sums = z.partialRecord(Kind, Sum);
export type Sums = z.infer<typeof Sums>;

/** Asks for what came after `after`; null asks from the start. */
export const PullRequest = z.object({
  protocol: z.int(),
  after: Checkpoint.nullable(),
  limit: z.int().min(1).max(5000),
});
export type PullRequest = z.infer<typeof PullRequest>;

/**
 * A page of what stands in the feed; what has left it is told by {@link RevocationsResponse} alone.
 * `sums` is the checksum of the whole lens at `checkpoint`, on the last page only. `reset` says that `after` was of another lens or epoch: the page starts the
 * viewer's lens from its beginning, and whatever else the client holds is no longer its to hold.
 */
export const PullResponse = z.object({
  protocol: z.int(),
  serverTime: Instant,
  reset: z.boolean(),
  records: z.array(WireRecord),
  checkpoint: Checkpoint,
  /** The last position of the feed: how far there is still to go. */
  head: z.int().min(0),
  more: z.boolean(),
  sums: Sums.nullable(),
});
export type PullResponse = z.infer<typeof PullResponse>;

/**
 * Asks which records have left the lens since `after` (S9). Null asks where the channel stands now,
 * before a first sync: who holds nothing has nothing to erase.
 */
export const RevocationsRequest = z.object({
  protocol: z.int(),
  after: Checkpoint.nullable(),
  limit: z.int().min(1).max(50_000),
});
export type RevocationsRequest = z.infer<typeof RevocationsRequest>;

/**
 * What has left the lens: ids, each with the revision at which it left; a copy of a later revision
 * has entered again. `reset` says that `after` was of another lens or epoch: all that is held goes.
 */
export const RevocationsResponse = z.object({
  protocol: z.int(),
  serverTime: Instant,
  reset: z.boolean(),
  gone: z.array(z.object({ id: Id, rev: z.int() })),
  checkpoint: Checkpoint,
  more: z.boolean(),
});
export type RevocationsResponse = z.infer<typeof RevocationsResponse>;

/** Asks for the revision and checksum of each record of some kinds, in order of id (S10). */
export const DigestRequest = z.object({
  protocol: z.int(),
  kinds: z.array(Kind).min(1),
  after: Id.nullable(),
  limit: z.int().min(1).max(10_000),
});
export type DigestRequest = z.infer<typeof DigestRequest>;

/** Rows of id, revision and checksum; `lens` says of which lens, `more` that there are further ones. */
export const DigestResponse = z.object({
  protocol: z.int(),
  lens: z.string(),
  rows: z.array(z.tuple([Id, z.int(), z.int()])),
  more: z.boolean(),
});
export type DigestResponse = z.infer<typeof DigestResponse>;

/** Asks for records by id, as the viewer may now see them: a tombstone for what it may not (S10). */
export const FetchRequest = z.object({ protocol: z.int(), ids: z.array(Id).min(1).max(500) });
export type FetchRequest = z.infer<typeof FetchRequest>;

/** The records that were asked for. */
export const FetchResponse = z.object({ protocol: z.int(), records: z.array(WireRecord) });
export type FetchResponse = z.infer<typeof FetchResponse>;

/**
 * Intents in the order they were made (S1, S2). `sentAt` is the device's clock at sending: what it
 * is off is measured by it. Each is parsed by itself: one bad one is refused alone (S5). */
export const PushRequest = z.object({
  protocol: z.int(),
  installation: Id,
  appVersion: z.string().max(32),
  sentAt: Instant.optional(),
  intents: z.array(z.unknown()).min(1).max(200),
});
export type PushRequest = z.infer<typeof PushRequest>;

/**
 * A value that stood against an intent: its maker had not seen it. Of an applied intent it is the
 * value that lost, of a refused one the value that stands. By whom and when, where that is known.
 */
export const Against = z.object({
  field: z.string(),
  value: Scalar,
  by: z.string().nullable(),
  at: Instant.nullable(),
});
export type Against = z.infer<typeof Against>;

const word = { intentId: z.string(), at: Instant, against: z.array(Against).default([]) };

/** The server's word on one intent (S3, S4): final, and the same however often it is asked. */
export const Verdict = z.discriminatedUnion("status", [
  z.object({ status: z.literal("applied"), ...word }),
  z.object({ status: z.literal("refused"), ...word, failure: Failure }),
]);
export type Verdict = z.infer<typeof Verdict>;

/** One verdict for each intent, and each touched record as this viewer may now see it (S4). */
export const PushResponse = z.object({
  protocol: z.int(),
  serverTime: Instant,
  verdicts: z.array(Verdict),
  records: z.array(WireRecord),
});
export type PushResponse = z.infer<typeof PushResponse>;

/** What people decided about refused changes on their desk, for the audit log (S6). */
export const DeskRequest = z.object({
  protocol: z.int(),
  decisions: z
    .array(
      z.object({
        intentId: z.uuidv7(),
        decision: z.enum(["discarded", "kept"]),
        reason: z.string().max(500),
        at: Instant,
      }),
    )
    .min(1)
    .max(200),
});
export type DeskRequest = z.infer<typeof DeskRequest>;

/** The decisions that are in the audit log; asking again writes none twice. */
export const DeskResponse = z.object({ protocol: z.int(), noted: z.array(z.string()) });
export type DeskResponse = z.infer<typeof DeskResponse>;

/** An event of the live stream: the feed of the viewer's lens has grown to `seq`. */
export const LiveHead = z.object({ lens: z.string(), seq: z.int() });
export type LiveHead = z.infer<typeof LiveHead>;

/**
 * An event of the live stream: what stands in the feed after `after`, up to its end. Only a small
 * page comes so; of more, the stream tells the head alone, and whoever hears it pulls.
 */
export const LivePage = PullResponse.extend({
  reset: z.literal(false),
  more: z.literal(false),
  after: z.int().min(0),
});
export type LivePage = z.infer<typeof LivePage>;

/** Asks who one is; `last` is the latest intent that the server is known to have applied. */
export const MeRequest = z.object({ last: z.uuidv7().optional() });
export type MeRequest = z.infer<typeof MeRequest>;

/**
 * Who the server says the caller is, and which lens that makes. `remembers` is false where the server
 * does not know the `last` intent: its database is an older one than it was (S12).
 */
export const MeResponse = z.object({
  protocol: z.int(),
  serverTime: Instant,
  epoch: z.string(),
  lens: z.string(),
  viewer: Viewer,
  remembers: z.boolean().default(true),
});
export type MeResponse = z.infer<typeof MeResponse>;

/** A refusal of the whole request, in the body of any answer that is not 2xx. */
export const ErrorResponse = z.object({ error: Failure });
export type ErrorResponse = z.infer<typeof ErrorResponse>;

/** Where the server answers what. */
export const routes = {
  me: "/sync/me",
  pull: "/sync/pull",
  push: "/sync/push",
  live: "/sync/live",
  revocations: "/sync/revocations",
  digest: "/sync/digest",
  fetch: "/sync/fetch",
  desk: "/sync/desk",
  wiped: "/sync/wiped",
  files: "/files",
  health: "/health",
} as const;

/** The header in which every request says from which installation it comes. */
export const INSTALLATION = "x-riversync-installation";

/**
 * What the copy is called: its version and the name of the machine, URI-encoded, "0.1.0 NOK-LAPTOP".
 * For the people whose devices they are; nothing is decided by it.
 */
export const DEVICE = "x-riversync-device";
