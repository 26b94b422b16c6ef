import { z } from "zod";
import { err, ok, type Result } from "#shared/result.ts";
import type { TokenVault, VaultError } from "./token-vault.ts";

/**
 * The operating system's keystore. Both may throw, and both may answer later: the keystore can
 * live in another process.
 */
export interface SecretCipher {
  encrypt(text: string): Uint8Array | Promise<Uint8Array>;
  decrypt(sealed: Buffer): string | Promise<string>;
}

const Sealed = z.object({ sealed: z.base64() });

const keystoreFault = (cause: unknown) =>
  err<VaultError>({
    code: "vault-unavailable",
    reason: "keystore",
    detail: cause instanceof Error ? cause.name : "failed",
  });

/** A vault whose secret reaches `inner` only sealed by `cipher`. */
export const createEncryptedVault = (inner: TokenVault, cipher: SecretCipher): TokenVault => ({
  load: async (): Promise<Result<unknown, VaultError>> => {
    const found = await inner.load();
    if (!found.ok || found.value === undefined) return found;
    const box = Sealed.safeParse(found.value);
    if (!box.success) {
      return err({ code: "vault-unavailable", reason: "damaged", detail: "not sealed" });
    }
    try {
      return ok(JSON.parse(await cipher.decrypt(Buffer.from(box.data.sealed, "base64"))));
    } catch (cause) {
      return keystoreFault(cause);
    }
  },
  save: async (secret) => {
    try {
      const sealed = Buffer.from(await cipher.encrypt(JSON.stringify(secret)));
      return await inner.save({ sealed: sealed.toString("base64") });
    } catch (cause) {
      return keystoreFault(cause);
    }
  },
  clear: () => inner.clear(),
});
