import type { Transaction } from "kysely";
import type { Failure } from "#shared/failure.ts";
import { fail } from "#shared/failure.ts";
import type { Result } from "#shared/result.ts";
import type { Verdict, WireRecord } from "#shared/sync/wire.ts";
import { type AuditEntry, appendAudit, changesBetween } from "../audit/log.ts";
import { emit } from "../events/outbox.ts";
import { canonical, sha256 } from "../store/canonical.ts";
import type { Database } from "../store/schema.ts";
import type { Store } from "../store/store.ts";
import { type Judged, judge } from "./judge.ts";
import { wireRecord } from "./pull.ts";
import type { Lens } from "./refeed.ts";
import { writeRecords } from "./write-records.ts";

/** Through what an intent came, for the audit log. */
export interface Via {
  app: string;
  installation: string;
  appVersion: string;
}

/**
 * Runs one intent exactly once (S3): its verdict, the record, every feed row, the audit line and the
 * domain event stand or fall in one transaction. An intent heard before gets the same verdict again,
 * and nothing is run; the same id with other content, or from someone else, is refused and audited.
 */
export const runOnce = (
  store: Store,
  lens: Lens,
  via: Via,
  raw: unknown,
  now: () => string,
): Promise<Verdict> =>
  store.db.transaction().execute(async (tx) => {
    const at = now();
    const id = idOf(raw);
    const hash = sha256(canonical(raw));
    const heard = await heardBefore(tx, id);
    if (heard?.hash === hash && heard.actor_id === lens.viewer.accountId) return toVerdict(heard);
    const judged: Result<Judged, Failure> = heard
      ? { ok: false, error: fail("intent-replayed") }
      : await judge(tx, lens, raw, at);
    const row = {
      intent_id: id,
      actor_id: lens.viewer.accountId,
      hash,
      status: judged.ok ? "applied" : "refused",
      failure: judged.ok ? null : JSON.stringify(judged.error),
      at,
    };
    if (heard === undefined && id !== "") await tx.insertInto("verdict").values(row).execute();
    await appendAudit(tx, await logOf(tx, raw, judged, lens), audited(lens, via, raw, judged, at));
    if (judged.ok) await apply(store, tx, judged.value, at);
    return toVerdict(row);
  });

const apply = async (
  store: Store,
  tx: Transaction<Database>,
  { parsed: { intent, def }, after }: Judged,
  at: string,
): Promise<void> => {
  const { id } = intent.target;
  const heads = await writeRecords(tx, [{ kind: def.kind, id, data: after }], at);
  await emit(tx, { id: intent.id, type: intent.type, subject: id, time: at, data: after });
  await store.announce(tx, heads);
};

/** What the viewer may now see of each record the intents aimed at; a tombstone where nothing (S4). */
export const answerRecords = async (
  store: Store,
  lens: Lens,
  raws: readonly unknown[],
): Promise<WireRecord[]> => {
  const targets = new Map(
    raws.flatMap((raw) => {
      const target = (raw as { target?: { id?: unknown; kind?: unknown } } | null)?.target;
      return typeof target?.id === "string" ? [[target.id, target.kind] as const] : [];
    }),
  );
  if (targets.size === 0) return [];
  const rows = await store.db
    .selectFrom("feed")
    .selectAll()
    .where("lens_id", "=", lens.id)
    .where("record_id", "in", [...targets.keys()])
    .execute();
  const told = new Map(rows.map((row) => [row.record_id, wireRecord(row)]));
  return [...targets].map(
    ([id, kind]) =>
      told.get(id) ?? { id, kind: kind as WireRecord["kind"], rev: 0, until: null, data: null },
  );
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

const idOf = (raw: unknown): string => {
  const id = (raw as { id?: unknown } | null)?.id;
  return typeof id === "string" && uuid.test(id) ? id : "";
};

const heardBefore = (tx: Transaction<Database>, id: string) =>
  tx.selectFrom("verdict").selectAll().where("intent_id", "=", id).executeTakeFirst();

const toVerdict = (row: Omit<Database["verdict"], "hash" | "actor_id">): Verdict =>
  row.failure === null
    ? { status: "applied", intentId: row.intent_id, at: row.at, against: [] }
    : {
        status: "refused",
        intentId: row.intent_id,
        at: row.at,
        against: [],
        failure: JSON.parse(row.failure) as Failure,
      };

/** The log an act belongs in: the affected customer's, or the actor's own where none is affected. */
const logOf = async (
  tx: Transaction<Database>,
  raw: unknown,
  judged: Result<Judged, Failure>,
  lens: Lens,
): Promise<string> => {
  if (judged.ok) return String(judged.value.after.customerId ?? lens.viewer.tenant.id);
  const r = raw as { target?: { id?: unknown }; payload?: { deviceId?: unknown } } | null;
  const ids = [r?.target?.id, r?.payload?.deviceId].filter((id) => typeof id === "string");
  if (ids.length === 0) return lens.viewer.tenant.id;
  const row = await tx
    .selectFrom("record")
    .select("customer_id")
    .where("id", "in", ids)
    .executeTakeFirst();
  return row?.customer_id || lens.viewer.tenant.id;
};

const MAX_AUDITED = 16_384;

const audited = (
  { viewer }: Lens,
  via: Via,
  raw: unknown,
  judged: Result<Judged, Failure>,
  at: string,
): AuditEntry => {
  const r = (typeof raw === "object" && raw !== null ? raw : {}) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === "string" ? value.slice(0, 64) : "");
  const whole = JSON.stringify(r.payload ?? null).length <= MAX_AUDITED;
  return {
    actor: {
      accountId: viewer.accountId,
      name: viewer.name,
      tenantId: viewer.tenant.id,
      tenantName: viewer.tenant.name,
    },
    via,
    intent: {
      id: idOf(raw),
      type: text(r.type),
      target: judged.ok ? judged.value.parsed.intent.target : targetOf(r.target),
      payload: whole ? (r.payload ?? null) : { truncated: true },
    },
    outcome: judged.ok ? { applied: true } : { applied: false, failure: judged.error },
    changes: judged.ok ? changesBetween(judged.value.before ?? {}, judged.value.after) : {},
    deviceTime: text(r.deviceTime),
    serverTime: at,
  };
};

const targetOf = (target: unknown) => {
  const t = (target ?? {}) as { kind?: unknown; id?: unknown };
  return { kind: String(t.kind ?? "").slice(0, 32), id: String(t.id ?? "").slice(0, 64) };
};
