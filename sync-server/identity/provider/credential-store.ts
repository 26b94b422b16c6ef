/** What accounts prove themselves with; who they are is told by an `AccountSource`. */
export interface CredentialStore {
  /** Takes the same time whether the account is unknown, has no password, or another one. */
  verify(accountId: string | undefined, password: string): Promise<boolean>;
  /** Gives an account its password, or another one. */
  setPassword(accountId: string, password: string): Promise<void>;
  /** Whether an account has a password. */
  has(accountId: string): boolean;
}
