import { err, ok, type Result } from "#shared/result.ts";
import type { AuthError } from "./auth-error.ts";
import { StoredSignIn } from "./session.ts";
import type { TokenVault, VaultError } from "./token-vault.ts";

type Unavailable = Extract<AuthError, { code: "vault-unavailable" }>;

const unavailable = ({ reason, detail }: VaultError): Result<never, Unavailable> =>
  err({ code: "vault-unavailable", detail: `${reason}: ${detail}` });

/** The one sign-in of this device, in its vault and in memory. */
export interface SignInStore {
  read(): Promise<Result<StoredSignIn | undefined, Unavailable>>;
  /**
   * Keeps the record. Where the vault refuses it stays in memory, and each later `read` tries
   * the vault again first: a refresh token that was rotated exists nowhere else.
   */
  write(record: StoredSignIn): Promise<Result<void, Unavailable>>;
  erase(): Promise<Result<void, Unavailable>>;
}

/** A store for sign-ins at `issuer`; one left there by another issuer is no sign-in. */
export const createSignInStore = (
  vault: TokenVault,
  of: { issuer: string; clientId: string },
): SignInStore => {
  let known: { record: StoredSignIn | undefined; saved: boolean } | undefined;
  const remembered = () => known;

  const write = async (record: StoredSignIn): Promise<Result<void, Unavailable>> => {
    const entry = { record, saved: false };
    known = entry;
    const written = await vault.save(record);
    if (!written.ok) return unavailable(written.error);
    entry.saved = true;
    return written;
  };

  return {
    write,
    read: async () => {
      if (known !== undefined) {
        if (known.saved || known.record === undefined) return ok(known.record);
        const written = await write(known.record);
        return written.ok ? ok(known.record) : written;
      }
      const loaded = await vault.load();
      if (!loaded.ok) return unavailable(loaded.error);
      // Something may have been written while the file was read; that is newer.
      const newer = remembered();
      if (newer !== undefined) return ok(newer.record);
      const found = StoredSignIn.optional().safeParse(loaded.value);
      if (!found.success)
        return err({ code: "vault-unavailable", detail: "damaged: not a sign-in" });
      const ours = found.data?.issuer === of.issuer && found.data.clientId === of.clientId;
      known = { record: ours ? found.data : undefined, saved: true };
      return ok(known.record);
    },
    erase: async () => {
      known = { record: undefined, saved: true };
      const cleared = await vault.clear();
      return cleared.ok ? cleared : unavailable(cleared.error);
    },
  };
};
