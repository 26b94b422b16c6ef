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
    name: string;
    template: string;
    /** The apps in which it may be granted. */
    apps: Json;
    levels: Json;
    scope: Json;
  };
  account: {
    id: string;
    tenant_id: string;
    login: string;
    name: string;
    email: string;
    /** What of its roles' scope is left to it; null where nothing narrows it. */
    scope: Json | null;
    suspended: number;
    locale: string;
  };
  /** Invitations that can be accepted, by the hash of their secret (hexadecimal SHA-256). */
  invitation: { person_id: string; tenant_id: string; hash: string };
  /** When each grant that stands runs out. */
  grant_link: { grant_id: string; customer_id: string; until: string };
  /** One role per app (AUTH-1). */
  account_role: { account_id: string; app: string; role_id: string };
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
    /** The machine's name, as it tells it. */
    name: Generated<string>;
    /** The key its last sign-in is bound to (RFC 7638); null of an issuer that binds none. */
    thumbprint: Generated<string | null>;
    first_seen: string;
    last_seen: string;
    revoked_at: string | null;
    revoked_by: string | null;
    wiped_at: string | null;
  };
  /** From when on an account's sign-ins count (ACC-5); no row where all do. */
  account_session: { account_id: string; valid_from: string };
  /** Which account a person of another issuer is (ID-1). */
  identity: { issuer: string; subject: string; account_id: string; bound_at: string };
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
  /** The end of each log: its length, the hash of its last line, the complete subtrees of its tree. */
  audit_head: { log_id: string; seq: number; hash: string; tree: Json };
  /**
   * The lines of the logs (PRT-4); `entry` is what is hashed, `openings` the salts and values that lie
   * beside it. The rest is what lines are looked for by. Append-only: triggers see to it.
   */
  audit: {
    log_id: string;
    seq: number;
    prev_hash: string;
    hash: string;
    at: string;
    entry: Json;
    openings: Json;
    intent_id: string;
    type: string;
    actor_id: string;
    applied: number;
  };
  /** The inner nodes of the tree over each log; its leaves are the hashes of the lines. */
  audit_node: { log_id: string; level: number; idx: number; hash: string };
  /** The heads that have been signed: one for each length of a log and key. */
  audit_signed: { log_id: string; size: number; kid: string; jws: string };
  /** Domain events on their way out, as CloudEvents. */
  outbox: { id: Generated<number>; event: Json; created_at: string };
}
