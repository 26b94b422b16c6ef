import { decodeJwt } from "jose";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { TestBrowser } from "#shared/testing/browser.ts";
import { createOwnerOnlyFileVault } from "./owner-only-file-vault.ts";
import type { PendingSignIn } from "./sign-in.ts";
import { createDevice, must, signIn } from "./testing/device.ts";
import { other, password, useSharedProvider } from "./testing/provider-process.ts";

const refused = (code: string) => ({ ok: false, error: { code } });
const shared = useSharedProvider();

/** Signs in in the browser where a pending sign-in is, as `login`. */
const finish = async (pending: PendingSignIn, login: string) => {
  const browser = new TestBrowser();
  const page = await browser.open(pending.url);
  const redirect = await browser.submit(page, { login, password });
  await fetch(redirect.url);
  return { page, result: await pending.waitForResult() };
};
const aSecondLater = (seconds: number) =>
  expect.poll(() => Math.floor(Date.now() / 1000), { timeout: 3000 }).toBeGreaterThan(seconds);

describe("stepping up", () => {
  it("[ACC-5] asks for the password again, and goes on with a younger session", async () => {
    const device = createDevice(shared.issuer);
    const authenticator = device.start();
    const { session } = await signIn(authenticator);
    const before = must(await authenticator.accessToken());
    const { proofKey, refreshToken } = device.stored();
    await aSecondLater((session.authTime ?? 0) / 1000);
    const pending = must(await authenticator.stepUp({ locale: "en" }));
    const asked = new URL(pending.url).searchParams;
    expect([asked.get("max_age"), asked.get("prompt")]).toEqual(["0", "login consent"]);
    const { page, result } = await finish(pending, "nok");
    expect(page.body).toContain('value="nok@nera.example"');
    const after = must(result);
    expect(after).toMatchObject({ sub: session.sub, ended: false });
    expect(after.authTime).toBeGreaterThan(session.authTime ?? 0);
    const token = must(await authenticator.accessToken());
    expect(token.value).not.toBe(before.value);
    expect((decodeJwt(token.value).auth_time as number) * 1000).toBe(after.authTime);
    expect(must(await device.start().session())).toMatchObject({ authTime: after.authTime });
    expect(device.stored().proofKey).toEqual(proofKey);
    expect(device.stored().refreshToken).not.toBe(refreshToken);
  });

  it("[ACC-5] leaves the session as it was where another account signs in", async () => {
    const device = createDevice(shared.issuer);
    const authenticator = device.start();
    await signIn(authenticator);
    const before = device.stored();
    const pending = must(await authenticator.stepUp({ locale: "en" }));
    expect((await finish(pending, other.login)).result).toEqual(refused("step-up-other-account"));
    expect(device.stored()).toEqual(before);
    must(await device.start().accessToken());
  });

  it("[ACC-5] needs somebody who is signed in", async () => {
    const device = createDevice(shared.issuer);
    const stepUp = await device.start().stepUp({ locale: "en" });
    expect(stepUp).toEqual(refused("not-signed-in"));
  });
});

describe("[RFC 9449] the key of a sign-in", () => {
  it("binds the code and every token, and is another one for each sign-in", async () => {
    const device = createDevice(shared.issuer);
    const authenticator = device.start();
    const pending = must(await authenticator.beginSignIn({ locale: "en" }));
    const thumbprint = new URL(pending.url).searchParams.get("dpop_jkt");
    must((await finish(pending, "nok")).result);
    const bound = async () => decodeJwt(must(await authenticator.accessToken()).value).cnf;
    expect(await bound()).toEqual({ jkt: thumbprint });
    const first = device.stored().proofKey;
    device.clock.offset = 4.5 * 60_000;
    expect(await bound()).toEqual({ jkt: thumbprint });
    await signIn(authenticator);
    expect(device.stored().proofKey).not.toEqual(first);
  });

  it("is asked for where a sign-in of before has none: work goes on, a new sign-in helps", async () => {
    const device = createDevice(shared.issuer);
    await signIn(device.start());
    const { proofKey: _, ...before } = device.stored();
    const log = { warn: () => {} } as never;
    await createOwnerOnlyFileVault({ file: device.file, log }).save(before);
    const authenticator = device.start();
    expect(await authenticator.accessToken()).toEqual(refused("session-ended"));
    expect(must(await authenticator.session())).toMatchObject({ sub: "acc-nok" });
    await signIn(authenticator);
    must(await authenticator.accessToken());
  });
});

describe("[ACC-5] a device whose clock is wrong", () => {
  it.each([-400, -2, 3, 400])("by %i days signs in, renews and steps up", async (days) => {
    // The provider is another process, and keeps the right time.
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + days * 86_400_000 });
    onTestFinished(() => void vi.useRealTimers());
    const device = createDevice(shared.issuer);
    const authenticator = device.start();
    const { session } = await signIn(authenticator);
    const first = must(await authenticator.accessToken());
    const second = must(await authenticator.accessToken({ refused: first.value }));
    expect(second.value).not.toBe(first.value);
    must(await device.start().accessToken());
    const pending = must(await authenticator.stepUp({ locale: "en" }));
    expect((await finish(pending, "nok")).result).toMatchObject({ value: { sub: session.sub } });
  });

  it("goes on when the clock jumps while it is signed in", async () => {
    onTestFinished(() => void vi.useRealTimers());
    const device = createDevice(shared.issuer);
    const authenticator = device.start();
    await signIn(authenticator);
    const now = Date.now();
    for (const days of [30, -30, 4000, 0]) {
      vi.useFakeTimers({ toFake: ["Date"], now: now + days * 86_400_000 });
      // The first answer after a jump may be judged by the time of before; it says what time it is.
      const token = await authenticator.accessToken();
      must(token.ok ? token : await authenticator.accessToken());
      expect(must(await authenticator.session())).toMatchObject({ ended: false });
      vi.useRealTimers();
    }
  });
});
