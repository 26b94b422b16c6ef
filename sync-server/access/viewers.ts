import type { Kysely } from "kysely";
import { decide } from "#shared/access/decide.ts";
import { homeOf } from "#shared/access/layers.ts";
import { type MenuOwner, menuOf } from "#shared/access/menu.ts";
import { narrowed, type Scope } from "#shared/access/scope.ts";
import { type App, type Role, Viewer } from "#shared/access/viewer.ts";
import { levelsHeld } from "#shared/domain/role/role.ts";
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
export const refusedReader = (viewer: Viewer): Failure | null => {
  const suspended = decide(viewer, {});
  if (suspended !== null) return suspended;
  const home = homeOf(viewer);
  const holds = viewer.entitlements.some((app) => viewer.roles[app] !== undefined);
  return holds ? null : (decide(viewer, { app: home }) ?? fail("no-role-in-app", { app: home }));
};

/** Who an account is now, suspended or not. Refuses one that does not exist (`account-unknown`). */
export const accountOf = async (
  db: Kysely<Database>,
  accountId: string,
): Promise<Result<Viewer, Failure>> => {
  const row = await db
    .selectFrom("account")
    .innerJoin("tenant", "tenant.id", "account.tenant_id")
    .where("account.id", "=", accountId)
    .select([
      "account.id as accountId",
      "account.name as name",
      "account.email as email",
      "account.suspended as suspended",
      "account.scope as scope",
      "tenant.id as tenantId",
      "tenant.name as tenantName",
      "tenant.kind as tenantKind",
      "tenant.subtype as subtype",
      "tenant.tier as tier",
      "tenant.entitlements as entitlements",
    ])
    .executeTakeFirst();
  if (row === undefined) return err(fail("account-unknown"));
  const owner = { kind: row.tenantKind, subtype: row.subtype } as MenuOwner;
  const viewer = Viewer.parse({
    accountId: row.accountId,
    name: row.name,
    email: row.email,
    suspended: row.suspended === 1,
    tenant: { id: row.tenantId, name: row.tenantName, tier: row.tier, ...owner },
    entitlements: JSON.parse(row.entitlements),
    roles: await rolesOf(db, { ...row, owner }),
  });
  return ok(viewer);
};

/** App → the role an account holds in it, as far as its organisation has it and it reaches the app. */
const rolesOf = async (
  db: Kysely<Database>,
  account: { accountId: string; tenantId: string; scope: string | null; owner: MenuOwner },
): Promise<Viewer["roles"]> => {
  const rows = await db
    .selectFrom("account_role")
    .innerJoin("role", "role.id", "account_role.role_id")
    .selectAll("role")
    .select("account_role.app")
    .where("account_role.account_id", "=", account.accountId)
    .where("role.tenant_id", "=", account.tenantId)
    .execute();
  const override = account.scope === null ? null : (JSON.parse(account.scope) as Scope);
  return heldRoles(rows, account.owner, override);
};

/** Somebody as they would be with other roles, or another override, than they have. */
export const viewerWith = async (
  db: Kysely<Database>,
  viewer: Viewer,
  {
    roles,
    scope,
  }: { roles?: Record<string, string> | undefined; scope?: Scope | null | undefined },
): Promise<Viewer> => {
  const known = await db
    .selectFrom("account")
    .select("scope")
    .where("id", "=", viewer.accountId)
    .executeTakeFirst();
  const override =
    scope === undefined ? (JSON.parse(known?.scope ?? "null") as Scope | null) : scope;
  const held =
    roles ?? Object.fromEntries(Object.entries(viewer.roles).map(([app, role]) => [app, role.id]));
  const rows = await db
    .selectFrom("role")
    .selectAll()
    .where("tenant_id", "=", viewer.tenant.id)
    .execute();
  const given = Object.entries(held).flatMap(([app, id]) =>
    rows.filter((row) => row.id === id).map((row) => ({ ...row, app })),
  );
  return { ...viewer, suspended: false, roles: heldRoles(given, viewer.tenant, override) };
};

/** App → the role held in it, of those that reach their app. */
const heldRoles = (
  rows: readonly (Database["role"] & { app: string })[],
  owner: MenuOwner,
  override: Scope | null,
): Viewer["roles"] => {
  const roles: Viewer["roles"] = {};
  for (const row of rows) {
    const app = row.app as App;
    const role = {
      template: row.template as Role["template"],
      levels: JSON.parse(row.levels) as Role["levels"],
      apps: JSON.parse(row.apps) as App[],
    };
    if (!role.apps.includes(app)) continue;
    const held = levelsHeld(role, owner);
    const shown = menuOf(owner, app).map(({ item }) => [item, held[item] ?? "hidden"]);
    roles[app] = {
      id: row.id,
      name: row.name,
      template: role.template,
      levels: Object.fromEntries(shown),
      scope: narrowed(JSON.parse(row.scope) as Scope, override),
    };
  }
  return roles;
};
