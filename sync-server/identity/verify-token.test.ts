import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, it, onTestFinished } from "vitest";
import { createTokenVerifier } from "./verify-token.ts";

const audience = "https://sync.example";
const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
const jwk = { ...(await exportJWK(publicKey)), kid: "one", alg: "ES256", use: "sig" };

/** A real issuer as far as a verifier sees one: discovery and keys, which can go away. */
const startIssuer = async (port = 0) => {
  let requests = 0;
  const server = createServer((req, res) => {
    requests += 1;
    const discovery = { issuer, jwks_uri: `${issuer}/jwks` };
    const body = req.url === "/jwks" ? { keys: [jwk] } : discovery;
    res.setHeader("content-type", "application/json").end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  onTestFinished(stop);
  return { issuer, stop, requests: () => requests };
};

const claims = (issuer: string, overrides: JWTPayload = {}): JWTPayload => ({
  iss: issuer,
  aud: audience,
  sub: "acc-1",
  tenant: "nera",
  apps: { partners: "coordinator" },
  exp: Math.floor(Date.now() / 1000) + 600,
  ...overrides,
});

const sign = (payload: JWTPayload, header: { kid?: string; typ?: string } = {}) =>
  new SignJWT(payload)
    .setProtectedHeader({ alg: "ES256", kid: "one", typ: "at+jwt", ...header })
    .sign(privateKey);

const refused = (code: string) => ({ ok: false, error: { code } });

describe("verifying a token", () => {
  it("[ID-1] [AUTH-1] [AUTH-2] tells tenant and roles, asking the issuer once", async () => {
    const { issuer, requests } = await startIssuer();
    const verify = createTokenVerifier({ issuer, audience });
    const token = await sign(claims(issuer, { sid: "s1" }));
    for (let time = 0; time < 3; time += 1) {
      expect(await verify(token)).toMatchObject({
        ok: true,
        value: { sub: "acc-1", tenant: "nera", apps: { partners: "coordinator" }, sessionId: "s1" },
      });
    }
    expect(requests()).toBe(2);
  });

  it("[AUTH-1] refuses what is no token", async () => {
    const { issuer } = await startIssuer();
    const verify = createTokenVerifier({ issuer, audience });
    expect(await verify(undefined)).toMatchObject(refused("token-missing"));
    for (const token of ["", "abc", "a.b", "a.b.c", "a.b.c x", `${"a".repeat(20_000)}.b.c`]) {
      expect(await verify(token)).toMatchObject(refused("token-malformed"));
    }
  });

  it("[AUTH-1] refuses a token of another time, issuer, audience or kind", async () => {
    const { issuer } = await startIssuer();
    const verify = createTokenVerifier({ issuer, audience, clockToleranceSeconds: 5 });
    const past = Math.floor(Date.now() / 1000) - 6;
    const cases: [string, string][] = [
      ["token-expired", await sign(claims(issuer, { exp: past }))],
      ["token-wrong-issuer", await sign(claims("http://127.0.0.1:1"))],
      ["token-wrong-audience", await sign(claims(issuer, { aud: "https://other.example" }))],
      ["token-malformed", await sign(claims(issuer), { typ: "JWT" })],
      ["token-malformed", await sign(claims(issuer, { tenant: undefined }))],
      ["token-malformed", await sign(claims(issuer, { apps: ["partners"] }))],
      ["token-not-yet-valid", await sign(claims(issuer, { iat: past + 60 }))],
      ["token-not-yet-valid", await sign(claims(issuer, { nbf: past + 60 }))],
      ["token-key-unknown", await sign(claims(issuer), { kid: "unknown" })],
    ];
    for (const [code, token] of cases) {
      expect(await verify(token)).toMatchObject(refused(code));
    }
  });

  it("[AUTH-1] refuses none, HS256 with the public key, and a foreign signature", async () => {
    const { issuer } = await startIssuer();
    const verify = createTokenVerifier({ issuer, audience });
    const unsecured = new UnsecuredJWT(claims(issuer)).encode();
    const secret = new TextEncoder().encode(JSON.stringify(jwk));
    const symmetric = await new SignJWT(claims(issuer))
      .setProtectedHeader({ alg: "HS256", kid: "one", typ: "at+jwt" })
      .sign(secret);
    const stranger = await generateKeyPair("ES256");
    const foreign = await new SignJWT(claims(issuer))
      .setProtectedHeader({ alg: "ES256", kid: "one", typ: "at+jwt" })
      .sign(stranger.privateKey);
    for (const token of [unsecured, symmetric, foreign]) {
      expect(await verify(token)).toMatchObject(refused("token-bad-signature"));
    }
  });

  it("[AUTH-1] goes on for a day while the issuer is away", async () => {
    let now = Date.now();
    const { issuer, stop } = await startIssuer();
    const verify = createTokenVerifier({ issuer, audience, now: () => now });
    const token = await sign(claims(issuer, { exp: Math.floor(now / 1000) + 3 * 86_400 }));
    expect(await verify(token)).toMatchObject({ ok: true });
    await stop();
    now += 20 * 60_000;
    expect(await verify(token)).toMatchObject({ ok: true });
    now += 22 * 3_600_000;
    expect(await verify(token)).toMatchObject({ ok: true });
    now += 2 * 3_600_000;
    expect(await verify(token)).toMatchObject(refused("issuer-keys-unreachable"));
  });

  it("[AUTH-1] says that the issuer cannot be asked, and recovers with it", async () => {
    const { issuer, stop } = await startIssuer();
    await stop();
    const verify = createTokenVerifier({ issuer, audience });
    const token = await sign(claims(issuer));
    expect(await verify(token)).toMatchObject(refused("issuer-unreachable"));
    await startIssuer(Number(new URL(issuer).port));
    expect(await verify(token)).toMatchObject({ ok: true });
  });

  it("[AUTH-1] says that the issuer is there, and its keys are not", async () => {
    const { issuer } = await startIssuer();
    const verify = createTokenVerifier({ issuer, audience, jwksUri: `${issuer}/nothing` });
    expect(await verify(await sign(claims(issuer)))).toMatchObject(
      refused("issuer-keys-unreachable"),
    );
  });

  it("[ID-1] reads another issuer's claims by the names it gives them", async () => {
    const { issuer } = await startIssuer();
    const named = { subject: "oid", tenant: "https://claims.example/org" };
    const told = { oid: "u-1", [named.tenant]: "nera", apps: undefined, tenant: undefined };
    const token = await sign(claims(issuer, told), { typ: "JWT" });
    const verify = createTokenVerifier({ issuer, audience, claims: named, tokenType: "JWT" });
    expect(await verify(token)).toMatchObject({ ok: true, value: { sub: "u-1", tenant: "nera" } });
    const untold = { subject: "oid", tenant: null };
    const silent = createTokenVerifier({ issuer, audience, claims: untold, tokenType: "JWT" });
    expect(await silent(token)).toMatchObject({ ok: true, value: { tenant: null, apps: {} } });
  });
});
