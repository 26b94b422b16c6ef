import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { filter, firstValueFrom } from "rxjs";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { authFailure } from "#core/auth/auth-error.ts";
import { createAuthenticator } from "#core/auth/authenticator.ts";
import { createOwnerOnlyFileVault } from "#core/auth/owner-only-file-vault.ts";
import { openLocalDatabase } from "#core/database.ts";
import { attach } from "#core/files/attach.ts";
import { filesBeside, openFilesBeside } from "#core/files/beside.ts";
import { Account } from "#core/session/account.ts";
import { ServerClient } from "#core/sync/server-client.ts";
import { type RunningServer, startServer } from "#server/start-server.ts";
import { fail } from "#shared/failure.ts";
import { err } from "#shared/result.ts";
import { TestBrowser } from "#shared/testing/browser.ts";
import { freePort } from "../harness/ports.ts";

const log = pino({ level: "silent" });
const clientId = "riversync-desktop";
const NOK = "nok@nera.example";
const folder = mkdtempSync(join(tmpdir(), "bound-"));
let ports: { port: number; issuerPort: number };
let server: RunningServer;

const startAgain = async () => {
  const started = await startServer({ ...ports, dataFolder: join(folder, "server"), log });
  if (!started.ok) throw new Error(JSON.stringify(started.error));
  server = started.value;
};
beforeAll(async () => {
  ports = { port: await freePort(), issuerPort: await freePort() };
  await startAgain();
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const must = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (result.ok) return result.value;
  throw new Error(JSON.stringify(result.error));
};

/** A device on which somebody signs in at the real provider, and syncs with the real server. */
const device = async (login = NOK) => {
  const at = mkdtempSync(join(tmpdir(), "device-"));
  const auth = createAuthenticator({
    issuer: server.issuer,
    clientId,
    tokenVault: createOwnerOnlyFileVault({ file: join(at, "session.json"), log }),
    clock: { now: () => Date.now() },
    log,
  });
  const prove = async (begun: Awaited<ReturnType<typeof auth.stepUp>>) => {
    const pending = must(begun);
    const browser = new TestBrowser();
    const page = await browser.open(pending.url);
    const redirect = await browser.submit(page, { login, password: server.password });
    await fetch(redirect.url);
    return must(await pending.waitForResult());
  };
  const session = await prove(await auth.beginSignIn({ locale: "en" }));
  const keyHex = randomBytes(32).toString("hex");
  const database = must(await openLocalDatabase(join(at, "local.db"), keyHex));
  /** What went over the line, and how it was answered. */
  const heard: { asked: string; status: number; authorization: string; proof: string }[] = [];
  const options = {
    serverUrl: server.url,
    installation: crypto.randomUUID(),
    appVersion: "test",
    token: async (refused?: string) => {
      const token = await auth.accessToken(refused === undefined ? {} : { refused });
      return token.ok ? token : err(authFailure(token.error));
    },
    fetch: (async (input, init) => {
      const answer = await fetch(input, init);
      const headers = new Headers(init?.headers);
      heard.push({
        asked: `${init?.method} ${new URL(String(input)).pathname.replace(/[0-9a-f]{32,}/, "…")}`,
        status: answer.status,
        authorization: headers.get("authorization") ?? "",
        proof: headers.get("dpop") ?? "",
      });
      return answer;
    }) satisfies typeof globalThis.fetch,
  };
  const client = new ServerClient(options);
  const account = await Account.open(database, client, log);
  const beside = { file: filesBeside(join(at, "local.db")), keyHex, server: options };
  const files = must(await openFilesBeside(account, beside, log));
  onTestFinished(async () => {
    await files.close();
    await account.close();
    rmSync(at, { recursive: true, force: true });
  });
  const upToDate = () =>
    firstValueFrom(account.status$.pipe(filter((s) => s.phase === "up-to-date" && !s.waiting)));
  await upToDate();
  const stepUp = async () => prove(await auth.stepUp({ locale: "en" }));
  return { auth, account, files, client, heard, upToDate, stepUp, session };
};

test("[RFC 9449] documents, the live stream and files go with a proof each, through a restart of the server", async () => {
  const technician = server.accounts.find(({ name }) => name === "Ploy Chaiyasit");
  const { account, files, heard, upToDate, session } = await device(technician?.login);
  const visits = await account.database.records.find({ selector: { kind: "visit" } }).exec();
  const target = visits.find(
    ({ data }) => data?.assigneeId === session.sub && data?.status !== "completed",
  );
  const photo = randomBytes(1_300_000);
  const hash = createHash("sha256").update(photo).digest("hex");
  await server.close();
  // The next life of the server knows neither the nonces of the last one, nor what they were spent on.
  await startAgain();
  const attached = await attach(files, account.maker, {
    visitId: target?.id ?? "",
    file: new Blob([photo], { type: "image/jpeg" }),
    name: "nameplate.jpg",
    thumb: "data:image/jpeg;base64,/9j/4AAQSkZJRg==",
    caption: "Nameplate",
  });
  expect(attached).toEqual({ ok: true, value: { hash } });
  await expect.poll(() => files.views().find((view) => view.hash === hash)?.state).toBe("sent");
  await upToDate();
  const bare = heard.filter((h) => !h.authorization.startsWith("DPoP ") || h.proof === "");
  expect(bare).toEqual([]);
  expect(new Set(heard.map(({ proof }) => proof)).size).toBe(heard.length);
  const ways = heard.filter(({ status }) => status < 300).map(({ asked }) => asked);
  expect(ways).toEqual(
    expect.arrayContaining(["GET /sync/live", "POST /sync/pull", "POST /sync/push", "POST /files"]),
  );
  // Both speakers, of documents and of files, were told the new nonce, and nobody else noticed.
  const refusals = heard.filter(({ status }) => status === 401);
  expect(refusals.length).toBeGreaterThan(1);
  expect(account.status$.value.failure).toBeNull();
});

test("[ACC-5] whoever has a copy of the tokens and not of the key has nothing", async () => {
  const { auth, heard } = await device();
  const { value } = must(await auth.accessToken());
  const last = heard.findLast(({ status }) => status === 200);
  const me = (headers: Record<string, string>) =>
    fetch(`${server.url}/sync/me`, { headers }).then(({ status }) => status);
  expect(await me({ authorization: `Bearer ${value}` })).toBe(401);
  expect(await me({ authorization: `DPoP ${value}` })).toBe(401);
  expect(await me({ authorization: `DPoP ${value}`, dpop: last?.proof ?? "" })).toBe(401);
});

test("[ACC-5] signing out everywhere is heard by the other device at once; its work stays", async () => {
  const [lost, here] = [await device(), await device()];
  const held = await lost.account.database.records.count().exec();
  const ended = firstValueFrom(lost.account.ended$);
  await here.stepUp();
  const { devices } = must(await here.client.devices());
  expect(devices.filter((known) => known.here)).toHaveLength(1);
  expect(devices.length).toBeGreaterThan(1);
  must(await here.client.signOutEverywhere());
  expect(await ended).toMatchObject({ code: "session-ended" });
  expect(await lost.account.database.records.count().exec()).toBe(held);
  expect(await here.client.devices()).toMatchObject({ error: fail("session-ended") });
  expect(must(await lost.auth.session())).toMatchObject({ sub: lost.session.sub });
});
