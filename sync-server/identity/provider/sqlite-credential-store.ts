import { z } from "zod";
import type { AccountProfile, CredentialStore } from "./credential-store.ts";
import type { IdentityDatabase } from "./database.ts";
import { hashPassword, verifyPassword } from "./password.ts";

/** An account as it is given to {@link SqliteCredentialStore.upsert}. */
export interface NewAccount extends AccountProfile {
  login: string;
  password: string;
}

const Row = z.object({
  sub: z.string(),
  password_hash: z.string(),
  tenant: z.string(),
  apps: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.record(z.string(), z.string())),
  name: z.string(),
  email: z.string(),
  locale: z.string(),
});

/** Accounts in the identity database, with passwords as scrypt hashes only. */
export class SqliteCredentialStore implements CredentialStore {
  readonly #db: IdentityDatabase;
  /** Compared against when the login is unknown, so that the answer takes as long. */
  #decoy: Promise<string> | undefined;

  constructor(db: IdentityDatabase) {
    this.#db = db;
  }

  /** Creates the account, or replaces all of it, the password included. */
  async upsert(account: NewAccount): Promise<void> {
    const hash = await hashPassword(account.password);
    this.#db
      .prepare(
        `INSERT INTO identity_accounts (sub, login, password_hash, tenant, apps, name, email, locale)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (sub) DO UPDATE SET login = excluded.login,
           password_hash = excluded.password_hash, tenant = excluded.tenant, apps = excluded.apps,
           name = excluded.name, email = excluded.email, locale = excluded.locale`,
      )
      .run(
        account.sub,
        account.login.trim(),
        hash,
        account.tenant,
        JSON.stringify(account.apps),
        account.name,
        account.email,
        account.locale,
      );
  }

  /** Removes the account; its sessions end at their next refresh. */
  remove(sub: string): void {
    this.#db.prepare("DELETE FROM identity_accounts WHERE sub = ?").run(sub);
  }

  async findBySub(sub: string): Promise<AccountProfile | undefined> {
    return this.#read("sub", sub)?.profile;
  }

  async verify(login: string, password: string): Promise<AccountProfile | undefined> {
    this.#decoy ??= hashPassword("no account has this password");
    const row = this.#read("login", login.trim());
    const matches = await verifyPassword(password, row?.hash ?? (await this.#decoy));
    return matches ? row?.profile : undefined;
  }

  #read(column: "sub" | "login", value: string) {
    const found = this.#db
      .prepare(`SELECT * FROM identity_accounts WHERE ${column} = ?`)
      .get(value);
    if (found === undefined) return undefined;
    const { password_hash: hash, ...profile } = Row.parse(found);
    return { hash, profile };
  }
}
