import { TENANT_READ_FOR } from "./row-security-tenant.ts";
import type { Database } from "./schema.ts";

/** A column names the tenant that is read for, which is asked once for each query. */
const own = (column: string): string => `${column} = (SELECT ${TENANT_READ_FOR})`;

/** The row is the tenant's whose row another table has: that table's own policy says which. */
const through = (column: string, other: string): string =>
  `EXISTS (SELECT FROM ${other} WHERE ${other}.id = ${column})`;

/** How one table is held by row-level security. */
export interface TenantBound {
  /** SQL: whether a row is of the tenant that is read for. */
  rows: string;
  /** What the engine may do; nobody else may do anything but read. */
  engine: "change" | "append" | "append-and-advance";
  /** Absent where callers read it; else why no caller does. */
  unread?: string;
}

/**
 * Every table that holds anything of a tenant. The policies and rights of the database are made of
 * this list, and the tests ask the database itself: a table that is not on it does not compile, and
 * fails the test.
 */
export const tenantBound: Record<Exclude<keyof Database, "meta">, TenantBound> = {
  tenant: { rows: own("id"), engine: "change" },
  role: { rows: own("tenant_id"), engine: "change" },
  account: { rows: own("tenant_id"), engine: "change" },
  account_role: { rows: through("account_role.account_id", "account"), engine: "change" },
  invitation: {
    rows: own("tenant_id"),
    engine: "change",
    unread: "who holds a secret is asked for before anybody knows of which tenant they are",
  },
  grant_link: {
    rows: own("customer_id"),
    engine: "change",
    unread: "when grants run out is asked by the sweep alone",
  },
  record: {
    rows: own("tenant_id"),
    engine: "change",
    unread: "callers are told projections (S8), which are in the feed; here records are whole",
  },
  coverage: {
    rows: own("partner_id"),
    engine: "change",
    unread: "what is covered is decided when something changes, and is in the feed (S7)",
  },
  lens: { rows: own("tenant_id"), engine: "change" },
  feed: { rows: through("feed.lens_id", "lens"), engine: "change" },
  lens_sum: { rows: through("lens_sum.lens_id", "lens"), engine: "change" },
  standing: {
    rows: through("standing.account_id", "account"),
    engine: "change",
    unread: "who somebody was is asked only where intents are judged (S9)",
  },
  installation: { rows: own("tenant_id"), engine: "change" },
  account_session: { rows: through("account_session.account_id", "account"), engine: "change" },
  identity: {
    rows: through("identity.account_id", "account"),
    engine: "change",
    unread: "whom a token speaks for is asked before anybody knows of which tenant that is",
  },
  verdict: { rows: through("verdict.actor_id", "account"), engine: "append" },
  decision: {
    rows: through("decision.actor_id", "account"),
    engine: "append",
    unread: "decisions are told by the audit log",
  },
  // A file is read by whoever is shown a record that names it, whoever handed it in (S13).
  file_ref: {
    rows: "EXISTS (SELECT FROM feed WHERE feed.record_id = file_ref.record_id AND feed.doc IS NOT NULL)",
    engine: "change",
  },
  file: {
    rows: `${own("file.tenant_id")} OR EXISTS (SELECT FROM file_ref WHERE file_ref.hash = file.hash AND file_ref.tenant_id = file.tenant_id)`,
    engine: "change",
  },
  audit_head: { rows: own("log_id"), engine: "append-and-advance" },
  audit: { rows: own("log_id"), engine: "append" },
  audit_node: { rows: own("log_id"), engine: "append" },
  audit_signed: { rows: own("log_id"), engine: "append" },
  outbox: { rows: "false", engine: "change", unread: "events go to other systems, of all tenants" },
};

/** The tables that hold nothing of any tenant, each with what it holds instead. */
export const tenantless: Record<string, string> = {
  meta: "the store's epoch and secret, when it was last swept, and which rights it has been given",
  migration: "the steps that the store's shape has taken",
};
