import type { Transaction } from "kysely";
import type { Role } from "#shared/access/viewer.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { type AuditEntry, appendAudit } from "../audit/log.ts";
import type { Database } from "../store/schema.ts";
import type { Store } from "../store/store.ts";
import { writeStanding } from "./standing.ts";
import { accountOf } from "./viewers.ts";

/** Who changes an account, as the audit log names them, and when by the server's clock. */
export interface Change {
  by: AuditEntry["actor"];
  at: string;
}

/** Suspends an account: from now on it reads nothing, and what it did before is judged by then. */
export const suspendAccount = (store: Store, accountId: string, change: Change) =>
  changeAccount(store, accountId, change, "account.suspend", { suspended: 1 });

/** Lets a suspended account work again. */
export const restoreAccount = (store: Store, accountId: string, change: Change) =>
  changeAccount(store, accountId, change, "account.restore", { suspended: 0 });

/** Gives an account another role, or none; refuses one that its tenant does not have (`not-found`). */
export const assignRole = async (
  store: Store,
  accountId: string,
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
  return roleId !== null && fits === undefined
    ? err(fail("not-found"))
    : changeAccount(store, accountId, change, "account.assign-role", { role_id: roleId });
};

/** Changes what a role may do, for everyone who has it. */
export const changeRole = async (
  store: Store,
  roleId: string,
  to: Pick<Role, "levels" | "scope">,
  change: Change,
): Promise<Result<null, Failure>> => {
  const holders = await store.db
    .selectFrom("account")
    .select("id")
    .where("role_id", "=", roleId)
    .orderBy("id")
    .execute();
  const accounts = holders.map(({ id }) => id);
  return changeAccounts(store, change, "role.change", { roleId, ...to }, accounts, (tx) =>
    tx
      .updateTable("role")
      .set({ levels: JSON.stringify(to.levels), scope: to.scope })
      .where("id", "=", roleId)
      .execute(),
  );
};

/**
 * Revokes a device: every account that works on it there is refused from now on, and the device
 * erases what it holds as soon as it hears of it. Refuses one that is unknown (`not-found`).
 */
export const revokeInstallation = async (
  store: Store,
  installation: string,
  change: Change,
): Promise<Result<null, Failure>> => {
  const rows = await store.db
    .selectFrom("installation")
    .select("account_id")
    .where("id", "=", installation)
    .where("revoked_at", "is", null)
    .orderBy("account_id")
    .execute();
  if (rows.length === 0) return err(fail("not-found"));
  const accounts = rows.map((row) => row.account_id);
  return changeAccounts(store, change, "device.revoke", { installation }, accounts, (tx) =>
    tx
      .updateTable("installation")
      .set({ revoked_at: change.at, revoked_by: change.by.accountId || change.by.name })
      .where("id", "=", installation)
      .where("account_id", "in", accounts)
      .execute(),
  );
};

const changeAccount = (
  store: Store,
  accountId: string,
  change: Change,
  type: string,
  to: { suspended: number } | { role_id: string | null },
) =>
  changeAccounts(store, change, type, { accountId, ...to }, [accountId], (tx) =>
    tx.updateTable("account").set(to).where("id", "=", accountId).execute(),
  );

/**
 * One change of what accounts may do, with what they were before and are after, its line in the log
 * of each tenant concerned, and the news of it, in one transaction: it takes effect at once.
 */
const changeAccounts = (
  store: Store,
  { by, at }: Change,
  type: string,
  payload: Record<string, unknown>,
  accountIds: readonly string[],
  write: (tx: Transaction<Database>) => Promise<unknown>,
): Promise<Result<null, Failure>> =>
  store.db.transaction().execute(async (tx) => {
    const tenants = new Set<string>();
    for (const id of accountIds) {
      const account = await accountOf(tx, id);
      if (!account.ok) return account;
      tenants.add(account.value.tenant.id);
      await writeStanding(tx, id, at);
    }
    await write(tx);
    for (const id of accountIds) await writeStanding(tx, id, at);
    for (const tenant of [...tenants].sort()) {
      await appendAudit(tx, tenant, {
        actor: by,
        via: { app: "tenants", installation: "", appVersion: "" },
        intent: { id: "", type, target: null, payload },
        outcome: { applied: true },
        changes: {},
        deviceTime: "",
        serverTime: at,
      });
    }
    await store.announce(tx, {}, accountIds);
    return ok(null);
  });
