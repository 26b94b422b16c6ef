import type { Generated } from "kysely";

/** JSON, as text, in both databases: what we store is what we send. */
type Json = string;

/** The tables of the sync server. Instants are ISO 8601 in UTC, so that they sort as text. */
export interface Database {
  meta: { key: string; value: string };
  tenant: {
    id: string;
    name: string;
    kind: string;
    subtype: string | null;
    tier: string | null;
    entitlements: Json;
  };
  role: {
    id: string;
    tenant_id: string;
    app: string;
    name: string;
    template: string;
    levels: Json;
    scope: string;
  };
  account: {
    id: string;
    tenant_id: string;
    login: string;
    name: string;
    email: string;
    role_id: string | null;
    suspended: number;
    locale: string;
  };
  /** The records themselves, whole; `tenant_id` is their owner. */
  record: {
    id: string;
    kind: string;
    version: number;
    tenant_id: string;
    customer_id: string;
    device_id: string;
    assignee_id: string;
    data: Json;
  };
  /** Which partner covers which device under which agreement, and when: layer 6's index. */
  coverage: {
    device_id: string;
    partner_id: string;
    agreement_id: string;
    status: string;
    starts_at: string;
    ends_at: string;
  };
  /** One lens is one set of viewers who see the same (S7); `head` is the last position of its feed. */
  lens: { id: string; tenant_id: string; account_id: string | null; viewer: Json; head: number };
  /** The feeds: for each lens and record the last thing to tell; `doc` is null in a tombstone. */
  feed: {
    lens_id: string;
    record_id: string;
    seq: number;
    kind: string;
    customer_id: string;
    until: string | null;
    doc: Json | null;
  };
  verdict: {
    intent_id: string;
    actor_id: string;
    hash: string;
    status: string;
    failure: Json | null;
    at: string;
  };
  audit_head: { log_id: string; seq: number; hash: string };
  audit: { log_id: string; seq: number; prev_hash: string; hash: string; at: string; entry: Json };
  /** Domain events on their way out, as CloudEvents. */
  outbox: { id: Generated<number>; event: Json; created_at: string };
}
