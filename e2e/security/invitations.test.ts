import pino from "pino";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { invitationsOf } from "#server/access/invitations.ts";
import { buildApp } from "#server/http/app.ts";
import { hashOfInvitation } from "#server/identity/invitation-source.ts";
import { sessionRoutes } from "#shared/sync/session.ts";
import { id, intent, NOW } from "#shared/testing/builders.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.clock.now = NOW;
});

const secretOf = (name: string) => `the secret of ${name}, long enough`;
const invite = async (who: string, name: string, over: Record<string, unknown> = {}) => {
  const { verdicts } = await stage.server.push(
    who,
    intent(who, "person.invite", id(name), {
      ...{ name, email: `${name}@nera.example`, locale: "en", roles: {} },
      ...{ inviteHash: hashOfInvitation(secretOf(name)), ...over },
    }),
  );
  const [verdict] = verdicts;
  return verdict?.status === "refused" ? verdict.failure.code : verdict?.status;
};
const change = async (
  who: string,
  type: "person.invite-again" | "person.withdraw-invitation",
  name: string,
  payload = {},
) => {
  const { verdicts } = await stage.server.push(who, intent(who, type, id(name), payload));
  const [verdict] = verdicts;
  return verdict?.status === "refused" ? verdict.failure.code : verdict?.status;
};
const invitations = () => invitationsOf(stage.store, () => stage.clock.now);
const accept = async (secret: string) => {
  const accepted = await invitations().accept(secret);
  return accepted.ok ? accepted.value.accountId : accepted.error.code;
};
const days = (n: number) => new Date(Date.parse(NOW) + n * 86_400_000).toISOString();

test("[ACC-2] an invitation is good once, also where two accept it at once", async () => {
  expect(await invite("Ada", "once")).toBe("applied");
  const both = await Promise.all([accept(secretOf("once")), accept(secretOf("once"))]);
  expect(both.sort()).toEqual([id("once"), "invitation-ended"].sort());
  expect(await accept(secretOf("once"))).toBe("invitation-ended");
  expect(await invitations().peek(secretOf("once"))).toBeNull();
});

test("[ACC-2] one that is withdrawn, too old, or replaced is good no more, and told as one that never was", async () => {
  for (const name of ["withdrawn", "late", "replaced"])
    expect(await invite("Ada", name)).toBe("applied");
  expect(await change("Ada", "person.withdraw-invitation", "withdrawn")).toBe("applied");
  const fresh = { inviteHash: hashOfInvitation("another secret, long enough") };
  expect(await change("Ada", "person.invite-again", "replaced", fresh)).toBe("applied");
  stage.clock.now = days(14);
  const never = await accept("a secret that never was, at all");
  for (const name of ["withdrawn", "late", "replaced"]) {
    expect([name, await accept(secretOf(name))]).toEqual([name, never]);
    expect(await invitations().peek(secretOf(name))).toBeNull();
  }
});

test("[ACC-2] whoever puts another's hash into an invitation of their own takes nothing from it", async () => {
  expect(await invite("Ada", "first")).toBe("applied");
  const swapped = { inviteHash: hashOfInvitation(secretOf("first")) };
  await invite("Ada", "thief", swapped);
  await invite("Cora", "stranger", { email: "stranger@acme.example", ...swapped });
  expect(await invitations().peek(secretOf("first"))).toMatchObject({
    name: "first",
    tenantName: "Nera",
  });
  expect(await accept(secretOf("first"))).toBe(id("first"));
  expect(await accept(secretOf("first"))).toBe("invitation-ended");
  expect((await stage.shoot("thief", "/sync/me")).status).toBe(403);
});

test("[ACC-2] the hash of an invitation is nowhere told: not to colleagues, nor in the log, nor in a receipt", async () => {
  expect(await invite("Ada", "hidden")).toBe("applied");
  const hash = hashOfInvitation(secretOf("hidden"));
  for (const who of ["Ada", "Una", "Nok"]) {
    const told = await stage.shoot(who, "/sync/pull", {
      body: { protocol: 1, after: null, limit: 5000 },
    });
    expect(told.text).not.toContain(hash);
  }
});

test("[ID-1] an e-mail address is one however it is written, and no other that looks like it", async () => {
  const email = "somchai@nera.example";
  expect(await invite("Ada", "somchai", { email })).toBe("applied");
  const same = ["SOMCHAI@nera.example", "Somchai@NERA.Example"];
  for (const [n, one] of same.entries()) {
    expect([one, await invite("Ada", `same ${n}`, { email: one })]).toEqual([one, "email-in-use"]);
  }
  const none = [
    ...[
      " somchai@nera.example",
      "somchai@nera.example ",
      "somchai@nera.example\n",
      "som chai@nera.example",
    ],
    // Cyrillic, full width, a Kelvin sign, a soft hyphen, a space of no width, and right to left.
    ...["sоmchai@nera.example", "ｓomchai@nera.example", "so\u212Achai@nera.example"],
    ...["som\u00ADchai@nera.example", "somchai\u200B@nera.example", "\u202Esomchai@nera.example"],
    ...[
      "somchai@nera.example\0",
      "somchai@nera.example\r\nBcc: x@evil.example",
      '"a b"@nera.example',
    ],
    ...["<b>@nera.example", "somchai@nera.example,x@evil.example", "@nera.example", ""],
  ];
  for (const [n, one] of none.entries()) {
    const answer = await invite("Ada", `none ${n}`, { email: one });
    expect([one, answer]).toEqual([one, "intent-malformed"]);
  }
  const begun = performance.now();
  const long = `${"a.".repeat(40_000)}@${"a-".repeat(40_000)}`;
  expect(await invite("Ada", "long", { email: long })).toBe("intent-malformed");
  expect(performance.now() - begun).toBeLessThan(5000);
});

test("[ID-1] who invites by the address of another organisation's learns nothing, and takes nothing over", async () => {
  expect(await invite("Ada", "guest", { email: "shared@else.example" })).toBe("applied");
  expect(await accept(secretOf("guest"))).toBe(id("guest"));
  // Whether it is known elsewhere is not told to who invites.
  expect(await invite("Cora", "raid", { email: "shared@else.example" })).toBe("applied");
  expect(await invite("Cora", "plain", { email: "never@else.example" })).toBe("applied");
  expect(await accept(secretOf("raid"))).not.toBe(id("raid"));
  expect((await stage.server.me("guest")).viewer.tenant.id).toBe(id("Nera"));
  expect((await stage.shoot("raid", "/sync/me")).status).toBe(403);
});

test("[ACC-2] invitations are not guessed: every guess is the same, and there are few in a minute", async () => {
  const app = await buildApp({
    ...{ store: stage.store, log: pino({ level: "silent" }), requestsPerMinute: 10_000 },
    ...{ now: () => stage.clock.now, invitations: invitations() },
    authenticate: async () => {
      const expiresAt = Date.now() + 60_000;
      const externalIssuer = "https://id.example";
      return { ok: true, value: { sub: "u-9", tenant: null, expiresAt, externalIssuer } };
    },
  });
  const guess = (invitation: unknown) =>
    app.inject({ method: "POST", url: sessionRoutes.accept, payload: { invitation } as object });
  const odd = [null, 7, {}, [], "short", "x".repeat(300), ["the secret of once, long enough"]];
  for (const one of odd) expect((await guess(one)).json().error.code).toBe("request-malformed");
  const answers: string[] = [];
  for (let n = 0; n < 70; n += 1) {
    answers.push((await guess(`${"guess".repeat(4)} ${n}' OR '1'='1`)).json().error.code);
  }
  expect(answers.filter((code) => code === "invitation-ended").length).toBeLessThanOrEqual(60);
  expect(new Set(answers)).toEqual(new Set(["invitation-ended", "rate-limited"]));
  await app.close();
});
