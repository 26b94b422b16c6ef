import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { createOwnerOnlyFileVault } from "./owner-only-file-vault.ts";
import { createDevice, must, signIn } from "./testing/device.ts";
import { startProvider, useSharedProvider } from "./testing/provider-process.ts";

const refused = (code: string) => ({ ok: false, error: { code } });
const almostFiveMinutes = 4.5 * 60_000;

const silentVault = (file: string) =>
  createOwnerOnlyFileVault({ file, log: pino({ level: "silent" }) });

const shared = useSharedProvider();

describe("signing out", () => {
  it("[ACC-5] ends the session here at once, and at the provider when it is there", async () => {
    const provider = await startProvider();
    const device = createDevice(provider.issuer);
    const opened: string[] = [];
    const authenticator = device.start({ openUrl: (url) => void opened.push(url) });
    await signIn(authenticator);
    const left = device.stored();
    const out = must(await authenticator.signOut());
    expect(out.revoked).toBe(true);
    expect(out.endSessionUrl).toContain("/session/end?");
    expect(opened.at(-1)).toBe(out.endSessionUrl);
    expect(await authenticator.accessToken()).toEqual(refused("not-signed-in"));
    expect(must(await device.start().session())).toBeUndefined();
    const stolen = createDevice(provider.issuer);
    await silentVault(stolen.file).save(left);
    expect(await stolen.start().accessToken()).toEqual(refused("session-ended"));

    await signIn(authenticator);
    const racing = device.start();
    device.clock.offset = almostFiveMinutes;
    const [token] = await Promise.all([racing.accessToken(), racing.signOut()]);
    expect(token).toEqual(refused("not-signed-in"));
    expect(must(await device.start().session())).toBeUndefined();

    device.clock.offset = 0;
    await signIn(authenticator);
    await provider.kill();
    expect(must(await device.start().signOut())).toEqual({ revoked: false });
    expect(must(await device.start().session())).toBeUndefined();
  });

  it("leaves no token in the log, nor did anything before it", async () => {
    const { issuer } = shared;
    const device = createDevice(issuer);
    const authenticator = device.start();
    await signIn(authenticator);
    const { refreshToken = "", idToken, proofKey } = device.stored();
    const token = must(await authenticator.accessToken());
    await authenticator.accessToken({ refused: token.value });
    await authenticator.signOut();
    const log = device.logged.join("");
    expect(log).toContain("signed out");
    for (const secret of [token.value, refreshToken, idToken, proofKey?.d ?? ""])
      expect(log).not.toContain(secret);
  });
});
