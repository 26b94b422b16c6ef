import { randomBytes } from "node:crypto";
import { z } from "zod";
import { err, ok, type Result } from "#shared/result.ts";
import type { TokenVault, VaultError } from "./token-vault.ts";

const Keys = z.object({
  version: z.literal(1),
  databases: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)),
});
type Keys = z.infer<typeof Keys>;

/** The keys of the encrypted databases on this device, one for each account. */
export interface Keyring {
  /**
   * The account's 32-byte key in hex; made on first use, and kept before it is handed out. A
   * keyring that cannot be read is an error, never a new key: that would lose the database.
   */
  databaseKey(accountSub: string): Promise<Result<string, VaultError>>;
  /** Throws the account's key away; without it the account's database is unreadable for good. */
  forget(accountSub: string): Promise<Result<void, VaultError>>;
}

/** A keyring in a vault of its own: not the one of the sign-in, which sign-out clears. */
export const createKeyring = (vault: TokenVault): Keyring => {
  let queue: Promise<unknown> = Promise.resolve();

  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };

  const load = async (): Promise<Result<Keys, VaultError>> => {
    const found = await vault.load();
    if (!found.ok) return found;
    if (found.value === undefined) return ok({ version: 1, databases: {} });
    const keys = Keys.safeParse(found.value);
    return keys.success
      ? ok(keys.data)
      : err({ code: "vault-unavailable", reason: "damaged", detail: "not a keyring" });
  };

  return {
    databaseKey: (accountSub) =>
      inOrder(async () => {
        const keys = await load();
        if (!keys.ok) return keys;
        const known = keys.value.databases[accountSub];
        if (known !== undefined) return ok(known);
        const key = randomBytes(32).toString("hex");
        const databases = { ...keys.value.databases, [accountSub]: key };
        const saved = await vault.save({ version: 1, databases });
        return saved.ok ? ok(key) : saved;
      }),
    forget: (accountSub) =>
      inOrder(async () => {
        const keys = await load();
        if (!keys.ok) return keys;
        const { [accountSub]: forgotten, ...databases } = keys.value.databases;
        return forgotten === undefined ? ok(undefined) : vault.save({ version: 1, databases });
      }),
  };
};
