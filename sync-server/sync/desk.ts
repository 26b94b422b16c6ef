import type { Transaction } from "kysely";
import type { Viewer } from "#shared/access/viewer.ts";
import type { DeskRequest } from "#shared/sync/wire.ts";
import { type AuditEntry, appendAudit } from "../audit/log.ts";
import type { Database } from "../store/schema.ts";
import type { Store } from "../store/store.ts";
import { transact } from "../store/transact.ts";
import { actorOf, type Via } from "./audited.ts";

type Decision = DeskRequest["decisions"][number];

/**
 * Notes what people decided about changes on their desk, each once (S6): in the log that tells of the
 * intent itself, or in the caller's own where the server never saw it. An intent of somebody else is
 * to the caller as one that never was, so that nobody learns of it by asking. Returns the ids that
 * are in the log, of now or of before.
 */
export const noteDecisions = (
  store: Store,
  viewer: Viewer,
  via: Via,
  decisions: readonly Decision[],
  at: string,
): Promise<string[]> =>
  transact(store.db, async (tx) => {
    const logs = await logsOf(tx, viewer, decisions);
    const lines = new Map<string, AuditEntry[]>();
    for (const decision of decisions) {
      if (!(await isNew(tx, viewer, decision, at))) continue;
      const log = logs.get(decision.intentId) ?? viewer.tenant.id;
      lines.set(log, [...(lines.get(log) ?? []), lineOf(viewer, via, decision, at)]);
    }
    for (const log of [...lines.keys()].sort()) {
      await appendAudit(tx, log, ...(lines.get(log) ?? []));
    }
    return [...new Set(decisions.map((d) => d.intentId))];
  });

/** Intent id → the log that tells of it, of the caller's own intents. */
const logsOf = async (
  tx: Transaction<Database>,
  viewer: Viewer,
  decisions: readonly Decision[],
): Promise<Map<string, string | null>> => {
  const rows = await tx
    .selectFrom("verdict")
    .select(["intent_id", "log_id"])
    .where("actor_id", "=", viewer.accountId)
    .where(
      "intent_id",
      "in",
      decisions.map((d) => d.intentId),
    )
    .execute();
  return new Map(rows.map((row) => [row.intent_id, row.log_id]));
};

const isNew = async (
  tx: Transaction<Database>,
  viewer: Viewer,
  { intentId, decision, reason, at }: Decision,
  now: string,
): Promise<boolean> => {
  const made = await tx
    .insertInto("decision")
    .values({
      intent_id: intentId,
      actor_id: viewer.accountId,
      decision,
      reason,
      at,
      noted_at: now,
    })
    .onConflict((c) => c.columns(["intent_id", "actor_id"]).doNothing())
    .returning("intent_id")
    .executeTakeFirst();
  return made !== undefined;
};

const lineOf = (
  viewer: Viewer,
  via: Via,
  { intentId, decision, reason, at }: Decision,
  now: string,
): AuditEntry => ({
  actor: actorOf(viewer),
  via,
  intent: { id: intentId, type: `desk.${decision}`, target: null, payload: { reason } },
  outcome: { applied: true },
  changes: {},
  deviceTime: at,
  serverTime: now,
});
