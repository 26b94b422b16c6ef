import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { filter, firstValueFrom } from "rxjs";
import { afterEach, beforeEach } from "vitest";
import { bearer } from "#core/auth/access-token.ts";
import { type DeviceClocks, machineClocks } from "#core/clock/trusted-clock.ts";
import { openLocalDatabase } from "#core/database.ts";
import type { AccountFiles } from "#core/files/account-files.ts";
import { filesBeside, openFilesBeside } from "#core/files/beside.ts";
import { Account } from "#core/session/account.ts";
import { ServerClient, type ServerClientOptions } from "#core/sync/server-client.ts";
import { openBlobs } from "#server/files/blobs.ts";
import { openSqlite } from "#server/store/open-sqlite.ts";
import type { Store } from "#server/store/store.ts";
import { serve } from "#server/testing/client.ts";
import { seed } from "#server/testing/world.ts";
import type { SyncStatus } from "#shared/ipc/views.ts";
import { ok } from "#shared/result.ts";
import { id } from "#shared/testing/builders.ts";

const log = pino({ level: "silent" });

/** A real server over a real store, on a port of its own, that can be stopped and started again. */
export class TestServer {
  readonly folder = mkdtempSync(join(tmpdir(), "sync-"));
  readonly now: () => string;
  store!: Store;
  #app: Awaited<ReturnType<typeof serve>> | null = null;
  port = 0;

  constructor(now = () => new Date().toISOString()) {
    this.now = now;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(fresh = false): Promise<void> {
    const opened = await openSqlite(join(this.folder, "server.db"));
    if (!opened.ok) throw new Error(opened.error.code);
    this.store = opened.value;
    if (fresh) await seed(this.store);
    const blobs = openBlobs({ store: "local", folder: join(this.folder, "files") });
    this.#app = await serve(this.store, this.now, blobs);
    await this.#app.app.listen({ port: this.port, host: "127.0.0.1" });
    this.port = (this.#app.app.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    await this.#app?.app.close();
    await this.store.close();
    this.#app = null;
  }

  async remove(): Promise<void> {
    if (this.#app !== null) await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A device of someone's: a folder with an encrypted database, and the core's account upon it. */
export class TestDevice {
  readonly folder = mkdtempSync(join(tmpdir(), "device-"));
  readonly key = randomBytes(32).toString("hex");
  readonly who: string;
  readonly server: TestServer;
  account!: Account;
  files!: AccountFiles;
  fetch: typeof globalThis.fetch = globalThis.fetch;
  clocks: DeviceClocks = machineClocks;

  constructor(who: string, server: TestServer) {
    this.who = who;
    this.server = server;
  }

  get file(): string {
    return join(this.folder, "local.db");
  }

  async open(): Promise<void> {
    const database = await openLocalDatabase(this.file, this.key);
    if (!database.ok) throw new Error(database.error.code);
    const options: ServerClientOptions = {
      serverUrl: this.server.url,
      installation: id(`device of ${this.who}`),
      appVersion: "test",
      token: async () => ok(bearer(this.who)),
      fetch: (input, init) => this.fetch(input, init),
      wall: () => this.clocks.wall(),
    };
    this.account = await Account.open(database.value, new ServerClient(options), log, this.clocks);
    const parts = { file: filesBeside(this.file), keyHex: this.key, server: options };
    const files = await openFilesBeside(this.account, parts, log);
    if (!files.ok) throw new Error(files.error.code);
    this.files = files.value;
  }

  async close(): Promise<void> {
    await this.files.close();
    await this.account.close();
  }

  async remove(): Promise<void> {
    await this.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Resolves when sync stands so; fails with the test's own time limit. */
  async until(is: (status: SyncStatus) => boolean): Promise<SyncStatus> {
    return firstValueFrom(this.account.status$.pipe(filter(is)));
  }

  upToDate(): Promise<SyncStatus> {
    return this.until((s) => s.phase === "up-to-date" && s.waiting === 0);
  }

  offline(): Promise<SyncStatus> {
    return this.until((s) => s.phase === "offline");
  }
}

/** For each test a server with the test world, and a coordinator's device that has all of it. */
export const nokOnline = (): { server: () => TestServer; nok: () => TestDevice } => {
  let server: TestServer;
  let nok: TestDevice;
  beforeEach(async () => {
    server = new TestServer();
    await server.start(true);
    nok = new TestDevice("Nok", server);
    await nok.open();
    await nok.upToDate();
  });
  afterEach(async () => {
    await nok.remove();
    await server.remove();
  });
  return { server: () => server, nok: () => nok };
};
