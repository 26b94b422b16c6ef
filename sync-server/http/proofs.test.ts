import { createHash } from "node:crypto";
import { generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, test } from "vitest";
import { routes } from "#shared/sync/wire.ts";
import { createDeviceKey } from "../identity/testing/device-key.ts";
import { refusal, setStage } from "../identity/testing/stage.ts";

const me = routes.me;
const ath = (token: string) => createHash("sha256").update(token).digest("base64url");

describe("[RFC 9449] a token that is bound to a device's key", () => {
  test("is taken with a proof, and nobody else's", async () => {
    const { signIn, send, nonce } = await setStage();
    const { tokens, ask } = await signIn("Nok");
    expect((await ask(me)).status).toBe(200);
    const thief = await createDeviceKey();
    const stolen = { token: tokens.access_token };
    expect(await refusal(await ask(me, { scheme: "Bearer", proof: null }))).toEqual([
      401,
      "token-not-bound",
    ]);
    expect(await refusal(await ask(me, { proof: null }))).toEqual([401, "proof-rejected"]);
    const answer = await send(me, thief, await nonce(), stolen);
    expect(await refusal(answer)).toEqual([401, "proof-rejected"]);
  });

  test("is not taken with a proof that was used, or is of something else", async () => {
    const { signIn, url, nonce } = await setStage();
    const { key, tokens, ask } = await signIn("Nok");
    const token = tokens.access_token;
    const good = { method: "GET", url: `${url}${me}`, token, nonce: await nonce() };
    const once = await key.proof(good);
    expect((await ask(me, { proof: once })).status).toBe(200);
    const { privateKey } = await generateKeyPair("ES256");
    const header = { typ: "dpop+jwt", alg: "ES256", jwk: key.jwk };
    const claims = { htm: "GET", htu: `${url}${me}`, jti: "j", ath: ath(token), nonce: good.nonce };
    const bad = {
      replayed: once,
      "of another address": await key.proof({ ...good, url: `${url}${routes.pull}` }),
      "of another host": await key.proof({ ...good, url: `https://evil.example${me}` }),
      "of another method": await key.proof({ ...good, method: "POST" }),
      "of another token": await key.proof({ ...good, token: `${token}x` }),
      "of no token": await key.proof({ ...good, claims: { ath: undefined } }),
      "with no id": await key.proof({ ...good, claims: { jti: undefined } }),
      "of another kind": await key.proof({ ...good, header: { typ: "JWT" } }),
      "signed by another key": await new SignJWT(claims)
        .setProtectedHeader(header)
        .sign(privateKey),
      "not signed": new UnsecuredJWT(claims).encode(),
      "signed with a secret": await new SignJWT(claims)
        .setProtectedHeader({ ...header, alg: "HS256" })
        .sign(new TextEncoder().encode(JSON.stringify(key.jwk))),
      "no token at all": "nonsense",
      "larger than any": "x".repeat(9000),
    };
    for (const [how, proof] of Object.entries(bad)) {
      const answer = await ask(me, { proof });
      expect({ how, challenge: answer.headers.get("www-authenticate") }).toEqual({
        how,
        challenge: 'DPoP error="invalid_dpop_proof"',
      });
      expect(await refusal(answer)).toEqual([401, "proof-rejected"]);
    }
    expect((await ask(me)).status).toBe(200);
  });

  test("is proved with the server's nonce, and any other is answered with the right one", async () => {
    const { signIn, send } = await setStage();
    const { key, tokens } = await signIn("Nok");
    const asked = { token: tokens.access_token };
    for (const nonce of [null, "one-of-another-process"]) {
      const answer = await send(me, key, nonce, asked);
      expect(answer.headers.get("www-authenticate")).toBe('DPoP error="use_dpop_nonce"');
      expect(answer.status).toBe(401);
      const told = answer.headers.get("dpop-nonce");
      expect((await send(me, key, told, asked)).status).toBe(200);
    }
  });

  test("is taken whatever the device's clock says", async () => {
    const { signIn } = await setStage();
    const { key, ask } = await signIn("Nok");
    for (const days of [-3650, -2, 2, 3650]) {
      key.clock.offsetSeconds = days * 86_400;
      expect((await ask(me)).status).toBe(200);
    }
  });
});
