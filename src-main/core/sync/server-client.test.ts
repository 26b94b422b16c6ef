import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ok } from "#shared/result.ts";
import { bearer } from "../auth/access-token.ts";
import { ServerClient } from "./server-client.ts";

const url = "http://127.0.0.1:4999";
const network = setupServer();
beforeAll(() => network.listen());
afterEach(() => network.resetHandlers());
afterAll(() => network.close());

const renewed = async (refused?: string) => ok(bearer(refused === undefined ? "old" : "new"));
const client = (token = renewed) =>
  new ServerClient({
    serverUrl: url,
    installation: "01890000-0000-7000-8000-000000000000",
    appVersion: "test",
    token,
    timeoutMs: 200,
  });

const pullAnswers = (answer: () => Response | Promise<Response>) =>
  network.use(http.post(`${url}/sync/pull`, answer));

describe("[S5] what is not an answer of the server is a failure as a value", () => {
  test.each([
    ["the line is cut", () => HttpResponse.error(), "server-unreachable"],
    [
      "a proxy answers with its own page",
      () => HttpResponse.html("<h1>Welcome</h1>"),
      "server-unreachable",
    ],
    [
      "a gateway says 502",
      () => new HttpResponse("bad gateway", { status: 502 }),
      "server-unreachable",
    ],
    ["JSON of another shape", () => HttpResponse.json({ hello: "world" }), "server-failed"],
    [
      "half an answer",
      () => new HttpResponse('{"protocol":1,"rec', { status: 200 }),
      "server-unreachable",
    ],
    [
      "a refusal of the server",
      () =>
        HttpResponse.json({ error: { code: "client-outdated", layer: "sync" } }, { status: 426 }),
      "client-outdated",
    ],
    [
      "a code this client does not know",
      () => HttpResponse.json({ error: { code: "new-code", layer: "sync" } }, { status: 403 }),
      "refused-for-unknown-reason",
    ],
    ["nothing, for too long", () => new Promise<Response>(() => {}), "server-unreachable"],
  ])("%s", async (_name, answer, code) => {
    pullAnswers(answer);
    expect(await client().pull(null, 10)).toMatchObject({ ok: false, error: { code } });
  });
});

describe("[AUTH-1] a token the server does not take", () => {
  const rejected = () =>
    HttpResponse.json(
      { error: { code: "token-rejected", layer: "identity" } },
      { status: 401, headers: { "www-authenticate": 'DPoP error="invalid_token"' } },
    );
  const page = {
    protocol: 1,
    serverTime: "2026-06-15T00:00:00.000Z",
    reset: false,
    records: [],
    checkpoint: { epoch: "e", lens: "l", seq: 0 },
    head: 0,
    more: false,
    sums: null,
  };

  test("is replaced once, and the request made again", async () => {
    network.use(
      http.post(`${url}/sync/pull`, ({ request }) =>
        request.headers.get("authorization") === "Bearer new"
          ? HttpResponse.json(page)
          : rejected(),
      ),
    );
    expect(await client().pull(null, 10)).toMatchObject({ ok: true, value: { head: 0 } });
  });

  test("twice is the server's word, and nothing goes round in circles", async () => {
    let asked = 0;
    pullAnswers(() => {
      asked += 1;
      return rejected();
    });
    expect(await client().pull(null, 10)).toMatchObject({ error: { code: "token-rejected" } });
    expect(asked).toBe(2);
  });
});
