import type { Kysely } from "kysely";
import type { Access, Person } from "#shared/domain/person/person.ts";
import type { TenantRole } from "#shared/domain/role/role.ts";
import type { Database } from "../store/schema.ts";

/** The row by which a role is found. */
export const roleRow = (role: TenantRole): Database["role"] => ({
  id: role.id,
  tenant_id: role.tenantId,
  name: role.name,
  template: role.template,
  apps: JSON.stringify(role.apps),
  levels: JSON.stringify(role.levels),
  scope: JSON.stringify(role.scope),
});

/** The row by which somebody is found who has accepted an invitation; before that there is no account. */
export const accountRow = (person: Person & { access: Access }): Database["account"] => ({
  id: person.id,
  tenant_id: person.tenantId,
  login: person.access.email,
  name: person.name,
  email: person.access.email,
  scope: person.access.scope === null ? null : JSON.stringify(person.access.scope),
  suspended: person.access.status === "active" ? 0 : 1,
  locale: person.access.locale,
});

/** The rows that say which role somebody holds in which app. */
export const accountRoleRows = ({
  id,
  access,
}: Pick<Person, "id"> & { access: Access }): Database["account_role"][] =>
  Object.entries(access.roles).map(([app, role_id]) => ({ account_id: id, app, role_id }));

/** Keeps the table of roles in step with a role's record. */
export const writeRole = async (db: Kysely<Database>, role: TenantRole): Promise<void> => {
  const { id, ...row } = roleRow(role);
  await db
    .insertInto("role")
    .values({ id, ...row })
    .onConflict((c) => c.column("id").doUpdateSet(row))
    .execute();
};

const writeInvitation = async (
  db: Kysely<Database>,
  { id, tenantId, access }: Person,
): Promise<void> => {
  await db.deleteFrom("invitation").where("person_id", "=", id).execute();
  const hash = access?.status === "invited" ? access.inviteHash : null;
  if (!hash) return;
  // Whoever could make another's hash their own would have guessed its secret.
  await db
    .insertInto("invitation")
    .values({ person_id: id, tenant_id: tenantId, hash })
    .onConflict((c) => c.column("hash").doNothing())
    .execute();
};

/** Keeps the tables of accounts in step with a person's record. */
export const writeAccount = async (db: Kysely<Database>, person: Person): Promise<void> => {
  const { access } = person;
  await writeInvitation(db, person);
  if (access === undefined || access.status === "invited" || access.status === "withdrawn") return;
  const { id, ...row } = accountRow({ ...person, access });
  await db
    .insertInto("account")
    .values({ id, ...row })
    .onConflict((c) => c.column("id").doUpdateSet(row))
    .execute();
  await db.deleteFrom("account_role").where("account_id", "=", id).execute();
  const held = accountRoleRows({ id, access });
  if (held.length > 0) await db.insertInto("account_role").values(held).execute();
};

/** The accounts whose rights follow from a record: a person's own, or all that hold a role. */
export const accountsUnder = async (
  db: Kysely<Database>,
  kind: "person" | "role",
  id: string,
): Promise<string[]> => {
  const rows =
    kind === "person"
      ? await db.selectFrom("account").select("id").where("id", "=", id).execute()
      : await db
          .selectFrom("account_role")
          .select("account_id as id")
          .distinct()
          .where("role_id", "=", id)
          .orderBy("account_id")
          .execute();
  return rows.map((row) => row.id);
};
