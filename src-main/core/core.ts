import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "pino";
import { BehaviorSubject } from "rxjs";
import { v7 } from "uuid";
import { requireFresh } from "#shared/access/fresh.ts";
import { intentDef } from "#shared/domain/registry.ts";
import { type Failure, fail } from "#shared/failure.ts";
import type { HostInfo, SessionState } from "#shared/ipc/views.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { authFailure } from "./auth/auth-error.ts";
import { type Authenticator, createAuthenticator } from "./auth/authenticator.ts";
import { createKeyring, type Keyring } from "./auth/keyring.ts";
import type { Session } from "./auth/session.ts";
import type { TokenVault } from "./auth/token-vault.ts";
import { eraseDatabase, openLocalDatabase } from "./database.ts";
import type { AccountFiles } from "./files/account-files.ts";
import { filesBeside, openFilesBeside } from "./files/beside.ts";
import type { Wanted } from "./intents/make.ts";
import { Organisation } from "./organisation.ts";
import { Account } from "./session/account.ts";
import { ServerClient } from "./sync/server-client.ts";

/** What a host gives the core to work with. */
export interface CoreOptions {
  info: HostInfo;
  issuer: string;
  clientId: string;
  /** Where the tokens and the database keys are kept: two secrets, since signing out clears one. */
  tokenVault: TokenVault;
  keyVault: TokenVault;
  /** Opens the person's browser; a browser host leaves it out and goes there itself. */
  openUrl?: (url: string) => Promise<void>;
  /** Where the browser goes after a sign-in. */
  redirectTo?: string;
  log: Logger;
}

/** How long what waits of attachments may take to be sent before a revoked device erases all, ms. */
const LAST_FILES_MS = 30_000;

/** The local engine: whoever is signed in, and what they have on this device. */
export class Core {
  readonly info: HostInfo;
  readonly session$ = new BehaviorSubject<SessionState>({ state: "signed-out", failure: null });
  /** The open account, null while nobody is signed in. */
  readonly account$ = new BehaviorSubject<Account | null>(null);
  /** The attachments of the open account (S13); null where they could not be opened. */
  files: AccountFiles | null = null;
  /** What the open account asks of its organisation's log and people; null while nobody is signed in. */
  organisation: Organisation | null = null;
  readonly #options: CoreOptions;
  readonly #auth: Authenticator;
  readonly #keyring: Keyring;
  readonly #installation: string;
  #cancelSignIn: (() => void) | null = null;
  #ended = false;
  /** When the person last proved who they are, ms; null where the provider does not tell. */
  #provedAt: number | null = null;
  #stepUpFailure: Failure | null = null;
  #sub: string | null = null;

  private constructor(options: CoreOptions) {
    this.#options = options;
    this.info = options.info;
    this.#installation = installationId(options.info.dataFolder);
    this.#keyring = createKeyring(options.keyVault);
    this.#auth = createAuthenticator({
      issuer: options.issuer,
      clientId: options.clientId,
      tokenVault: options.tokenVault,
      clock: { now: () => Date.now() },
      log: options.log,
      ...(options.openUrl === undefined ? {} : { openUrl: options.openUrl }),
      ...(options.redirectTo === undefined
        ? {}
        : { onSignedInPage: { redirectTo: options.redirectTo } }),
    });
  }

  /** Starts the core, and goes on as whoever was signed in when it last ran. Needs no network. */
  static async start(options: CoreOptions): Promise<Core> {
    mkdirSync(options.info.dataFolder, { recursive: true, mode: 0o700 });
    const core = new Core(options);
    const session = await core.#auth.session();
    if (!session.ok) core.#signedOut(authFailure(session.error));
    else if (session.value !== undefined) await core.#open(session.value);
    return core;
  }

  /** Begins a sign-in, with an invitation to be accepted or without; `url` is where that is done. */
  async signIn(
    language: "en" | "th",
    invitation?: string,
  ): Promise<Result<{ url: string }, Failure>> {
    const begun = await this.#auth.beginSignIn({
      locale: language,
      ...(invitation === undefined ? {} : { invitation: secretIn(invitation) }),
    });
    if (!begun.ok) return err(authFailure(begun.error));
    const { url, waitForResult, cancel } = begun.value;
    const before = this.session$.value;
    this.#cancelSignIn = cancel;
    if (before.state !== "signed-in") this.session$.next({ state: "signing-in", url });
    void waitForResult().then(async (result) => {
      this.#cancelSignIn = null;
      if (result.ok) return this.#open(result.value);
      if (before.state !== "signed-in") this.#signedOut(authFailure(result.error));
    });
    return ok({ url });
  }

  /** Has whoever is signed in prove it once more; `url` is where (ID-3). */
  async stepUp(language: "en" | "th"): Promise<Result<{ url: string }, Failure>> {
    const begun = await this.#auth.stepUp({ locale: language });
    if (!begun.ok) return err(authFailure(begun.error));
    this.#stepUpFailure = null;
    this.#tellOpenSession();
    void begun.value.waitForResult().then(async (result) => {
      this.#stepUpFailure = result.ok ? null : authFailure(result.error);
      if (result.ok) this.#provedAt = result.value.authTime;
      this.#tellOpenSession();
    });
    return ok({ url: begun.value.url });
  }

  /**
   * Makes a change. A dangerous one wants a proof of who makes it: asked for before anything is kept,
   * as the server would refuse it afterwards (ID-3).
   */
  async make(wanted: Wanted): Promise<Result<{ targetId: string; intentId: string }, Failure>> {
    const account = this.account$.value;
    if (account === null) return err(fail("not-signed-in"));
    const stale = intentDef(wanted.type)?.stepUp === true ? this.#asksProof(account) : null;
    if (stale === null) return account.maker.make(wanted);
    const allowed = await account.maker.check(wanted);
    return allowed.ok ? err(stale) : allowed;
  }

  cancelSignIn(): void {
    this.#cancelSignIn?.();
  }

  /** Ends the session and erases what this device holds of the account. */
  async signOut(discard: boolean): Promise<Result<Record<never, never>, Failure>> {
    const account = this.account$.value;
    const session = await this.#auth.session();
    // What lies on the desk would be erased with the rest: it waits for its person as much.
    const waiting =
      (account?.waiting.total ?? 0) +
      ((await account?.desk.list()) ?? []).length +
      ((await account?.desk.decided()) ?? []).length +
      (this.files?.waiting$.value ?? 0);
    if (waiting > 0 && !discard) return err(fail("changes-waiting", { count: waiting }));
    this.account$.next(null);
    await this.#closeAccount(account);
    if (session.ok && session.value !== undefined) {
      eraseDatabase(this.#file(session.value.sub));
      eraseDatabase(filesBeside(this.#file(session.value.sub)));
      await this.#keyring.forget(session.value.sub);
    }
    const signedOut = await this.#auth.signOut();
    this.#signedOut(signedOut.ok ? null : authFailure(signedOut.error));
    return ok({});
  }

  /** Stops everything; what is on the disk stays. */
  async close(): Promise<void> {
    this.#auth.close();
    await this.#closeAccount(this.account$.value);
    this.account$.next(null);
  }

  async #closeAccount(account: Account | null): Promise<void> {
    const { files } = this;
    this.files = null;
    this.organisation?.close();
    this.organisation = null;
    await files?.close();
    await account?.close();
  }

  #file(sub: string): string {
    const name = createHash("sha256").update(sub).digest("hex").slice(0, 24);
    return join(this.info.dataFolder, `${name}.db`);
  }

  #signedOut(failure: Failure | null): void {
    this.session$.next({ state: "signed-out", failure });
  }

  async #open(session: Session): Promise<void> {
    this.#ended = false;
    this.#provedAt = session.authTime;
    this.#stepUpFailure = null;
    const before = this.account$.value;
    if (before !== null && this.#sub === session.sub) {
      // The same person again, after the session had ended: their copy stays open.
      this.#tellSession(before);
      before.syncNow();
      return;
    }
    if (before !== null) {
      this.account$.next(null);
      await this.#closeAccount(before);
    }
    const key = await this.#keyring.databaseKey(session.sub);
    if (!key.ok) return this.#signedOut(fail("vault-unavailable", { reason: key.error.reason }));
    const database = await openLocalDatabase(this.#file(session.sub), key.value);
    if (!database.ok) return this.#signedOut(database.error);
    const options = {
      serverUrl: this.info.serverUrl,
      installation: this.#installation,
      appVersion: this.info.version,
      token: async (refused?: string) => {
        const token = await this.#auth.accessToken(refused === undefined ? {} : { refused });
        return token.ok ? token : err(authFailure(token.error));
      },
    };
    const { log } = this.#options;
    const server = new ServerClient(options);
    const account = await Account.open(database.value, server, log);
    this.organisation = await Organisation.open(server, account, log);
    const file = filesBeside(this.#file(session.sub));
    const files = await openFilesBeside(account, { file, keyHex: key.value, server: options }, log);
    if (!files.ok) log.error({ code: files.error.code }, "attachments cannot be opened");
    this.files = files.ok ? files.value : null;
    account.ended$.subscribe(() => {
      this.#ended = true;
      this.#tellSession(account);
    });
    account.viewer$.subscribe(() => this.#tellSession(account));
    account.wiped$.subscribe((failure) => void this.#wipe(failure));
    this.#sub = session.sub;
    this.account$.next(account);
  }

  /** The device was revoked, and what waited is sent: nothing of the account stays here (S9). */
  async #wipe(failure: Failure): Promise<void> {
    await this.files?.sendNow(LAST_FILES_MS);
    await this.signOut(true);
    this.#signedOut(failure);
  }

  #asksProof(account: Account): Failure | null {
    const now = new Date(Date.now() + (account.status$.value.skew ?? 0));
    return requireFresh({ authTime: this.#provedAt }, now.toISOString());
  }

  #tellOpenSession(): void {
    const account = this.account$.value;
    if (account !== null) this.#tellSession(account);
  }

  #tellSession(account: Account): void {
    const viewer = account.viewer$.value;
    if (viewer === null) return;
    const next: SessionState = {
      state: "signed-in",
      viewer,
      ended: this.#ended,
      provedAt: this.#provedAt === null ? null : new Date(this.#provedAt).toISOString(),
      stepUpFailure: this.#stepUpFailure,
    };
    if (JSON.stringify(this.session$.value) !== JSON.stringify(next)) this.session$.next(next);
  }
}

/** The secret of an invitation, out of the link that was sent or as it is. */
const secretIn = (link: string): string => link.slice(link.indexOf("#") + 1).trim();

/** A number for this copy of the product on this device; made once, and no secret. */
const installationId = (folder: string): string => {
  const file = join(folder, "installation");
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    const id = v7();
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(file, id, { mode: 0o600 });
    return id;
  }
};
