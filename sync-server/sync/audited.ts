import type { Transaction } from "kysely";
import { appOf } from "#shared/access/menu.ts";
import type { Viewer } from "#shared/access/viewer.ts";
import { intentDef } from "#shared/domain/registry.ts";
import type { Against } from "#shared/sync/wire.ts";
import { type AuditEntry, changesBetween } from "../audit/log.ts";
import type { Database } from "../store/schema.ts";
import type { Judgement } from "./judge.ts";

/** Through what an intent came, for the audit log. */
export interface Via {
  app: string;
  installation: string;
  appVersion: string;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** The id of an intent as it came, or "" where it has none. */
export const idOf = (raw: unknown): string => {
  const id = (raw as { id?: unknown } | null)?.id;
  return typeof id === "string" && uuid.test(id) ? id : "";
};

/** The id of the record an intent aims at, as it came, or "" where it names none. */
export const targetIdOf = (raw: unknown): string => {
  const id = (raw as { target?: { id?: unknown } } | null)?.target?.id;
  return typeof id === "string" && uuid.test(id) ? id : "";
};

/** Whether devices of a customer are or were ever an organisation's to work on. */
const worksFor = async (
  tx: Transaction<Database>,
  tenantId: string,
  customerId: string,
): Promise<boolean> => {
  const row = await tx
    .selectFrom("coverage")
    .innerJoin("record", "record.id", "coverage.device_id")
    .select("record.id")
    .where("coverage.partner_id", "=", tenantId)
    .where("record.customer_id", "=", customerId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
};

/**
 * The log an act belongs in: the affected customer's, or the actor's own where none is affected. A
 * stranger's guess affects nobody: it is told in no log of somebody the actor has nothing to do with,
 * where it would be noise for ever, and from whose log it could be seen whose the record is (PAR-1).
 */
export const logOf = async (
  tx: Transaction<Database>,
  raw: unknown,
  judged: Judgement["result"],
  viewer: Viewer,
): Promise<string> => {
  if (judged.ok) return String(judged.value.after.customerId ?? viewer.tenant.id);
  const device = (raw as { payload?: { deviceId?: unknown } } | null)?.payload?.deviceId;
  const ids = [targetIdOf(raw), device].filter((id) => typeof id === "string" && id !== "");
  if (ids.length === 0) return viewer.tenant.id;
  const row = await tx
    .selectFrom("record")
    .select("customer_id")
    .where("id", "in", ids as string[])
    .executeTakeFirst();
  const customer = row?.customer_id ?? "";
  return customer !== "" && (await worksFor(tx, viewer.tenant.id, customer))
    ? customer
    : viewer.tenant.id;
};

/** The actor of an entry. */
export const actorOf = ({ accountId, name, tenant }: Viewer): AuditEntry["actor"] => ({
  accountId,
  name,
  tenantId: tenant.id,
  tenantName: tenant.name,
});

const MAX_AUDITED = 16_384;

/** Through which app an act came: that of the item it takes, where there is such an act. */
const appOfAct = (type: string, otherwise: string): string => {
  const def = intentDef(type);
  return def === undefined ? otherwise : appOf(def.permission);
};

/** The line that tells of an intent and what became of it. */
export const audited = (
  viewer: Viewer,
  via: Via,
  raw: unknown,
  { result: judged, workedAt, skew, late }: Judgement,
  against: Against[],
  at: string,
): AuditEntry => {
  const r = (typeof raw === "object" && raw !== null ? raw : {}) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === "string" ? value.slice(0, 64) : "");
  const whole = JSON.stringify(r.payload ?? null).length <= MAX_AUDITED;
  return {
    actor: actorOf(viewer),
    via: { ...via, app: appOfAct(text(r.type), via.app) },
    intent: {
      id: idOf(raw),
      type: text(r.type),
      target: judged.ok ? judged.value.parsed.intent.target : targetOf(r.target),
      payload: whole ? (r.payload ?? null) : { truncated: true },
    },
    outcome: judged.ok ? { applied: true } : { applied: false, failure: judged.error },
    changes: judged.ok ? changesBetween(judged.value.before ?? {}, judged.value.after) : {},
    ...(judged.ok && against.length > 0 ? { overrode: against } : {}),
    deviceTime: text(r.deviceTime),
    skew,
    workedAt,
    ...(late ? { late: true as const } : {}),
    serverTime: at,
  };
};

const targetOf = (target: unknown) => {
  const t = (target ?? {}) as { kind?: unknown; id?: unknown };
  return { kind: String(t.kind ?? "").slice(0, 32), id: String(t.id ?? "").slice(0, 64) };
};
