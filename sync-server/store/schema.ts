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
    /** Field → who last changed it, and when. */
    authors: Generated<Json>;
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
  lens: {
    id: string;
    tenant_id: string;
    account_id: string | null;
    viewer: Json;
    head: number;
    /** Where its feed began when it was last filled: an earlier checkpoint is of another life. */
    base: Generated<number>;
    /** When somebody last looked through it, to the day; null where its feed has been collected. */
    last_used: string | null;
  };
  /**
   * The feeds: for each lens and record the last thing to tell; `doc` is null in a tombstone. `since`
   * is when it last entered, by the server's clock, `left_at` when it became a tombstone: null of
   * what stands, and of what left before this was kept.
   */
  feed: {
    lens_id: string;
    record_id: string;
    seq: number;
    kind: string;
    customer_id: string;
    until: string | null;
    doc: Json | null;
    since: string | null;
    left_at: string | null;
  };
  /** The checksum of each kind of a lens (S10), kept in step with its feed. */
  lens_sum: { lens_id: string; kind: string; count: number; sum: number };
  /**
   * Who an account was from when until when: `until` is null of what it is now. `since` is "" of the
   * first, which is taken to have been so ever since.
   */
  standing: {
    account_id: string;
    since: string;
    until: string | null;
    lens_id: string;
    viewer: Json;
  };
  /** The copies of the app an account works with, each bound to that account. */
  installation: {
    id: string;
    account_id: string;
    tenant_id: string;
    app_version: string;
    first_seen: string;
    last_seen: string;
    revoked_at: string | null;
    revoked_by: string | null;
    wiped_at: string | null;
  };
  verdict: {
    intent_id: string;
    actor_id: string;
    hash: string;
    status: string;
    failure: Json | null;
    at: string;
    /** What stood against the intent: `Against[]`. */
    against: Json | null;
    /** When the work was done, by the server's clock, as far as that is known. */
    worked_at: string | null;
    /** The log that tells of it; null where a store is older than this column. */
    log_id: string | null;
  };
  /** What people decided about refused changes on their desk (S6). */
  decision: {
    intent_id: string;
    actor_id: string;
    decision: string;
    reason: string;
    at: string;
    noted_at: string;
  };
  /** The files that someone of a tenant has handed in, whole and verified (S13). */
  file: {
    hash: string;
    tenant_id: string;
    size: number;
    type: string;
    created_at: string;
    created_by: string;
  };
  /** Which record names which files; `tenant_id` is whose bytes they have to be. */
  file_ref: { record_id: string; hash: string; tenant_id: string };
  audit_head: { log_id: string; seq: number; hash: string };
  audit: { log_id: string; seq: number; prev_hash: string; hash: string; at: string; entry: Json };
  /** Domain events on their way out, as CloudEvents. */
  outbox: { id: Generated<number>; event: Json; created_at: string };
}
