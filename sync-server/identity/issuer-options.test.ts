import { expect, test } from "vitest";
import { issuerFrom } from "./issuer-options.ts";

const set = {
  RIVERSYNC_ISSUER: "https://id.example",
  RIVERSYNC_AUDIENCE: "https://sync.example",
  RIVERSYNC_CLIENT_ID: "desktop",
};

test("[AUTH-1] without an issuer of one's own there is none", () => {
  expect(issuerFrom({})).toEqual({ ok: true, value: null });
});

test("[AUTH-1] [ID-1] an issuer is set by its address, audience and client, bound tokens by default", () => {
  expect(issuerFrom(set)).toEqual({
    ok: true,
    value: {
      issuer: "https://id.example",
      audience: "https://sync.example",
      clientId: "desktop",
      tokenBinding: "dpop",
      tokenType: "at+jwt",
      claims: { subject: "sub", tenant: null },
    },
  });
  const named = { ...set, RIVERSYNC_CLAIM_SUBJECT: "oid", RIVERSYNC_CLAIM_TENANT: "org" };
  expect(issuerFrom({ ...named, RIVERSYNC_TOKEN_BINDING: "bearer" })).toMatchObject({
    value: { tokenBinding: "bearer", claims: { subject: "oid", tenant: "org" } },
  });
});

test.each([
  ["no audience", { RIVERSYNC_AUDIENCE: undefined }, "RIVERSYNC_AUDIENCE"],
  ["no client", { RIVERSYNC_CLIENT_ID: "" }, "RIVERSYNC_CLIENT_ID"],
  ["an address in the clear", { RIVERSYNC_ISSUER: "http://id.example" }, "RIVERSYNC_ISSUER"],
  ["keys in the clear", { RIVERSYNC_JWKS_URI: "http://id.example/jwks" }, "RIVERSYNC_JWKS_URI"],
  ["a binding nobody knows", { RIVERSYNC_TOKEN_BINDING: "mtls" }, "RIVERSYNC_TOKEN_BINDING"],
])("[AUTH-1] %s is a sentence that names the setting", (_how, changed, name) => {
  const read = issuerFrom({ ...set, ...changed });
  expect(read).toEqual({ ok: false, error: expect.stringContaining(name) });
});
