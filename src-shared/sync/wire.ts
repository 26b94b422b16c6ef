import { z } from "zod";
import { Viewer } from "../access/viewer.ts";
import { Id, Instant } from "../domain/common.ts";
import { Kind } from "../domain/intent.ts";
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

/** Asks for what came after `after`; null asks from the start. */
export const PullRequest = z.object({
  protocol: z.int(),
  after: Checkpoint.nullable(),
  limit: z.int().min(1).max(5000),
});
export type PullRequest = z.infer<typeof PullRequest>;

/**
 * A page of the feed. `reset` says that `after` was of another lens or epoch: the page starts the
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
});
export type PullResponse = z.infer<typeof PullResponse>;

/** Intents in the order they were made (S1, S2). Each is parsed by itself: one bad one is refused alone (S5). */
export const PushRequest = z.object({
  protocol: z.int(),
  installation: Id,
  appVersion: z.string().max(32),
  intents: z.array(z.unknown()).min(1).max(200),
});
export type PushRequest = z.infer<typeof PushRequest>;

/** The server's word on one intent (S3, S4): final, and the same however often it is asked. */
export const Verdict = z.discriminatedUnion("status", [
  z.object({ status: z.literal("applied"), intentId: z.string(), at: Instant }),
  z.object({ status: z.literal("refused"), intentId: z.string(), at: Instant, failure: Failure }),
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

/** An event of the live stream: the feed of the viewer's lens has grown to `seq`. */
export const LiveHead = z.object({ lens: z.string(), seq: z.int() });
export type LiveHead = z.infer<typeof LiveHead>;

/** Who the server says the caller is, and which lens that makes. */
export const MeResponse = z.object({
  protocol: z.int(),
  serverTime: Instant,
  epoch: z.string(),
  lens: z.string(),
  viewer: Viewer,
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
  health: "/health",
} as const;
