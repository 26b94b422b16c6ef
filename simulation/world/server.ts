import { copyFileSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { FastifyInstance } from "fastify";
import pino from "pino";
import { buildApp } from "#server/http/app.ts";
import { openSqlite } from "#server/store/open-sqlite.ts";
import type { Store } from "#server/store/store.ts";
import { keepSweeping } from "#server/sync/sweep.ts";
import { fail } from "#shared/failure.ts";
import { err, ok } from "#shared/result.ts";
import { id } from "#shared/testing/builders.ts";
import type { VirtualTime } from "../engine/time.ts";
import { tenantOf } from "./world.ts";

const TOKEN_MS = 20 * 60_000;
const log = pino({ level: "silent" });

/** What the network asks of a server that runs. */
export interface Running {
  app: FastifyInstance;
  store: Store;
  stopSweeping(): void;
}

/** Copies a database file as it stands this instant, with its log. */
export const copyDatabase = (from: string, to: string): void => {
  for (const suffix of ["", "-wal"]) {
    if (existsSync(from + suffix)) copyFileSync(from + suffix, to + suffix);
  }
};

/** The real server over a store on disk, which can be killed at any instant and started again. */
export class SimServer {
  readonly #folder: string;
  readonly #time: VirtualTime;
  #life = 0;
  #running: Running | null = null;
  /** What one life left behind, to be closed where nothing waits for it. */
  readonly #dead: Running[] = [];

  constructor(folder: string, time: VirtualTime) {
    this.#folder = folder;
    this.#time = time;
  }

  /** The file of its store. */
  get file(): string {
    return join(this.#folder, `server-${this.#life}.db`);
  }

  /** The server, or null while it is down. */
  get running(): Running | null {
    return this.#running;
  }

  /** The store of the server, which runs. */
  get store(): Store {
    if (this.#running === null) throw new Error("the server is down");
    return this.#running.store;
  }

  /** Starts over the store as the last life left it. */
  async start(): Promise<void> {
    const opened = await openSqlite(this.file);
    if (!opened.ok) throw new Error(opened.error.code);
    const store = opened.value;
    const now = () => this.#time.iso();
    const app = await buildApp({
      store,
      log,
      requestsPerMinute: 1_000_000,
      now,
      authenticate: async ({ authorization }) => {
        const name = authorization?.replace("Bearer ", "") ?? "";
        const tenant = tenantOf(name);
        if (tenant === "") return err(fail("token-rejected"));
        return ok({ sub: id(name), tenant: id(tenant), expiresAt: Date.now() + TOKEN_MS });
      },
    });
    await app.ready();
    this.#running = { app, store, stopSweeping: keepSweeping(store, now, log) };
  }

  /** Time has gone by in which it swept, every minute: so it does that at once. */
  async sweep(): Promise<void> {
    const running = this.#running;
    if (running === null) return;
    running.stopSweeping();
    running.stopSweeping = keepSweeping(running.store, () => this.#time.iso(), log);
    await this.#time.settle();
  }

  /** Killed: what is on the disk this instant is all that is left of it. */
  kill(): void {
    const dead = this.#running;
    if (dead === null) return;
    this.#running = null;
    dead.stopSweeping();
    this.#dead.push(dead);
    const left = this.file;
    this.#life += 1;
    copyDatabase(left, this.file);
  }

  /** Whether there is a copy to go back to. */
  get hasBackup(): boolean {
    return existsSync(this.#backup);
  }

  /** Keeps what is on the disk this instant, for later. */
  backUp(): void {
    for (const suffix of ["", "-wal"]) rmSync(this.#backup + suffix, { force: true });
    copyDatabase(this.file, this.#backup);
  }

  /** Killed, and all that it had is what was kept. `another` life of its database is called so. */
  restore(another: boolean): void {
    this.kill();
    for (const suffix of ["", "-wal"]) rmSync(this.file + suffix, { force: true });
    copyDatabase(this.#backup, this.file);
    if (!another) return;
    const db = new Database(this.file);
    db.exec("DELETE FROM meta WHERE key = 'epoch'");
    db.close();
  }

  get #backup(): string {
    return join(this.#folder, "backup.db");
  }

  /** Lets go of everything. */
  async remove(): Promise<void> {
    if (this.#running !== null) this.kill();
    for (const { app, store } of this.#dead) {
      await app.close();
      await store.close();
    }
  }
}
