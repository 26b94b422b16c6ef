import type { Transaction } from "kysely";
import type { App } from "#shared/access/viewer.ts";
import type { Access, Person } from "#shared/domain/person/person.ts";
import type { TenantRole } from "#shared/domain/role/role.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { type AuditEntry, appendAudit, changesBetween } from "../audit/log.ts";
import type { Database } from "../store/schema.ts";
import type { Store } from "../store/store.ts";
import { transact } from "../store/transact.ts";
import { RecordWriter } from "../sync/write-records.ts";

/** Who changes an account, as the audit log names them, and when by the server's clock. */
export interface Change {
  by: AuditEntry["actor"];
  at: string;
}

/** Suspends an account: from now on it reads nothing, and what it did before is judged by then. */
export const suspendAccount = (store: Store, accountId: string, change: Change) =>
  changeAccess(store, accountId, change, "account.suspend", () => ({ status: "suspended" }));

/** Lets a suspended account work again. */
export const restoreAccount = (store: Store, accountId: string, change: Change) =>
  changeAccess(store, accountId, change, "account.restore", () => ({ status: "active" }));

/**
 * Gives an account another role in an app, or none; refuses one that its tenant does not have
 * (`not-found`).
 */
export const assignRole = async (
  store: Store,
  accountId: string,
  app: App,
  roleId: string | null,
  change: Change,
): Promise<Result<null, Failure>> => {
  const fits = await store.db
    .selectFrom("account")
    .innerJoin("role", "role.tenant_id", "account.tenant_id")
    .select("role.id")
    .where("account.id", "=", accountId)
    .where("role.id", "=", roleId)
    .executeTakeFirst();
  if (roleId !== null && fits === undefined) return err(fail("not-found"));
  return changeAccess(store, accountId, change, "account.assign-role", ({ roles }) => {
    const { [app]: _held, ...others } = roles;
    return { roles: roleId === null ? others : { ...others, [app]: roleId } };
  });
};

/** Changes what a role may do, for everyone who has it. */
export const changeRole = (
  store: Store,
  roleId: string,
  to: Pick<TenantRole, "levels" | "scope">,
  change: Change,
): Promise<Result<null, Failure>> =>
  changeRecord<TenantRole>(store, "role", roleId, change, "role.change", (role) => ({
    ...role,
    ...to,
  }));

/**
 * Revokes a device: every account that works on it there is refused from now on, and the device
 * erases what it holds as soon as it hears of it. With `accountId` that account alone. Refuses one
 * that is unknown (`not-found`).
 */
export const revokeInstallation = async (
  store: Store,
  installation: string,
  change: Change,
  accountId?: string,
): Promise<Result<null, Failure>> => {
  const rows = await store.db
    .selectFrom("installation")
    .select("account_id")
    .where("id", "=", installation)
    .where("revoked_at", "is", null)
    .$if(accountId !== undefined, (q) => q.where("account_id", "=", accountId ?? ""))
    .orderBy("account_id")
    .execute();
  if (rows.length === 0) return err(fail("not-found"));
  const accounts = rows.map((row) => row.account_id);
  return transact(store.db, async (tx) => {
    await tx
      .updateTable("installation")
      .set({ revoked_at: change.at, revoked_by: change.by.accountId || change.by.name })
      .where("id", "=", installation)
      .where("account_id", "in", accounts)
      .execute();
    const tenants = await tx
      .selectFrom("account")
      .select("tenant_id")
      .distinct()
      .where("id", "in", accounts)
      .orderBy("tenant_id")
      .execute();
    for (const { tenant_id } of tenants) {
      await noted(tx, tenant_id, change, {
        type: "device.revoke",
        target: null,
        payload: { installation },
        changes: {},
      });
    }
    await store.announce(tx, {}, accounts);
    return ok(null);
  });
};

/** The line of a change in the log of the organisation it concerns. */
const noted = (
  tx: Transaction<Database>,
  logId: string,
  { by, at }: Change,
  { changes, ...what }: Omit<AuditEntry["intent"], "id"> & Pick<AuditEntry, "changes">,
): Promise<void> =>
  appendAudit(tx, logId, {
    actor: by,
    via: { app: "tenants", installation: "", appVersion: "" },
    intent: { id: "", ...what },
    outcome: { applied: true },
    changes,
    deviceTime: "",
    serverTime: at,
  });

const changeAccess = (
  store: Store,
  accountId: string,
  change: Change,
  type: string,
  to: (access: Access) => Partial<Access>,
) =>
  changeRecord<Person>(store, "person", accountId, change, type, (person) =>
    person.access === undefined
      ? null
      : { ...person, access: { ...person.access, ...to(person.access) } },
  );

/**
 * Changes a person's or a role's record by hand of whoever runs the server, with all that follows
 * from it, its line in the log of the organisation, and the news of it, in one transaction: it takes
 * effect at once. Refuses what does not exist (`account-unknown`, `not-found`).
 */
const changeRecord = <T extends Person | TenantRole>(
  store: Store,
  kind: "person" | "role",
  id: string,
  change: Change,
  type: string,
  to: (data: T) => T | null,
): Promise<Result<null, Failure>> =>
  transact(store.db, async (tx) => {
    const row = await tx
      .selectFrom("record")
      .select("data")
      .where("id", "=", id)
      .where("kind", "=", kind)
      .executeTakeFirst();
    const before = row === undefined ? null : (JSON.parse(row.data) as T);
    const after = before === null ? null : to(before);
    if (before === null || after === null) {
      return err(fail(kind === "person" ? "account-unknown" : "not-found"));
    }
    const writer = new RecordWriter(tx, change.at);
    await writer.put({ kind, id, data: after });
    const heads = await writer.settle();
    await noted(tx, before.tenantId, change, {
      type,
      target: { kind, id },
      payload: null,
      changes: changesBetween({ ...before }, { ...after }),
    });
    await store.announce(tx, heads, writer.accounts);
    return ok(null);
  });
