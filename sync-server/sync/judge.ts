import type { Transaction } from "kysely";
import { decideAct } from "#shared/access/decide.ts";
import { requireFresh } from "#shared/access/fresh.ts";
import { appOf } from "#shared/access/menu.ts";
import { actorOf, Intent, type Judging, type Kind } from "#shared/domain/intent.ts";
import { type ParsedIntent, parseIntent, runIntent } from "#shared/domain/run-intent.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { sentSkewOf, timeOfWork } from "#shared/sync/work-time.ts";
import { refusedReader } from "../access/viewers.ts";
import type { Database } from "../store/schema.ts";
import { standInLine } from "../store/transact.ts";
import { lensId } from "./lens.ts";
import type { Lens } from "./refeed.ts";
import { rightThen } from "./right-then.ts";
import { type About, allSeen, factsSeen, type Sight, unseen } from "./sight.ts";

/** How an intent reached the server, and when by the server's clock. */
export interface Hearing {
  now: string;
  /** The device's clock when it sent the intent; null where it does not say. */
  sentAt: string | null;
  /** When the device it comes from was revoked; null where it is not. */
  revokedAt: string | null;
  /** When its maker last proved who they are to the provider, ms since the epoch; null where unknown. */
  provedAt: number | null;
}

/** An intent that was allowed, with the record before and after. */
export interface Judged {
  parsed: ParsedIntent;
  before: Record<string, unknown> | null;
  after: Record<string, unknown>;
}

/** What became of an intent, and what of its time is known. */
export interface Judgement {
  result: Result<Judged, Failure>;
  /** When the work was done, by the server's clock; null of what is no intent of this maker. */
  workedAt: string | null;
  /** What the device's clock was off, ms: the server's minus the device's; null where unknown. */
  skew: number | null;
  /** Whether it was allowed by what was right then, and would not be now. */
  late: boolean;
}

/** The judgement on what is refused before anything of its work is known. */
const unheard = (failure: Failure): Judgement => ({
  result: err(failure),
  workedAt: null,
  skew: null,
  late: false,
});

/**
 * Whether an intent may happen, and what follows from it: schema, actor, order, layers 1 to 6, then
 * the rules of its kind. What its maker may do now is asked first; where that is not enough, what it
 * might do when the work was done ({@link rightThen}): work in the field alone is judged so. Reads only;
 * the caller writes.
 */
export const judge = async (
  tx: Transaction<Database>,
  viewer: Lens["viewer"],
  raw: unknown,
  hearing: Hearing,
): Promise<Judgement> => {
  const shape = Intent.safeParse(raw);
  if (!shape.success) {
    const where = shape.error.issues[0]?.path.join(".") ?? "";
    return unheard(fail("intent-malformed", { type: typeOf(raw), where }));
  }
  const intent = shape.data;
  const parsed = parseIntent(intent);
  if (!parsed.ok) return unheard(parsed.error);
  if (intent.actor !== viewer.accountId) return unheard(fail("actor-forged"));
  const previous = await verdictOn(tx, intent);
  if (previous === undefined) return unheard(fail("intent-out-of-order"));

  const { def } = parsed.value;
  const about = aboutOf(parsed.value);
  const sentSkew = sentSkewOf(hearing.sentAt, hearing.now);
  const workedAt = timeOfWork({
    deviceTime: intent.deviceTime,
    skew: intent.skew,
    sentSkew,
    floor: latest(previous.worked_at, about && (await firstSeen(tx, viewer.accountId, about.id))),
    now: hearing.now,
  });
  const lens = { id: lensId(viewer), viewer };
  const refused =
    refusedReader(viewer) ??
    (hearing.revokedAt === null ? null : fail("device-revoked")) ??
    decideAct(viewer, def) ??
    (about && (await unseen(tx, lens, about, hearing.now)));
  const sight: Result<Sight, Failure> =
    refused === null
      ? ok({ lens, at: null })
      : runsOrganisation(def)
        ? err(refused)
        : await rightThen(tx, { viewer, def, about, workedAt, hearing }, refused);
  // What was right then needs a proof of today all the same.
  const stale = sight.ok ? notFresh(def, hearing) : null;
  const allowed = stale === null ? sight : err(stale);
  const result = allowed.ok ? await ran(tx, parsed.value, allowed.value, workedAt) : allowed;
  return { result, workedAt, skew: intent.skew ?? sentSkew, late: sight.ok && refused !== null };
};

/**
 * Whether it says who may do what. When that was done is the device's word: taken from somebody who
 * may not do it any more, it would let them in again by the back door, as another account (AUTH-4).
 */
const runsOrganisation = ({ permission }: ParsedIntent["def"]): boolean =>
  appOf(permission) === "account";

/** The record whose visibility decides: its device of what is made on one, none of what is made new. */
const aboutOf = ({ intent, def, payload }: ParsedIntent): About | null => {
  if (def.deviceOf) return { kind: "device", id: def.deviceOf(payload) };
  return def.creates ? null : { kind: def.kind, id: intent.target.id };
};

/**
 * A dangerous act of someone who has not just proved who they are: by when the server hears of it,
 * since the time of the work is the device's word.
 */
const notFresh = ({ stepUp }: ParsedIntent["def"], { provedAt, now }: Hearing): Failure | null =>
  stepUp ? requireFresh({ authTime: provedAt }, now) : null;

const typeOf = (raw: unknown): string => {
  const type = (raw as { type?: unknown } | null)?.type;
  return typeof type === "string" ? type.slice(0, 64) : "";
};

const latest = (a: string | null, b: string | null): string | null =>
  a !== null && b !== null ? (a > b ? a : b) : (a ?? b);

/**
 * The verdict on the intent that this one was made upon, with the time of its work. Undefined where
 * the server has not heard of it: then this one was sent out of order.
 */
const verdictOn = async (
  tx: Transaction<Database>,
  { after, actor }: Intent,
): Promise<{ worked_at: string | null } | undefined> =>
  after === null
    ? { worked_at: null }
    : tx
        .selectFrom("verdict")
        .select("worked_at")
        .where("intent_id", "=", after)
        .where("actor_id", "=", actor)
        .executeTakeFirst();

/**
 * When a record first came before the eyes of an account, through whichever lens: nobody works on
 * what they have not seen. Null where that is not known.
 */
const firstSeen = async (
  tx: Transaction<Database>,
  accountId: string,
  recordId: string,
): Promise<string | null> => {
  const row = await tx
    .selectFrom("feed")
    .select((s) => s.fn.min("since").as("since"))
    .where("record_id", "=", recordId)
    .where(
      "lens_id",
      "in",
      tx.selectFrom("standing").select("lens_id").where("account_id", "=", accountId),
    )
    .executeTakeFirst();
  return row?.since ?? null;
};

/** The rules of its kind, on the record as it is stored: the time of the act is that of the work. */
const ran = async (
  tx: Transaction<Database>,
  parsed: ParsedIntent,
  sight: Sight,
  at: string,
): Promise<Result<Judged, Failure>> => {
  const { intent, def, payload } = parsed;
  const { viewer } = sight.lens;
  // Two owners who each take the other's place away would both find that one is left.
  if (def.needsAll !== undefined) await standInLine(tx, viewer.tenant.id);
  const before = await storedData(tx, intent.target.id);
  const known = await factsSeen(tx, sight, def.needs?.(payload) ?? []);
  const listed = await allSeen(tx, sight, def.needsAll ?? []);
  const judging: Judging = {
    actor: actorOf(viewer),
    at,
    intentId: intent.id,
    targetId: intent.target.id,
    get: <T>(kind: Kind, id: string) => known.get(`${kind}:${id}`) as T | undefined,
    all: <T>(kind: Kind) => (listed.get(kind) ?? []) as T[],
  };
  const after = runIntent(parsed, before, judging);
  return after.ok ? ok({ parsed, before, after: after.value as Record<string, unknown> }) : after;
};

/** The record as it is stored, whole: a masked viewer's write never erases what it cannot see (S8). */
const storedData = async (
  tx: Transaction<Database>,
  id: string,
): Promise<Record<string, unknown> | null> => {
  const row = await tx.selectFrom("record").select("data").where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : (JSON.parse(row.data) as Record<string, unknown>);
};
