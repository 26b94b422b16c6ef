import { z } from "zod";
import type { CredentialStore } from "./credential-store.ts";
import type { IdentityDatabase } from "./database.ts";
import { hashPassword, verifyPassword } from "./password.ts";

const Row = z.object({ password_hash: z.string() });

/** Passwords in the identity database, as scrypt hashes only. */
export class SqliteCredentialStore implements CredentialStore {
  readonly #db: IdentityDatabase;
  /** Compared against where there is no password, so that the answer takes as long. */
  #decoy: Promise<string> | undefined;

  constructor(db: IdentityDatabase) {
    this.#db = db;
  }

  async setPassword(accountId: string, password: string): Promise<void> {
    const hash = await hashPassword(password);
    this.#db
      .prepare(
        `INSERT INTO identity_passwords (account_id, password_hash) VALUES (?, ?)
         ON CONFLICT (account_id) DO UPDATE SET password_hash = excluded.password_hash`,
      )
      .run(accountId, hash);
  }

  has(accountId: string): boolean {
    return this.#hashOf(accountId) !== undefined;
  }

  async verify(accountId: string | undefined, password: string): Promise<boolean> {
    this.#decoy ??= hashPassword("no account has this password");
    const hash = accountId === undefined ? undefined : this.#hashOf(accountId);
    const matches = await verifyPassword(password, hash ?? (await this.#decoy));
    return matches && hash !== undefined;
  }

  #hashOf(accountId: string): string | undefined {
    const found = this.#db
      .prepare("SELECT password_hash FROM identity_passwords WHERE account_id = ?")
      .get(accountId);
    return found === undefined ? undefined : Row.parse(found).password_hash;
  }
}
