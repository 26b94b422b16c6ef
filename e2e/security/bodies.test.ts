import { createConnection } from "node:net";
import { gzipSync } from "node:zlib";
import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildApp } from "#server/http/app.ts";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import { PushResponse, routes } from "#shared/sync/wire.ts";
import { id, intent } from "#shared/testing/builders.ts";
import { guarded } from "./routes.ts";
import { codeOf, openStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const posts = guarded.filter(({ method, path }) => method === "POST" && path !== routes.files);
const note = (text: string) => intent("Nok", "ticket.note", id("pump-ticket"), { text });
const push = (...intents: unknown[]) => ({
  ...{ protocol: PROTOCOL, installation: id("laptop"), appVersion: "test", intents },
});
const isWell = async () => {
  const hit = await stage.shoot("Nok", routes.push, { body: push(note("still here")) });
  return PushResponse.parse(JSON.parse(hit.text)).verdicts[0]?.status === "applied";
};

/** The lines that came back on a connection of one's own, for what `fetch` would not send. */
const raw = (text: string): Promise<string> =>
  new Promise((resolve) => {
    let told = "";
    const socket = createConnection(stage.port, "127.0.0.1", () => socket.write(text));
    socket.on("data", (data) => {
      told += data;
      if (told.includes("\r\n\r\n")) socket.end();
    });
    socket.on("error", () => resolve(told));
    socket.on("close", () => resolve(told));
  });

const sized = (n: number) => JSON.stringify({ pad: "x".repeat(n) });

test("[S5] bodies that are none, or none of ours, are refused by every route alike", async () => {
  const deep = (n: number) => `${"[".repeat(n)}${"]".repeat(n)}`;
  const json = "application/json";
  const bad: [string, string | Buffer, Record<string, string>, string][] = [
    ["half of one", '{"protocol":1,', { "content-type": json }, "request-malformed"],
    ["none", "", { "content-type": json }, "request-malformed"],
    ["text", "hello", { "content-type": "text/plain" }, "request-malformed"],
    ["a form", "a=b", { "content-type": "application/x-www-form-urlencoded" }, "request-malformed"],
    ["of parts", "--x", { "content-type": "multipart/form-data; boundary=x" }, "request-malformed"],
    ["XML", '<!DOCTYPE a [<!ENTITY b "c">]>', { "content-type": "text/xml" }, "request-malformed"],
    ["nothing said of it", "{}", { "content-type": "" }, "request-malformed"],
    ["an array", "[]", { "content-type": json }, "request-malformed"],
    ["null", "null", { "content-type": json }, "request-malformed"],
    ["deep", deep(1_500_000), { "content-type": json }, "request-malformed"],
    ["deep inside", `{"intents":[${deep(9000)}]}`, { "content-type": json }, "request-malformed"],
    ["too large", sized(5_000_000), { "content-type": json }, "intent-too-large"],
    [
      "packed: 40 MB in 40 KB",
      gzipSync(sized(40_000_000)),
      { "content-type": json, "content-encoding": "gzip" },
      "request-malformed",
    ],
  ];
  for (const [n, { path }] of posts.entries()) {
    for (const [what, body, headers, code] of bad) {
      // What is large is read before any route is asked: two of them tell for all.
      if (body.length > 30_000 && n > 1) continue;
      const answer = await fetch(`${stage.url}${path}`, {
        ...{ method: "POST", body: Buffer.from(body) },
        headers: { authorization: "Bearer Nok", ...headers },
      });
      const { error } = (await answer.json()) as { error?: { code?: string } };
      // Who asks is asked first: some of these routes are not Nok's, or take no body at all.
      const said = [
        ...[code, "permission-missing", "no-role-in-app", "step-up-required", "not-found"],
        ...["identity-bound"],
      ];
      if (answer.status !== 200)
        expect([path, what, said]).toEqual([path, what, expect.arrayContaining([error?.code])]);
      expect([path, what, answer.status]).toEqual([path, what, expect.toSatisfy((s) => s < 500)]);
    }
  }
  expect(await isWell()).toBe(true);
}, 60_000);

test("[S5] a payload nested too deeply, or of a million fields, costs a refusal and no more", async () => {
  let nested: unknown = "x";
  for (let n = 0; n < 60; n += 1) nested = [nested];
  const wide = Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`f${n}`, n]));
  const strange = { ...note("x"), payload: { text: nested } };
  const many = { ...note("x"), payload: wide };
  const long = { ...note("x"), payload: { text: "x".repeat(3_000_000) } };
  for (const one of [strange, many, long]) {
    const hit = await stage.shoot("Nok", routes.push, { body: push(one) });
    expect(hit.text.length).toBeLessThan(2000);
    expect(hit.text).toMatch(/request-malformed|intent-malformed/);
  }
  expect(await isWell()).toBe(true);
});

test("[S10] lists longer than any honest one are refused, or no more than what stands in them", async () => {
  const ids = Array.from({ length: 60_000 }, () => id("pump-ticket"));
  const kinds = Array.from({ length: 60_000 }, () => "ticket");
  const asks: [string, object, number][] = [
    [routes.fetch, { protocol: PROTOCOL, ids }, 400],
    [routes.digest, { protocol: PROTOCOL, kinds, after: null, limit: 10 }, 200],
    ["/audit/receipts", { intentIds: ids }, 400],
    [routes.push, push(...ids.slice(0, 201)), 400],
    [routes.pull, { protocol: PROTOCOL, after: null, limit: 1e9 }, 400],
  ];
  for (const [path, body, status] of asks) {
    const hit = await stage.shoot("Nok", path, { body });
    expect([path, hit.status]).toEqual([path, status]);
  }
  const reach = { partner: id("partner Nera"), regions: [], sites: [], telemetry: false };
  const granted = { ...reach, until: "2026-12-01T00:00:00.000Z", deviceIds: ids.slice(0, 5000) };
  const given = intent("Cora", "grant.give", id("a wide one"), granted);
  const hit = await stage.shoot("Cora", routes.push, { body: push(given) });
  expect(hit.status).toBe(200);
});

test("[S3] numbers and instants at their ends are judged like all others", async () => {
  const ends = [
    { skew: Number.MAX_SAFE_INTEGER },
    { skew: -Number.MAX_SAFE_INTEGER },
    { baseRev: Number.MAX_SAFE_INTEGER },
    { deviceTime: "0000-01-01T00:00:00Z" },
    { deviceTime: "9999-12-31T23:59:59.999999999Z" },
  ];
  const made = ends.map((over) => ({ ...note("at the end"), ...over }));
  const hit = await stage.shoot("Nok", routes.push, { body: push(...made) });
  const { verdicts } = PushResponse.parse(JSON.parse(hit.text));
  expect(verdicts.map(({ status }) => status)).toEqual(ends.map(() => "applied"));
  for (const seq of [0, 2 ** 31, Number.MAX_SAFE_INTEGER]) {
    const after = { epoch: stage.store.epoch, lens: (await stage.server.me("Nok")).lens, seq };
    const body = { protocol: PROTOCOL, after, limit: 1 };
    expect((await stage.shoot("Nok", routes.pull, { body })).status).toBe(200);
    const query = `after=${Math.max(seq, 1)}&order=oldest`;
    expect((await stage.shoot("Cora", "/audit/log", { query })).status).toBe(200);
  }
});

test("[AUTH-1] what is no HTTP, or more of it than is read, ends the connection and nothing else", async () => {
  const host = "Host: 127.0.0.1\r\n";
  const bad = {
    nonsense: "\x16\x03\x01 nonsense\r\n\r\n",
    "a header flood": `GET /health HTTP/1.1\r\n${host}${"X: y\r\n".repeat(20_000)}\r\n`,
    "a header without end": `GET /health HTTP/1.1\r\n${host}X: ${"y".repeat(100_000)}\r\n\r\n`,
    "two lengths": `POST /sync/push HTTP/1.1\r\n${host}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
    "a length and chunks": `POST /sync/push HTTP/1.1\r\n${host}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    "a folded header": `GET /health HTTP/1.1\r\n${host}X: a\r\n b\0\r\n\r\n`,
    "no host": "GET /health HTTP/1.1\r\n\r\n",
  };
  for (const [what, text] of Object.entries(bad)) {
    expect([what, await raw(text)]).toEqual([what, expect.stringMatching(/^HTTP\/1\.1 4\d\d /)]);
  }
  expect(await isWell()).toBe(true);
});

test("[S5] a request that never ends is given up, and holds up nobody meanwhile", async () => {
  const { server } = stage.server.app;
  expect(server.requestTimeout).toBeGreaterThan(0);
  expect(server.requestTimeout).toBeLessThanOrEqual(300_000);
  expect(server.headersTimeout).toBeGreaterThan(0);
  expect(server.headersTimeout).toBeLessThanOrEqual(server.requestTimeout);
  const slow = Array.from({ length: 200 }, () => {
    const socket = createConnection(stage.port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write("POST /sync/push HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n{");
    return socket;
  });
  expect(await isWell()).toBe(true);
  for (const socket of slow) socket.destroy();
  const partial = createConnection(stage.port, "127.0.0.1");
  partial.on("error", () => {});
  partial.write("GET /health HTTP/1.1\r\nHo");
  expect(await isWell()).toBe(true);
  partial.destroy();
});

test("[S5] an address that asks too much is told so, and who it says it is beside does not help", async () => {
  const app = await buildApp({
    ...{ store: stage.store, log: pino({ level: "silent" }), requestsPerMinute: 20 },
    ...{ requestsPerAccount: 5, now: () => stage.clock.now },
    authenticate: async ({ authorization = "" }) => {
      const authTime = Date.parse(stage.clock.now) + 60_000;
      const sub = id(authorization);
      return { ok: true, value: { sub, tenant: null, expiresAt: Date.now() + 60_000, authTime } };
    },
  });
  const ask = (who: string, from: string, forwarded = from) =>
    app.inject({
      ...{ url: routes.me, remoteAddress: from },
      headers: {
        ...{ authorization: who, "x-forwarded-for": forwarded, forwarded: `for=${forwarded}` },
        "x-real-ip": forwarded,
      },
    });
  const nok: number[] = [];
  for (let n = 0; n < 8; n += 1) nok.push((await ask("Nok", "10.0.0.1")).statusCode);
  expect(nok).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
  // The account is tired from everywhere, others behind its address are not.
  expect((await ask("Nok", "10.0.0.2")).json()).toMatchObject({ error: { code: "rate-limited" } });
  expect((await ask("Tam", "10.0.0.1")).statusCode).toBe(200);
  for (let n = 0; n < 15; n += 1) await ask(`nobody ${n}`, "10.0.0.1", `10.1.0.${n}`);
  const flooded = await ask("Tam", "10.0.0.1", "10.9.9.9");
  expect([flooded.statusCode, flooded.json().error.code]).toEqual([429, "rate-limited"]);
  expect((await ask("Ton", "10.0.0.3")).statusCode).toBe(200);
  await app.close();
});

test("[AUTH-1] who is not known is told so only by a token that names them, like all others by none", async () => {
  const unknown = await stage.shoot("Nemo", routes.me);
  expect([unknown.status, codeOf(unknown)]).toEqual([403, "account-unknown"]);
  const nobody = await stage.shoot(null, routes.me);
  expect([nobody.status, codeOf(nobody)]).toEqual([401, "token-rejected"]);
});
