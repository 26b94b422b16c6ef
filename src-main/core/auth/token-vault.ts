import type { Result } from "#shared/result.ts";

/** The place for a secret cannot be used; the secret itself is never part of the detail. */
export interface VaultError {
  code: "vault-unavailable";
  reason: "unreadable" | "unwritable" | "foreign-owner" | "damaged" | "keystore";
  detail: string;
}

/**
 * Keeps one small secret, any JSON value, on this device. What was saved is on disk when `save`
 * answers; calls take effect in the order they were made.
 */
export interface TokenVault {
  /** The secret as it was saved, or `undefined` where there is none. */
  load(): Promise<Result<unknown, VaultError>>;
  save(secret: unknown): Promise<Result<void, VaultError>>;
  clear(): Promise<Result<void, VaultError>>;
}
