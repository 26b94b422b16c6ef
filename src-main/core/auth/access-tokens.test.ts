import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { decodeJwt } from "jose";
import { pino } from "pino";
import { describe, expect, it, onTestFinished } from "vitest";
import { createOwnerOnlyFileVault } from "./owner-only-file-vault.ts";
import { createDevice, must, signIn } from "./testing/device.ts";
import { startProvider, useSharedProvider } from "./testing/provider-process.ts";

const refused = (code: string) => ({ ok: false, error: { code } });
const almostFiveMinutes = 4.5 * 60_000;

const silentVault = (file: string) =>
  createOwnerOnlyFileVault({ file, log: pino({ level: "silent" }) });

const shared = useSharedProvider();

describe("access tokens", () => {
  it("[AUTH-2] are reused while they last, then refreshed once for all who ask", async () => {
    const { issuer } = shared;
    const device = createDevice(issuer);
    const authenticator = device.start();
    await signIn(authenticator);
    const first = must(await authenticator.accessToken());
    expect(must(await authenticator.accessToken())).toBe(first);
    expect(device.refreshes()).toHaveLength(0);
    device.clock.offset = almostFiveMinutes;
    const asked = await Promise.all(Array.from({ length: 20 }, () => authenticator.accessToken()));
    expect(new Set(asked.map(must)).size).toBe(1);
    expect(asked).not.toContainEqual({ ok: true, value: first });
    expect(device.refreshes()).toHaveLength(1);
  });

  it("[AUTH-2] are renewed when the server refused one, once", async () => {
    const { issuer } = shared;
    const device = createDevice(issuer);
    const authenticator = device.start();
    await signIn(authenticator);
    const first = must(await authenticator.accessToken());
    const second = must(await authenticator.accessToken({ refused: first.value }));
    expect(second).not.toBe(first);
    expect(must(await authenticator.accessToken({ refused: first.value }))).toBe(second);
    expect(device.refreshes()).toHaveLength(1);
  });

  it("[AUTH-2] are not trusted longer because the clock was set back", async () => {
    const { issuer } = shared;
    const device = createDevice(issuer);
    const authenticator = device.start();
    await signIn(authenticator);
    device.clock.offset = -3_600_000;
    must(await authenticator.accessToken());
    expect(device.refreshes()).toHaveLength(1);
  });

  it("[ACC-5] are handed out only when the rotated refresh token is on disk", async () => {
    const { issuer } = shared;
    const device = createDevice(issuer);
    await signIn(device.start());
    const before = device.stored().refreshToken;
    must(await device.start().accessToken());
    const after = device.stored().refreshToken;
    expect(after).not.toBe(before);
    must(await device.start().accessToken());
    expect(
      device.refreshes().map(({ body }) => new URLSearchParams(body).get("refresh_token")),
    ).toEqual([before, after]);
  });

  it("[ACC-5] wait for a vault that cannot be written, without losing the session", async () => {
    const { issuer } = shared;
    const device = createDevice(issuer);
    await signIn(device.start());
    const log = pino({ level: "silent" });
    const vault = createOwnerOnlyFileVault({ file: device.file, log });
    let full = true;
    const detail = "ENOSPC";
    const fault = { code: "vault-unavailable", reason: "unwritable", detail } as const;
    const authenticator = device.start({
      tokenVault: {
        ...vault,
        save: async (secret) => (full ? { ok: false, error: fault } : vault.save(secret)),
      },
    });
    expect(await authenticator.accessToken()).toMatchObject(refused("vault-unavailable"));
    expect(await authenticator.accessToken()).toMatchObject(refused("vault-unavailable"));
    expect(device.refreshes()).toHaveLength(1);
    full = false;
    must(await authenticator.accessToken());
    must(await device.start().accessToken());
  });

  it("[ACC-5] survive a crash between the provider's answer and the disk", async () => {
    const { issuer } = shared;
    const device = createDevice(issuer);
    await signIn(device.start());
    const { refreshToken } = device.stored();
    const crashing = device.start({
      tokenVault: { ...silentVault(device.file), save: () => new Promise(() => {}) },
    });
    void crashing.accessToken();
    await expect.poll(() => device.refreshes().length).toBe(1);
    expect(device.stored().refreshToken).toBe(refreshToken);
    must(await device.start().accessToken());
  });

  it("[ACC-5] end with the session when its refresh token is used by someone else", async () => {
    const { issuer } = shared;
    const device = createDevice(issuer);
    const authenticator = device.start();
    const { session } = await signIn(authenticator);
    const stolen = createDevice(issuer);
    const record = JSON.parse(JSON.stringify(device.stored()));
    const log = pino({ level: "silent" });
    await createOwnerOnlyFileVault({ file: stolen.file, log }).save(record);
    device.clock.offset = almostFiveMinutes;
    must(await authenticator.accessToken());
    const spent = must(await authenticator.accessToken());
    must(await authenticator.accessToken({ refused: spent.value }));
    expect(await stolen.start().accessToken()).toMatchObject(refused("session-ended"));
    const last = must(await authenticator.accessToken());
    expect(await authenticator.accessToken({ refused: last.value })).toEqual(
      refused("session-ended"),
    );
    expect(must(await authenticator.session())).toEqual({ ...session, ended: true });
    const asked = device.requests.length;
    expect(await authenticator.accessToken({ refused: last.value })).toEqual(
      refused("session-ended"),
    );
    expect(device.requests).toHaveLength(asked);
    expect(must(await device.start().session())).toEqual({ ...session, ended: true });
    device.clock.offset = 0;
    await signIn(authenticator);
    expect(must(await authenticator.session())).toMatchObject({ ended: false });
  });

  it("[AUTH-2] survive a restart of the provider, with the roles it then has", async () => {
    const provider = await startProvider();
    const device = createDevice(provider.issuer);
    const authenticator = device.start();
    await signIn(authenticator);
    await provider.kill();
    device.clock.offset = almostFiveMinutes;
    expect(await authenticator.accessToken()).toMatchObject(refused("provider-unreachable"));
    expect(must(await authenticator.session())).toMatchObject({ ended: false });
    const apps = { partners: "administrator" };
    await provider.restart({ apps });
    const retry = await authenticator.accessToken();
    const token = must(retry.ok ? retry : await authenticator.accessToken());
    expect(decodeJwt(token.value).apps).toEqual(apps);
    expect(must(await authenticator.session())).toMatchObject({ apps, ended: false });
    expect(must(await device.start().session())).toMatchObject({ apps });
  });

  it("[ACC-5] are not given up for a hotspot's page or a broken proxy", async () => {
    const provider = await startProvider();
    const device = createDevice(provider.issuer);
    await signIn(device.start());
    for (const [status, type] of [
      [200, "text/html"],
      [302, "text/html"],
      [401, "text/html"],
      [400, "text/plain"],
      [502, "application/json"],
      [429, "application/json"],
    ] as const) {
      const hotspot = createServer((_, res) => {
        res.writeHead(status, { "content-type": type, location: "http://127.0.0.1:1/" });
        res.end(type === "application/json" ? '{"error":"slow_down"}' : "<p>Please log in</p>");
      });
      await new Promise<void>((resolve) => hotspot.listen(0, "127.0.0.1", resolve));
      onTestFinished(() => void hotspot.close());
      const there = `http://127.0.0.1:${(hotspot.address() as AddressInfo).port}/`;
      const behind = device.start({
        fetch: (url, init) => fetch(url.endsWith("/token") ? there : url, init),
      });
      expect(await behind.accessToken()).toMatchObject(refused("provider-unreachable"));
      expect(must(await behind.session())).toMatchObject({ ended: false });
    }
    must(await device.start().accessToken());
  });
});
