import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import { routes } from "#shared/sync/wire.ts";
import { id, intent } from "#shared/testing/builders.ts";
import { serve } from "../testing/client.ts";
import { temporaryStore } from "../testing/temporary-store.ts";
import { seed } from "../testing/world.ts";

let kept: Awaited<ReturnType<typeof temporaryStore>>;
let server: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  kept = await temporaryStore();
  await seed(kept.store);
  server = await serve(kept.store);
});
afterAll(async () => {
  await server.app.close();
  await kept.remove();
});

const pullBody = { protocol: PROTOCOL, after: null, limit: 10 };

describe("what is not a request of ours", () => {
  test.each([
    ["no token", routes.pull, {}, JSON.stringify(pullBody), 401, "token-rejected"],
    [
      "half a body",
      routes.pull,
      { authorization: "Bearer Nok" },
      '{"protocol":',
      400,
      "request-malformed",
    ],
    [
      "a body of another shape",
      routes.pull,
      { authorization: "Bearer Nok" },
      "[]",
      400,
      "request-malformed",
    ],
    [
      "a limit beyond all measure",
      routes.pull,
      { authorization: "Bearer Nok" },
      JSON.stringify({ ...pullBody, limit: 1e9 }),
      400,
      "request-malformed",
    ],
    [
      "an account nobody knows",
      routes.pull,
      { authorization: "Bearer Nemo" },
      JSON.stringify(pullBody),
      403,
      "account-unknown",
    ],
    [
      "more than is taken",
      routes.push,
      { authorization: "Bearer Nok" },
      JSON.stringify({ pad: "x".repeat(5_000_000) }),
      413,
      "intent-too-large",
    ],
  ])(
    "%s is refused with a failure, not a crash",
    async (_name, url, headers, payload, status, code) => {
      const answer = await server.app.inject({
        method: "POST",
        url,
        headers: { "content-type": "application/json", ...headers },
        payload,
      });
      expect([answer.statusCode, answer.json().error.code]).toEqual([status, code]);
    },
  );

  test("an unknown address has nothing to tell", async () => {
    const answer = await server.app.inject({ url: "/sync/../etc/passwd" });
    expect(answer.statusCode).toBe(404);
  });
});

describe("[S12] another protocol", () => {
  test("is told to update when it pulls", async () => {
    const answer = await server.post("Nok", routes.pull, { ...pullBody, protocol: PROTOCOL - 1 });
    expect([answer.statusCode, answer.json().error.code]).toEqual([426, "client-outdated"]);
  });

  test("that is older may still hand in what it holds", async () => {
    const answer = await server.post("Nok", routes.push, {
      protocol: PROTOCOL - 1,
      installation: id("old"),
      appVersion: "0.0.1",
      intents: [intent("Nok", "ticket.note", id("pump-ticket"), { text: "from an old client" })],
    });
    expect(answer.json().verdicts[0].status).toBe("applied");
  });
});

test("[S5] whatever an intent is made of, the server answers with a verdict", async () => {
  const strange = [
    null,
    7,
    "text",
    [],
    {},
    { id: "no-uuid" },
    { id: id("x"), type: "__proto__", target: null, payload: null },
    { ...intent("Nok", "ticket.note", id("pump-ticket")), payload: { text: "x".repeat(5000) } },
    { ...intent("Nok", "ticket.note", id("pump-ticket")), deviceTime: "yesterday" },
    { ...intent("Nok", "ticket.note", id("pump-ticket")), baseRev: -1 },
  ];
  const answer = await server.pushRaw("Nok", strange);
  expect(answer.statusCode).toBe(200);
  const statuses = answer.json().verdicts.map((v: { status: string }) => v.status);
  expect(statuses).toEqual(strange.map(() => "refused"));
});

test("[S3] a clock that runs ahead dates nothing later than the server's own time", async () => {
  const note = intent(
    "Nok",
    "ticket.note",
    id("pump-ticket"),
    { text: "from the future" },
    { deviceTime: "2030-01-01T00:00:00.000Z" },
  );
  const { records } = await server.push("Nok", note);
  const notes = records[0]?.data?.notes as { text: string; at: string }[];
  expect(notes.find((n) => n.text === "from the future")?.at).toMatch(/^2026/);
});
