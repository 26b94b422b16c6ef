/** Who an account is, as its tokens will say: one tenant, and one role for each app it may open. */
export interface AccountProfile {
  sub: string;
  tenant: string;
  /** App to role, for example `{ partners: "coordinator" }`; an app that is absent is not open. */
  apps: Readonly<Record<string, string>>;
  name: string;
  email: string;
  locale: string;
}

/** Where the identity provider looks accounts up. Both answer `undefined` for "no such account". */
export interface CredentialStore {
  findBySub(sub: string): Promise<AccountProfile | undefined>;
  /** Takes the same time whether the login is unknown or the password wrong. */
  verify(login: string, password: string): Promise<AccountProfile | undefined>;
}
