import { type Kysely, sql } from "kysely";
import { z } from "zod";
import type { Database } from "../store/schema.ts";

/** An account as the provider needs to know it, read when it is asked for. */
export interface SourceAccount {
  id: string;
  /** Its one organisation (ID-1). */
  tenantId: string;
  login: string;
  name: string;
  email: string;
  locale: string;
  /** May not sign in, nor renew what it has. */
  suspended: boolean;
  /** App to the id of the role it has there (AUTH-1); an app that is absent is not open (AUTH-2). */
  apps: Readonly<Record<string, string>>;
}

/** Where the provider looks accounts up: they live elsewhere, and change while it runs. */
export interface AccountSource {
  /** Case does not count. */
  byLogin(login: string): Promise<SourceAccount | null>;
  byId(id: string): Promise<SourceAccount | null>;
}

const Entitlements = z.array(z.string());

/** The accounts of the sync server's own store. */
export const accountsOfStore = (db: Kysely<Database>): AccountSource => {
  const accounts = () =>
    db
      .selectFrom("account")
      .innerJoin("tenant", "tenant.id", "account.tenant_id")
      .select(["account.id as id", "account.tenant_id as tenantId", "account.login as login"])
      .select(["account.name as name", "account.email as email", "account.locale as locale"])
      .select(["account.suspended as suspended", "tenant.entitlements as entitlements"]);
  type Row = Awaited<ReturnType<ReturnType<typeof accounts>["executeTakeFirstOrThrow"]>>;

  const account = async (row: Row | undefined): Promise<SourceAccount | null> => {
    if (row === undefined) return null;
    const { suspended, entitlements, ...who } = row;
    const open = Entitlements.parse(JSON.parse(entitlements));
    const roles = await rolesOf(db, who.id);
    const apps = Object.fromEntries(roles.filter(({ app }) => open.includes(app)).map(pair));
    return { ...who, suspended: suspended !== 0, apps };
  };

  return {
    byId: async (id) => account(await accounts().where("account.id", "=", id).executeTakeFirst()),
    byLogin: async (login) =>
      account(
        await accounts()
          .where(sql<string>`lower(account.login)`, "=", login.trim().toLowerCase())
          .executeTakeFirst(),
      ),
  };
};

interface AppRole {
  app: string;
  roleId: string;
}

const pair = ({ app, roleId }: AppRole): [string, string] => [app, roleId];

/** The role an account holds in each app. */
const rolesOf = (db: Kysely<Database>, accountId: string): Promise<AppRole[]> =>
  db
    .selectFrom("account_role")
    .where("account_id", "=", accountId)
    .select(["app", "role_id as roleId"])
    .execute();
