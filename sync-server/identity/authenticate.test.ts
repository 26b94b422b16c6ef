import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { pino } from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { type AuthenticateOptions, createAuthenticate } from "./authenticate.ts";
import { createDeviceKey } from "./testing/device-key.ts";
import { createTokenVerifier, type TokenVerifierOptions } from "./verify-token.ts";

const audience = "https://sync.example";
const key = await generateKeyPair("ES256", { extractable: true });
const jwk = { ...(await exportJWK(key.publicKey)), kid: "one", alg: "ES256", use: "sig" };
const device = await createDeviceKey();
const soon = () => Math.floor(Date.now() / 1000) + 300;

/** An issuer that a test can have answer as it likes. */
const startIssuer = async (of: { keys?: object[]; silent?: "discovery" | "jwks" } = {}) => {
  const server = createServer((req, res) => {
    const jwks = req.url === "/jwks";
    if (of.silent === (jwks ? "jwks" : "discovery")) return void res.writeHead(503).end();
    const body = jwks ? { keys: of.keys ?? [jwk] } : { issuer, jwks_uri: `${issuer}/jwks` };
    res.setHeader("content-type", "application/json").end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => void server.close());
  return issuer;
};

const tokenOf = (issuer: string, claims: JWTPayload = {}) =>
  new SignJWT({
    ...{ iss: issuer, aud: audience, sub: "u-1", tenant: "nera", apps: {}, exp: soon() },
    cnf: { jkt: device.thumbprint },
    ...claims,
  })
    .setProtectedHeader({ alg: "ES256", kid: "one", typ: "at+jwt" })
    .sign(key.privateKey);

const asked = async (
  verifier: Partial<TokenVerifierOptions> & { issuer: string },
  token: string,
  options: Partial<AuthenticateOptions> = {},
  scheme = "DPoP",
) => {
  const { authenticate, nonce } = createAuthenticate({
    verify: createTokenVerifier({ audience, ...verifier }),
    binding: "dpop",
    publicUrl: audience,
    log: pino({ level: "silent" }),
    ...options,
  });
  const request = { method: "GET", path: "/sync/me" };
  const url = `${audience}${request.path}`;
  const proof = await device.proof({ method: "GET", url, token, nonce: nonce() });
  return authenticate({ ...request, authorization: `${scheme} ${token}`, proof });
};

const refused = (code: string) => ({ ok: false, error: { code } });

describe("[AUTH-1] each way in which a sign-in cannot be verified", () => {
  test("is told apart", async () => {
    const issuer = await startIssuer();
    const cases: [string, Awaited<ReturnType<typeof asked>>][] = [
      ["token-rejected", await asked({ issuer }, "none")],
      ["token-expired", await asked({ issuer }, await tokenOf(issuer, { exp: soon() - 400 }))],
      ["issuer-clock", await asked({ issuer }, await tokenOf(issuer, { iat: soon() }))],
      ["token-wrong-issuer", await asked({ issuer }, await tokenOf("https://id.example"))],
      [
        "token-wrong-audience",
        await asked({ issuer }, await tokenOf(issuer, { aud: "https://other.example" })),
      ],
      ["token-not-bound", await asked({ issuer }, await tokenOf(issuer, { cnf: undefined }))],
    ];
    const rotated = await startIssuer({ keys: [{ ...jwk, kid: "two" }] });
    cases.push(["token-key-unknown", await asked({ issuer: rotated }, await tokenOf(rotated))]);
    const away = await startIssuer({ silent: "discovery" });
    cases.push(["issuer-unreachable", await asked({ issuer: away }, await tokenOf(away))]);
    const mute = await startIssuer({ silent: "jwks" });
    cases.push(["issuer-keys-unreachable", await asked({ issuer: mute }, await tokenOf(mute))]);
    for (const [code, answer] of cases) expect(answer).toMatchObject(refused(code));
  });

  test.each(["en", "th"])("has a sentence of its own, and a way out, in %s", (language) => {
    const file = new URL(`../../resources/locales/${language}/failures.json`, import.meta.url);
    const texts = JSON.parse(readFileSync(file, "utf8")) as Record<string, { what?: string }>;
    const codes = [
      ...["token-rejected", "token-expired", "issuer-clock", "token-wrong-issuer"],
      ...["token-wrong-audience", "token-not-bound", "token-key-unknown", "issuer-unreachable"],
      ...["issuer-keys-unreachable", "issuer-insecure", "issuer-wrong", "identity-unknown"],
      ...["proof-rejected", "provider-unreachable", "session-ended"],
    ];
    const sentences = codes.map((code) => texts[code]?.what);
    expect(sentences).not.toContain(undefined);
    expect(new Set(sentences).size).toBe(codes.length);
  });
});

describe("[RFC 9449] the key a token is bound to", () => {
  test("proves a request at the server's own address", async () => {
    const issuer = await startIssuer();
    const token = await tokenOf(issuer, { auth_time: 1_700_000_000 });
    expect(await asked({ issuer }, token)).toMatchObject({
      ok: true,
      value: { sub: "u-1", tenant: "nera", authTime: 1_700_000_000_000 },
    });
    const elsewhere = { publicUrl: "https://sync.example:444" };
    expect(await asked({ issuer }, token, elsewhere)).toMatchObject({
      error: { code: "proof-rejected", params: { reason: "proof-other-address" } },
    });
    const behind = { publicUrl: `${audience}/river/` };
    expect(await asked({ issuer }, token, behind)).toMatchObject(refused("proof-rejected"));
  });

  test("is asked for also where tokens without one are taken by configuration", async () => {
    const issuer = await startIssuer();
    const unbound = await tokenOf(issuer, { cnf: undefined });
    const binding = { binding: "bearer" as const };
    expect(await asked({ issuer }, unbound, binding, "Bearer")).toMatchObject({ ok: true });
    const bound = await tokenOf(issuer);
    expect(await asked({ issuer }, bound, binding, "Bearer")).toMatchObject(
      refused("token-not-bound"),
    );
    expect(await asked({ issuer }, bound, binding)).toMatchObject({ ok: true });
  });
});
