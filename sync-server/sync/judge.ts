import type { Transaction } from "kysely";
import { decideAct } from "#shared/access/decide.ts";
import { Intent, type Judging, type Kind } from "#shared/domain/intent.ts";
import { type ParsedIntent, parseIntent, runIntent } from "#shared/domain/run-intent.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import type { Database } from "../store/schema.ts";
import { LensFacts } from "./lens-facts.ts";
import type { Lens } from "./refeed.ts";

/** An intent that was allowed, with the record before and after. */
export interface Judged {
  parsed: ParsedIntent;
  before: Record<string, unknown> | null;
  after: Record<string, unknown>;
}

/**
 * Whether an intent may happen now, and what follows from it: schema, actor, order, layers 1 to 6,
 * then the rules of its kind. Reads only; the caller writes.
 */
export const judge = async (
  tx: Transaction<Database>,
  lens: Lens,
  raw: unknown,
  now: string,
): Promise<Result<Judged, Failure>> => {
  const shape = Intent.safeParse(raw);
  if (!shape.success) {
    const where = shape.error.issues[0]?.path.join(".") ?? "";
    return err(fail("intent-malformed", { type: typeOf(raw), where }));
  }
  const intent = shape.data;
  const parsed = parseIntent(intent);
  if (!parsed.ok) return parsed;
  const { def, payload } = parsed.value;
  const refused =
    (intent.actor === lens.viewer.accountId ? null : fail("actor-forged")) ??
    (await outOfOrder(tx, intent)) ??
    decideAct(lens.viewer, def) ??
    (await unseen(tx, lens, parsed.value, now));
  if (refused !== null) return err(refused);
  const before = await storedData(tx, intent.target.id);
  const known = await factsFor(tx, lens, def.needs?.(payload) ?? []);
  const judging: Judging = {
    actor: {
      accountId: lens.viewer.accountId,
      tenantId: lens.viewer.tenant.id,
      name: lens.viewer.name,
    },
    // A clock that runs ahead must not date work later than it can have been done.
    at: intent.deviceTime < now ? intent.deviceTime : now,
    intentId: intent.id,
    targetId: intent.target.id,
    get: <T>(kind: Kind, id: string) => known.get(`${kind}:${id}`) as T | undefined,
  };
  const ran = runIntent(parsed.value, before, judging);
  return ran.ok
    ? ok({ parsed: parsed.value, before, after: ran.value as Record<string, unknown> })
    : ran;
};

const typeOf = (raw: unknown): string => {
  const type = (raw as { type?: unknown } | null)?.type;
  return typeof type === "string" ? type.slice(0, 64) : "";
};

/** A change made upon another that the server has not heard of was sent out of order. */
const outOfOrder = async (tx: Transaction<Database>, intent: Intent): Promise<Failure | null> => {
  if (intent.after === null) return null;
  const known = await tx
    .selectFrom("verdict")
    .select("intent_id")
    .where("intent_id", "=", intent.after)
    .where("actor_id", "=", intent.actor)
    .executeTakeFirst();
  return known === undefined ? fail("intent-out-of-order") : null;
};

/**
 * Layers 5 and 6 for one record. One that this lens was never told of is unknown, whether it exists
 * or not: a stranger's guess learns nothing. One that has left the lens is told why.
 */
const unseen = async (
  tx: Transaction<Database>,
  lens: Lens,
  { def, payload, intent }: ParsedIntent,
  now: string,
): Promise<Failure | null> => {
  const about = def.deviceOf?.(payload) ?? intent.target.id;
  const kind = def.deviceOf ? "device" : def.kind;
  const told = await tx
    .selectFrom("feed")
    .select(["doc", "kind"])
    .where("lens_id", "=", lens.id)
    .where("record_id", "=", about)
    .executeTakeFirst();
  if (told === undefined || told.kind !== kind) return fail("target-unknown", { kind });
  if (told.doc !== null) return null;
  const row = await tx
    .selectFrom("record")
    .select(["id", "kind", "customer_id", "device_id"])
    .where("id", "=", about)
    .executeTakeFirst();
  if (row === undefined) return fail("target-unknown", { kind });
  const record = { ...row, kind, customerId: row.customer_id, deviceId: row.device_id, data: {} };
  const facts = new LensFacts(tx, lens);
  await facts.learn([record], now);
  const { coverage } = facts.of(record);
  return coverage === null || coverage.covered ? fail("outside-scope") : coverage.failure;
};

/** The record as it is stored, whole: a masked viewer's write never erases what it cannot see (S8). */
const storedData = async (
  tx: Transaction<Database>,
  id: string,
): Promise<Record<string, unknown> | null> => {
  const row = await tx.selectFrom("record").select("data").where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : (JSON.parse(row.data) as Record<string, unknown>);
};

/** What the intent names, as the actor's own lens shows it: client and server judge by the same facts. */
const factsFor = async (
  tx: Transaction<Database>,
  lens: Lens,
  needs: readonly { kind: Kind; id: string }[],
): Promise<Map<string, unknown>> => {
  if (needs.length === 0) return new Map();
  const rows = await tx
    .selectFrom("feed")
    .select(["record_id", "kind", "doc"])
    .where("lens_id", "=", lens.id)
    .where(
      "record_id",
      "in",
      needs.map((n) => n.id),
    )
    .execute();
  return new Map(
    rows
      .filter((row) => row.doc !== null)
      .map((row) => [`${row.kind}:${row.record_id}`, JSON.parse(row.doc ?? "null")]),
  );
};
