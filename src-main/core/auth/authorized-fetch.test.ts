import { expect, test } from "vitest";
import { ok } from "#shared/result.ts";
import type { AccessToken, ToProve } from "./access-token.ts";
import { createAuthorizedFetch } from "./authorized-fetch.ts";

const url = "http://127.0.0.1:9/sync/pull?after=1";
const answer = (status: number, error?: string, nonce?: string) =>
  new Response("{}", {
    status,
    headers: {
      ...(error === undefined ? {} : { "www-authenticate": `DPoP error="${error}"` }),
      ...(nonce === undefined ? {} : { "dpop-nonce": nonce }),
    },
  });

/** A device whose server gives one answer after the other, and what it was asked with. */
const device = (...answers: Response[]) => {
  const proofs: ToProve[] = [];
  const asked: { authorization: string | null; body: unknown }[] = [];
  const token = async (refused?: string) => {
    const prove: AccessToken["prove"] = async (of) => `proof ${proofs.push(of)}`;
    return ok({ value: refused === undefined ? "old" : "new", prove });
  };
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    const authorization = new Headers(init?.headers).get("authorization");
    asked.push({ authorization, body: init?.body });
    return answers.shift() ?? answer(200);
  };
  const ask = createAuthorizedFetch({ token, fetch });
  return { proofs, asked, send: () => ask(url, { method: "POST", body: "body" }) };
};
const status = (result: Awaited<ReturnType<ReturnType<typeof device>["send"]>>) =>
  result.ok && result.value.status;

test("[RFC 9449] a nonce the server wants is put into the next proof, unnoticed, and kept", async () => {
  const { send, proofs, asked } = device(answer(401, "use_dpop_nonce", "n-1"));
  expect(status(await send())).toBe(200);
  expect(status(await send())).toBe(200);
  expect(proofs).toEqual([
    { method: "POST", url, nonce: undefined },
    { method: "POST", url, nonce: "n-1" },
    { method: "POST", url, nonce: "n-1" },
  ]);
  expect(asked.map(({ body }) => body)).toEqual(["body", "body", "body"]);
  expect(asked[0]?.authorization).toBe("DPoP old");
});

test("[RFC 9449] a nonce that comes with an answer saves the next refusal", async () => {
  const { send, proofs } = device(answer(200, undefined, "n-1"), answer(200, undefined, "n-2"));
  for (let times = 0; times < 3; times += 1) await send();
  expect(proofs.map(({ nonce }) => nonce)).toEqual([undefined, "n-1", "n-2"]);
});

test("[AUTH-1] a stale nonce and an old token are settled in one go, each once", async () => {
  const { send, asked } = device(
    answer(401, "use_dpop_nonce", "n-1"),
    answer(401, "invalid_token"),
    answer(200),
  );
  expect(status(await send())).toBe(200);
  expect(asked.map(({ authorization }) => authorization)).toEqual([
    "DPoP old",
    "DPoP old",
    "DPoP new",
  ]);
});

test.each([
  ["use_dpop_nonce", 2],
  ["invalid_token", 2],
  ["invalid_dpop_proof", 1],
  [undefined, 1],
])("[AUTH-1] a server that goes on refusing (%s) has the last word", async (error, times) => {
  const { send, asked } = device(...Array.from({ length: 5 }, () => answer(401, error, "n")));
  expect(status(await send())).toBe(401);
  expect(asked).toHaveLength(times);
});
