import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeProtectedHeader } from "jose";
import { pino } from "pino";
import { describe, expect, it, vi } from "vitest";
import { TestBrowser } from "#shared/testing/browser.ts";
import { createAccounts } from "../testing/accounts.ts";
import { createTokenVerifier } from "../verify-token.ts";
import { openIdentityDatabase } from "./database.ts";
import { LoginThrottle } from "./login-throttle.ts";
import { hashPassword, verifyPassword } from "./password.ts";
import { removeExpiredRecords } from "./record-adapter.ts";
import { startIdentityProvider } from "./start-identity-provider.ts";
import {
  authorizationRequest,
  clientId,
  refresh,
  resource,
  signIn,
  startProvider,
  temporaryDirectory,
} from "./testing/harness.ts";

const credentials = { verify: async () => false, setPassword: async () => {}, has: () => false };
const start = (databaseFile: string, port = 0) =>
  startIdentityProvider({
    port,
    databaseFile,
    accounts: createAccounts(),
    credentials,
    clientId,
    resource,
    log: pino({ level: "silent" }),
  });

describe("starting the provider", () => {
  it("says that its port is in use", async () => {
    const { port } = await startProvider();
    const second = await start(join(temporaryDirectory(), "identity.db"), port);
    expect(second).toEqual({ ok: false, error: { code: "port-in-use", port } });
  });

  it("says that its database cannot be written, or is none", async () => {
    const directory = temporaryDirectory();
    const file = join(directory, "file");
    writeFileSync(file, "this is not a database, and long enough to be one".repeat(40));
    for (const database of [join(file, "identity.db"), file, directory]) {
      const error = { code: "database-unwritable", file: database };
      expect(await start(database)).toMatchObject({ ok: false, error });
    }
  });

  it("does not happen in production", async () => {
    vi.stubEnv("NODE_ENV", "production");
    const result = await start(join(temporaryDirectory(), "identity.db"));
    vi.unstubAllEnvs();
    expect(result).toEqual({ ok: false, error: { code: "refused-in-production" } });
  });

  it.skipIf(process.platform === "win32")("keeps its files to their owner", async () => {
    const { databaseFile, issuer } = await startProvider();
    await signIn(issuer);
    for (const file of [databaseFile, `${databaseFile}-wal`]) {
      expect(statSync(file).mode & 0o777).toBe(0o600);
    }
  });

  it("[ACC-5] removes what has expired", async () => {
    const { databaseFile, issuer } = await startProvider();
    const tokens = await signIn(issuer);
    const db = openIdentityDatabase(databaseFile);
    if (!db.ok) throw new Error(db.error.detail);
    const soon = Math.floor(Date.now() / 1000) + 3600;
    expect(removeExpiredRecords(db.value, soon)).toBeGreaterThan(0);
    expect((await refresh(issuer, tokens.refresh_token)).status).toBe(200);
    removeExpiredRecords(db.value, soon + 400 * 86_400);
    expect(db.value.prepare("SELECT count(*) AS n FROM oidc_records").get()).toEqual({ n: 0 });
    db.value.close();
  });

  it("[AUTH-1] rotates its signing key, and publishes the one before for what it has signed", async () => {
    const quarter = 91 * 86_400_000;
    const keys = async (issuer: string) => {
      const jwks = (await (await fetch(`${issuer}/jwks`)).json()) as { keys: { kid: string }[] };
      return jwks.keys.map(({ kid }) => kid);
    };
    const life = async (databaseFile: string, port: number, rotations: number) => {
      const now = () => Date.now() + rotations * quarter;
      const provider = await startProvider({ databaseFile, port, now });
      const { issuer } = provider;
      // A connection kept from before the restart is a dead one.
      const published = await keys(issuer).catch(() => keys(issuer));
      const tokens = await signIn(issuer);
      const verify = createTokenVerifier({ issuer, audience: resource });
      const signedBy = decodeProtectedHeader(tokens.access_token).kid;
      return {
        ...provider,
        verify,
        token: tokens.access_token,
        signedBy,
        keys: published,
      };
    };
    const file = join(temporaryDirectory(), "identity.db");
    const first = await life(file, 0, 0);
    await first.close();
    const second = await life(file, first.port, 1);
    expect(second.keys).toEqual([second.signedBy, first.signedBy]);
    expect(await second.verify(first.token)).toMatchObject({ ok: true });
    await second.close();
    const third = await life(file, first.port, 2);
    expect(third.keys).toEqual([third.signedBy, second.signedBy]);
    const late = await third.verify(first.token);
    expect(late).toMatchObject({ error: { code: "token-key-unknown" } });
  });

  it("never writes a token, code or password to its log", async () => {
    const lines: string[] = [];
    const log = pino({ level: "trace" }, { write: (line: string) => lines.push(line) });
    const { issuer } = await startProvider({ log });
    const browser = new TestBrowser();
    const page = await browser.open(authorizationRequest(issuer).url);
    await browser.submit(page, { login: "nok", password: "secret-guess" });
    const tokens = await signIn(issuer);
    await refresh(issuer, tokens.refresh_token);
    await refresh(issuer, "not-a-token-of-ours");
    const log_ = lines.join("");
    expect(log_).toContain("request refused");
    for (const secret of ["secret-guess", "correct horse", "not-a-token-of-ours"]) {
      expect(log_).not.toContain(secret);
    }
    for (const secret of [tokens.access_token, tokens.refresh_token, tokens.id_token]) {
      expect(log_).not.toContain(secret);
    }
  });
});

describe("passwords", () => {
  it("[AUTH-1] are kept as salted hashes", async () => {
    const [one, two] = await Promise.all([hashPassword("แม่น้ำ"), hashPassword("แม่น้ำ")]);
    expect(one).not.toBe(two);
    expect(await verifyPassword("แม่น้ำ", one)).toBe(true);
    expect(await verifyPassword("แม่น้ํา", one)).toBe(true);
    expect(await verifyPassword("river", one)).toBe(false);
    for (const damaged of ["", "scrypt$1$8$1$AA$AA", "scrypt$999999999$8$1$AA$AA", "plain"]) {
      expect(await verifyPassword("", damaged)).toBe(false);
    }
  });

  it("[AUTH-1] are guessed ever more slowly, in bounded memory", () => {
    let now = 0;
    const throttle = new LoginThrottle(() => now, 3);
    for (let attempt = 0; attempt < 6; attempt += 1) throttle.begin("Nok ", "a");
    expect(throttle.waitMs("nok", "a")).toBe(30_000);
    expect(throttle.waitMs("nok", "b")).toBe(0);
    for (let attempt = 0; attempt < 20; attempt += 1) throttle.begin("nok", "a");
    expect(throttle.waitMs("nok", "a")).toBe(15 * 60_000);
    now += 31 * 60_000;
    throttle.begin("nok", "a");
    expect(throttle.waitMs("nok", "a")).toBe(0);
    for (const login of ["x", "y", "z"]) {
      for (let attempt = 0; attempt < 5; attempt += 1) throttle.begin(login, "a");
    }
    expect(throttle.waitMs("z", "a")).toBe(15_000);
  });
});
