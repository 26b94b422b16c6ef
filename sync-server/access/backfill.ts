import { type Kysely, sql } from "kysely";
import { v5 } from "uuid";
import { type MenuOwner, menuOf } from "#shared/access/menu.ts";
import { everywhere, ownVisits } from "#shared/access/scope.ts";
import type { Viewer } from "#shared/access/viewer.ts";
import type { Partner } from "#shared/domain/partner/partner.ts";
import type { Access, Person } from "#shared/domain/person/person.ts";
import type { TenantRole } from "#shared/domain/role/role.ts";
import type { Database } from "../store/schema.ts";
import { recordRow } from "../sync/record-row.ts";
import { writeAccount, writeRole } from "./derive.ts";

/** The namespace of ids made from other ids. */
const MADE_FROM = "1d2b52f4-35c4-5a1c-8f0d-7a9d3a55b8c1";

/** The id of an organisation's owner role, and of its entry in the directory of partners. */
export const ownerRoleId = (tenantId: string): string => v5(`owner:${tenantId}`, MADE_FROM);
export const partnerRecordId = (tenantId: string): string => v5(`partner:${tenantId}`, MADE_FROM);

/** The owner's role of an organisation: everything, in every app it has. */
export const ownerRole = (tenantId: string, apps: TenantRole["apps"]): TenantRole => ({
  id: ownerRoleId(tenantId),
  tenantId,
  name: "Owner",
  template: "owner",
  apps,
  levels: {},
  scope: everywhere,
  status: "active",
});

interface OldTables {
  role: Omit<Database["role"], "apps"> & { app: string };
  account: Omit<Database["account"], "scope"> & { role_id: string | null };
}

type OldViewer = Omit<Viewer, "roles"> & {
  role?: (Omit<Viewer["roles"]["partners"] & object, "scope"> & { scope: string }) | null;
};

const scopeOfOld = (scope: string) => (scope === "own-visits" ? ownVisits : everywhere);

/** A viewer as it was kept before there was one role per app. */
const renewed = (text: string): string => {
  const { role, ...viewer } = JSON.parse(text) as OldViewer;
  const roles = role ? { partners: { ...role, scope: scopeOfOld(role.scope) } } : {};
  return JSON.stringify({ ...viewer, roles });
};

/**
 * Makes people, roles and partners of a store that kept them in tables only into records. An
 * organisation without an owner gets one: whoever administers it, else everybody who has no role.
 */
export const backfillPeople = async (db: Kysely<Database>): Promise<void> => {
  const old = db as unknown as Kysely<OldTables>;
  const tenants = await db.selectFrom("tenant").selectAll().execute();
  const roles = await old.selectFrom("role").selectAll().execute();
  const accounts = await old.selectFrom("account").selectAll().execute();
  for (const tenant of tenants) {
    const owner = { kind: tenant.kind, subtype: tenant.subtype } as MenuOwner;
    const has = JSON.parse(tenant.entitlements) as TenantRole["apps"];
    const made = [
      ...roles.filter((role) => role.tenant_id === tenant.id).map(roleOfOld),
      ownerRole(tenant.id, has),
    ];
    for (const role of made) await put(db, "role", role);
    const ofTenant = accounts.filter((account) => account.tenant_id === tenant.id);
    const administers = ofTenant.filter(({ role_id }) =>
      made.some(({ id, template }) => id === role_id && template === "administrator"),
    );
    const owners = administers.length > 0 ? administers : ofTenant.filter((a) => !a.role_id);
    const home = menuOf(owner)[0]?.app;
    for (const account of ofTenant) {
      const owns = owners.includes(account) ? ownerRoleId(tenant.id) : null;
      const first = account.role_id ?? owns;
      const held: Access["roles"] = {
        ...(first !== null && home !== undefined && has.includes(home) ? { [home]: first } : {}),
        ...(owns !== null && has.includes("account") ? { account: owns } : {}),
      };
      await put(db, "person", await personOf(db, account, held, made));
    }
    if (tenant.kind === "partner") {
      const { id, name, subtype } = tenant;
      const entry = { id: partnerRecordId(id), tenantId: id, name, subtype } as Partner;
      await put(db, "partner", entry);
    }
  }
  await renewViewers(db);
};

const roleOfOld = (role: OldTables["role"]): TenantRole => ({
  id: role.id,
  tenantId: role.tenant_id,
  name: role.name,
  template: role.template as TenantRole["template"],
  apps: [role.app as "partners"],
  levels: JSON.parse(role.levels) as TenantRole["levels"],
  scope: scopeOfOld(role.scope),
  status: "active",
});

const personOf = async (
  db: Kysely<Database>,
  account: OldTables["account"],
  roles: Access["roles"],
  made: readonly TenantRole[],
): Promise<Person> => {
  const row = await db
    .selectFrom("record")
    .select("data")
    .where("id", "=", account.id)
    .executeTakeFirst();
  const known = row === undefined ? null : (JSON.parse(row.data) as Person);
  const first = Object.values(roles)[0];
  return {
    id: account.id,
    tenantId: account.tenant_id,
    name: account.name,
    roleName: known?.roleName ?? made.find(({ id }) => id === first)?.name ?? "",
    takesWork: known?.takesWork ?? false,
    access: {
      email: account.email,
      locale: account.locale as Access["locale"],
      status: account.suspended === 1 ? "suspended" : "active",
      roles,
      scope: null,
      ...{ invitedBy: "", invitedAt: null, inviteUntil: null, inviteHash: null },
    },
  };
};

const put = async (
  db: Kysely<Database>,
  kind: "role" | "person" | "partner",
  data: TenantRole | Person | Partner,
): Promise<void> => {
  const row = recordRow({ kind, id: data.id, data });
  await db
    .insertInto("record")
    .values(row)
    .onConflict((c) => c.column("id").doUpdateSet({ data: row.data }))
    .execute();
  if (kind === "role") await writeRole(db, data as TenantRole);
  if (kind === "person") await writeAccount(db, data as Person);
};

const renewViewers = async (db: Kysely<Database>): Promise<void> => {
  for (const table of ["lens", "standing"] as const) {
    const rows = await db.selectFrom(table).select("viewer").distinct().execute();
    for (const { viewer } of rows) {
      await sql`UPDATE ${sql.table(table)} SET viewer = ${renewed(viewer)} WHERE viewer = ${viewer}`.execute(
        db,
      );
    }
  }
};
