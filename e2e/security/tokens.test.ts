import { request } from "node:http";
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import pino from "pino";
import { describe, expect, test } from "vitest";
import { revokeInstallation, suspendAccount } from "#server/access/change-account.ts";
import { makeSigningKey } from "#server/audit/signing-key.ts";
import { openBlobs } from "#server/files/blobs.ts";
import { buildApp } from "#server/http/app.ts";
import { resource, temporaryDirectory } from "#server/identity/provider/testing/harness.ts";
import { createDeviceKey } from "#server/identity/testing/device-key.ts";
import { setStage } from "#server/identity/testing/stage.ts";
import { peopleRoutes } from "#shared/sync/people.ts";
import { routes } from "#shared/sync/wire.ts";
import { id } from "#shared/testing/builders.ts";
import { accepting, guarded, open, type Route } from "./routes.ts";
import { openStage } from "./stage.ts";

/** The server with all it has, and the provider that signs people in to it. */
const real = async () =>
  setStage({
    auditKey: await makeSigningKey(),
    blobs: openBlobs({ store: "local", folder: temporaryDirectory() }),
  });
type Real = Awaited<ReturnType<typeof real>>;

const named = ({ method, path }: Route) => `${method} ${path}`;

/** One request to a route, with these headers in place of those that prove who makes it. */
const ask = (url: string, route: Route, headers: Record<string, string>) =>
  fetch(`${url}${route.path}${route.query === undefined ? "" : `?${route.query}`}`, {
    method: route.method,
    headers: {
      ...(route.body === undefined ? {} : { "content-type": "application/json" }),
      ...route.headers,
      ...headers,
    },
    ...(route.body === undefined ? {} : { body: JSON.stringify(route.body) }),
  });

const claims = (over: object = {}) => ({
  ...{ tenant: id("Nera"), apps: {}, auth_time: Math.floor(Date.now() / 1000) },
  ...over,
});

/** A token as somebody would forge it, who knows everything of a true one but the issuer's key. */
const forge = async (issuer: string, thumbprint: string) => {
  const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
  const { keys } = (await (await fetch(`${issuer}/jwks`)).json()) as { keys: { kid: string }[] };
  const kid = keys[0]?.kid ?? "";
  const sign = (over: { iss?: string; header?: object; more?: object } = {}) =>
    new SignJWT(claims({ cnf: { jkt: thumbprint }, ...over.more }))
      .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid, ...over.header })
      .setIssuer(over.iss ?? issuer)
      .setAudience(resource)
      .setSubject(id("Una"))
      .setIssuedAt()
      .setExpirationTime("5m");
  const secret = new TextEncoder().encode(JSON.stringify(keys[0]));
  return {
    nonsense: "nonsense",
    "an empty signature": `${(await sign().sign(privateKey)).split(".").slice(0, 2).join(".")}.`,
    "a key of one's own under the issuer's name": await sign().sign(privateKey),
    "an issuer of one's own": await sign({ iss: "https://evil.example" }).sign(privateKey),
    "a key that the token brings along": await sign({
      header: { jwk: await exportJWK(publicKey) },
    }).sign(privateKey),
    "a key at an address that the token names": await sign({
      header: { jku: "http://127.0.0.1:1/jwks", x5u: "http://127.0.0.1:1/x" },
    }).sign(privateKey),
    "a key id that climbs": await sign({ header: { kid: "../../../dev/null" } }).sign(privateKey),
    "the public key as a secret": await sign({ header: { alg: "HS256" } }).sign(secret),
    "no algorithm": new UnsecuredJWT(claims()).setSubject(id("Una")).setIssuer(issuer).encode(),
  };
};

const statuses = async (asks: (readonly [string, Promise<Response>])[]) =>
  Object.fromEntries(
    await Promise.all(
      asks.map(async ([name, answer]) => {
        const { status, headers } = await answer;
        return [name, [status, headers.get("content-type")?.split(";")[0] ?? ""]] as const;
      }),
    ),
  );

const each = (status: number) =>
  Object.fromEntries(
    guarded.map((route) => [
      named(route),
      [status, route.method === "HEAD" ? expect.any(String) : "application/json"],
    ]),
  );

describe("[AUTH-1] every route that asks who calls", () => {
  test("is in the table that is attacked here", async () => {
    const { server, close } = await openStage();
    const told = server.app.printRoutes({ commonPrefix: false });
    await close();
    const known = [...guarded.map(({ path }) => path), ...open, accepting];
    const paths = [...told.matchAll(/(\/[^\s(]*) \(([A-Z, ]+)\)/g)].map(([, path = ""]) => path);
    expect(paths.length).toBeGreaterThan(20);
    const pattern = (path: string) => new RegExp(`${path.replace(/:\w+/g, "[^/]+")}$`);
    expect(paths.filter((path) => !known.some((one) => pattern(path).test(one)))).toEqual([]);
  });

  test("answers nobody without a token, and nobody with a forged one", async () => {
    const { url, issuer, nonce, signIn } = await real();
    const thief = await createDeviceKey();
    expect(await statuses(guarded.map((r) => [named(r), ask(url, r, {})]))).toEqual(each(401));
    const forged = await forge(issuer, thief.thumbprint);
    for (const [how, token] of Object.entries(forged)) {
      const asks = guarded.map(async (route) => {
        const proof = await thief.proof({
          ...{ method: route.method, url: `${url}${route.path}`, token, nonce: await nonce() },
        });
        return [named(route), ask(url, route, { authorization: `DPoP ${token}`, dpop: proof })];
      });
      const all = (await Promise.all(asks)) as [string, Promise<Response>][];
      expect({ how, answers: await statuses(all) }).toEqual({ how, answers: each(401) });
    }
    // An honest one is taken all the while.
    expect((await (await signIn("Nok")).ask(routes.me)).status).toBe(200);
  });

  test("takes no stolen token: neither alone, nor with the thief's proof, nor with a used one, nor with another route's", async () => {
    const { url, nonce, signIn } = await real();
    const { key, tokens } = await signIn("Nok");
    const thief = await createDeviceKey();
    const token = tokens.access_token;
    const proofFor = async (who: typeof key, method: string, path: string) =>
      who.proof({ method, url: `${url}${path}`, token, nonce: await nonce() });
    const used = await proofFor(key, "GET", routes.me);
    const dpop = { authorization: `DPoP ${token}` };
    const first = await fetch(`${url}${routes.me}`, { headers: { ...dpop, dpop: used } });
    expect(first.status).toBe(200);
    const elsewhere = await proofFor(key, "GET", "/somewhere/else");
    const tries: [string, (route: Route) => Promise<Record<string, string>>][] = [
      ["as a bearer", async () => ({ authorization: `Bearer ${token}` })],
      ["without a proof", async () => dpop],
      [
        "with the thief's proof",
        async (r) => ({ ...dpop, dpop: await proofFor(thief, r.method, r.path) }),
      ],
      ["with a used proof", async () => ({ ...dpop, dpop: used })],
      ["with another route's proof", async () => ({ ...dpop, dpop: elsewhere })],
      [
        "with two proofs",
        async (r) => {
          const good = await proofFor(key, r.method, r.path);
          return { ...dpop, dpop: `${good}, ${good}` };
        },
      ],
    ];
    for (const [how, headersOf] of tries) {
      const asks = guarded.map(
        async (route) => [named(route), ask(url, route, await headersOf(route))] as const,
      );
      const answers = await statuses(await Promise.all(asks));
      expect({ how, answers }).toEqual({ how, answers: each(401) });
    }
  });

  test("[S9] tells nothing to who has been suspended, nor to a revoked device; what waits is heard", async () => {
    const { store, signIn } = await real();
    const [nok, lost] = [await signIn("Nok"), await signIn("Nok")];
    const sent = (route: Route, device: string) =>
      (device === "lost" ? lost : nok).ask(
        `${route.path}${route.query === undefined ? "" : `?${route.query}`}`,
        {
          method: route.method as "GET" | "POST",
          device,
          ...(route.body === undefined ? {} : { body: route.body }),
        },
      );
    const readers = guarded.filter(
      ({ hearsTheGone, method }) => !hearsTheGone && method !== "HEAD" && method !== "PATCH",
    );
    const by = { accountId: "", name: "operator", tenantId: "", tenantName: "" };
    await lost.ask(routes.me, { device: "lost" });
    const at = new Date().toISOString();
    expect((await revokeInstallation(store, id("lost"), { by, at })).ok).toBe(true);
    const codes = async (device: string) =>
      Promise.all(
        readers.map(async (route) => {
          const answer = await sent(route, device);
          return [
            named(route),
            ((await answer.json()) as { error?: { code: string } }).error?.code,
          ];
        }),
      );
    for (const [route, code] of await codes("lost")) {
      expect([route, code]).toEqual([route, "device-revoked"]);
    }
    expect((await suspendAccount(store, id("Nok"), { by, at })).ok).toBe(true);
    for (const [route, code] of await codes("laptop")) {
      expect([route, code]).toEqual([route, "account-suspended"]);
    }
    const push = guarded.find(({ path }) => path === routes.push);
    const heard = push && (await sent(push, "laptop"));
    expect(heard?.status).toBe(200);
    expect(JSON.parse((await heard?.text()) ?? "{}")).toMatchObject({
      records: [{ data: null, rev: 0 }],
    });
  });
});

const honest = async ({ signIn }: Real) => (await signIn("Nok")).ask;

test("[AUTH-1] addresses and methods that are none of ours are refused, in the words of the wire", async () => {
  const stage = await real();
  const nok = await honest(stage);
  const strange = [
    ...["/", "/sync", "/sync/me/", "/SYNC/ME", "/sync//me", "/sync/me%2f..%2fpush", "/admin"],
    ...["/sync/%2e%2e/%2e%2e/etc/passwd", "/metrics", "/.env", "/%", "/%00"],
    ...["/sync/me;x=1", "/sync/me\\..\\x", `/session/devices/${"a".repeat(300)}/revoke`],
  ];
  for (const path of strange) {
    const answer = await fetch(`${stage.url}${path}`);
    const { error } = (await answer.json()) as { error: { code: string } };
    const status = [400, 404].includes(answer.status) ? "refused" : answer.status;
    expect([path, status, error.code]).toEqual([path, "refused", "request-malformed"]);
  }
  for (const method of ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"]) {
    for (const path of [routes.me, routes.push, peopleRoutes.preview]) {
      const answer = await new Promise<number>((resolve, reject) => {
        const asked = request(`${stage.url}${path}`, { method }, (res) => {
          res.resume();
          resolve(res.statusCode ?? 0);
        });
        asked.on("error", reject).end();
      });
      expect([method, path, answer]).toEqual([method, path, 404]);
    }
  }
  expect((await nok(routes.me)).status).toBe(200);
});

test("[AUTH-1] a server that is given neither a log's key nor a place for files has none of their routes", async () => {
  const { store, close } = await openStage();
  const app = await buildApp({
    ...{ store, log: pino({ level: "silent" }) },
    ...{ requestsPerMinute: 100, now: () => new Date().toISOString() },
    authenticate: async () => {
      throw new Error("nobody was to be asked");
    },
  });
  for (const path of ["/audit/log", "/audit/keys", "/files", `/files/blob/${"0".repeat(64)}`]) {
    expect((await app.inject({ url: path })).statusCode).toBe(404);
  }
  await app.close();
  await close();
});
