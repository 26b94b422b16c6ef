import type { Kysely } from "kysely";
import { decide } from "#shared/access/decide.ts";
import { Viewer } from "#shared/access/viewer.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import type { Database } from "../store/schema.ts";

/**
 * Who an account is now, from the server's own tables: a token says only which account, never what
 * it may do (layers 1 to 3). Refuses the unknown and the suspended.
 */
export const viewerOf = async (
  db: Kysely<Database>,
  accountId: string,
  tenantClaim: string,
): Promise<Result<Viewer, Failure>> => {
  const viewer = await accountOf(db, accountId);
  if (!viewer.ok) return viewer;
  if (viewer.value.tenant.id !== tenantClaim) return err(fail("account-unknown"));
  const { suspended, tenant } = viewer.value;
  return suspended ? err(fail("account-suspended", { tenant: tenant.name })) : viewer;
};

/** Layers 1 to 3: why a viewer looks through no lens at all, or null. */
export const refusedReader = (viewer: Viewer): Failure | null =>
  decide(viewer, { app: "partners" }) ??
  (viewer.role === null ? fail("no-role-in-app", { app: "partners" }) : null);

/** Who an account is now, suspended or not. Refuses one that does not exist (`account-unknown`). */
export const accountOf = async (
  db: Kysely<Database>,
  accountId: string,
): Promise<Result<Viewer, Failure>> => {
  const row = await db
    .selectFrom("account")
    .innerJoin("tenant", "tenant.id", "account.tenant_id")
    .leftJoin("role", "role.id", "account.role_id")
    .where("account.id", "=", accountId)
    .select([
      "account.id as accountId",
      "account.name as name",
      "account.email as email",
      "account.suspended as suspended",
      "tenant.id as tenantId",
      "tenant.name as tenantName",
      "tenant.kind as tenantKind",
      "tenant.subtype as subtype",
      "tenant.tier as tier",
      "tenant.entitlements as entitlements",
      "role.id as roleId",
      "role.name as roleName",
      "role.template as template",
      "role.levels as levels",
      "role.scope as scope",
    ])
    .executeTakeFirst();
  if (row === undefined) return err(fail("account-unknown"));
  const viewer = Viewer.parse({
    accountId: row.accountId,
    name: row.name,
    email: row.email,
    suspended: row.suspended === 1,
    tenant: {
      id: row.tenantId,
      name: row.tenantName,
      kind: row.tenantKind,
      subtype: row.subtype,
      tier: row.tier,
    },
    entitlements: JSON.parse(row.entitlements),
    role:
      row.roleId === null
        ? null
        : {
            id: row.roleId,
            name: row.roleName,
            template: row.template,
            levels: JSON.parse(row.levels ?? "{}"),
            scope: row.scope,
          },
  });
  return ok(viewer);
};
