import type { Logger } from "pino";
import { BehaviorSubject, Subject } from "rxjs";
import type { Viewer } from "#shared/access/viewer.ts";
import type { Failure } from "#shared/failure.ts";
import type { SyncStatus } from "#shared/ipc/views.ts";
import type { MeResponse } from "#shared/sync/wire.ts";
import type { LocalDatabase } from "../database.ts";
import { Desk } from "../desk/desk.ts";
import { IntentMaker } from "../intents/make.ts";
import { ask, count } from "../records/queries.ts";
import { Waiting } from "../records/waiting.ts";
import { storageFailure } from "../storage-failure.ts";
import { conflictHandler } from "../sync/conflict.ts";
import { Courier } from "../sync/courier.ts";
import { Replicator } from "../sync/replicator.ts";
import type { ServerClient } from "../sync/server-client.ts";

const idle: SyncStatus = {
  phase: "starting",
  waiting: 0,
  attention: 0,
  received: 0,
  progress: null,
  lastSync: null,
  skew: null,
  failure: null,
  repaired: 0,
  erased: 0,
  files: 0,
};

/** Who the server last said the viewer is, and through which lens it looks. */
type Standing = Pick<MeResponse, "viewer" | "lens" | "epoch">;

const ME_RETRY_MS = 2000;

/** One signed-in account on this device: its database, its sync, its changes. */
export class Account {
  readonly database: LocalDatabase;
  /** What waits for the server. */
  readonly waiting: Waiting;
  readonly maker: IntentMaker;
  readonly desk: Desk;
  readonly viewer$: BehaviorSubject<Viewer | null>;
  readonly status$ = new BehaviorSubject<SyncStatus>(idle);
  /** The server no longer takes this session's tokens. */
  readonly ended$ = new Subject<Failure>();
  readonly #server: ServerClient;
  readonly #log: Logger;
  readonly #settled = new Set<string>();
  #standing: Standing | null = null;
  #replicator: Replicator | null = null;
  #everCaughtUp = false;
  #online = false;
  #closed = false;
  #retry: NodeJS.Timeout | null = null;
  #restarting: Promise<void> = Promise.resolve();

  private constructor(
    database: LocalDatabase,
    waiting: Waiting,
    server: ServerClient,
    log: Logger,
  ) {
    this.database = database;
    this.waiting = waiting;
    this.#server = server;
    this.#log = log;
    this.viewer$ = new BehaviorSubject<Viewer | null>(null);
    this.desk = new Desk(database.desk);
    this.maker = new IntentMaker(
      database.records,
      () => this.#viewer(),
      { now: () => new Date(), skew: () => this.status$.value.skew },
      async (id, pending) => {
        waiting.note(id, pending);
        await this.#recount();
      },
    );
    database.records.conflictHandler = conflictHandler(
      () => database.records,
      () => {
        const viewer = this.#viewer();
        return { accountId: viewer.accountId, tenantId: viewer.tenant.id, name: viewer.name };
      },
      this.#settled,
    );
  }

  /** Opens what is on the disk and begins to sync. Answers as soon as the local copy can be used. */
  static async open(database: LocalDatabase, server: ServerClient, log: Logger): Promise<Account> {
    const account = new Account(database, await Waiting.open(database.records), server, log);
    const kept = await database.settings.findOne("standing").exec();
    if (kept !== null) account.#standing = kept.toMutableJSON().value as Standing;
    account.viewer$.next(account.#standing?.viewer ?? null);
    const caughtUp = await database.settings.findOne("caught-up").exec();
    account.#everCaughtUp = caughtUp !== null;
    account.#tell({ lastSync: (caughtUp?.toJSON().value as { at?: string })?.at ?? null });
    database.records.eventBulks$.subscribe(() => account.#aside(account.#recount()));
    database.desk.$.subscribe(() => account.#aside(account.#recount()));
    await account.#recount();
    account.#aside(account.#begin());
    return account;
  }

  /** Asks for a round of sync at once. */
  syncNow(): void {
    if (this.#replicator === null) this.#aside(this.#begin());
    else this.#replicator.now();
  }

  /** Stops syncing and closes the database. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    await this.#restarting;
    await this.#replicator?.stop();
    this.waiting.close();
    await this.database.close();
  }

  #viewer(): Viewer {
    if (this.#standing === null) throw new Error("nobody has signed in yet");
    return this.#standing.viewer;
  }

  /** With a known standing sync starts at once, offline too; the server's word follows. */
  async #begin(): Promise<void> {
    if (this.#closed || this.#replicator !== null) return;
    if (this.#standing !== null) await this.#replicate(this.#standing);
    await this.#learnStanding();
  }

  async #learnStanding(): Promise<void> {
    if (this.#closed) return;
    const me = await this.#server.me();
    if (this.#closed) return;
    if (!me.ok) {
      this.#contact(me.error);
      this.#retry = setTimeout(() => this.#aside(this.#learnStanding()), ME_RETRY_MS);
      this.#retry.unref();
      return;
    }
    const { viewer, lens, epoch } = me.value;
    const before = this.#standing;
    this.#standing = { viewer, lens, epoch };
    await this.database.settings.incrementalUpsert({ key: "standing", value: this.#standing });
    this.viewer$.next(viewer);
    this.#clock(me.value.serverTime);
    const same = before !== null && before.lens === lens && before.epoch === epoch;
    if (!same || this.#replicator === null) await this.#restart(before !== null && !same);
  }

  /** Another lens: what the old one showed is no longer ours to keep; what waits is sent first. */
  #restart(purge: boolean): Promise<void> {
    this.#restarting = this.#restarting.then(async () => {
      if (this.#closed || this.#standing === null) return;
      const old = this.#replicator;
      this.#replicator = null;
      await old?.stop(true);
      if (purge) await this.#purgeClean();
      await this.#replicate(this.#standing);
    });
    return this.#restarting;
  }

  async #purgeClean(): Promise<void> {
    const clean = await ask(this.database.records, { selector: { dirty: "0" } });
    await this.database.records.bulkRemove(clean.map((record) => record.id));
    await this.database.records.storageInstance.cleanup(0);
    this.#everCaughtUp = false;
    this.#tell({ received: 0 });
  }

  async #replicate({ lens, epoch }: Standing): Promise<void> {
    // Without a lens there is nothing of the Partners app for this account (AUTH-2).
    if (lens === "" || this.#replicator !== null || this.#closed) return;
    const courier = new Courier(this.#server, this.desk, this.database.records, this.waiting);
    this.#replicator = new Replicator(
      {
        database: this.database,
        waiting: this.waiting,
        server: this.#server,
        courier,
        settled: this.#settled,
        log: this.#log,
      },
      {
        contact: (failure) => this.#contact(failure),
        received: ({ count: n, progress, serverTime }) => {
          this.#clock(serverTime);
          this.#tell({ received: this.status$.value.received + n, progress });
          this.#contact(null);
        },
        caughtUp: () => this.#aside(this.#caughtUp()),
        lensChanged: () => this.#aside(this.#learnStanding()),
      },
    );
    await this.#replicator.start(lens, epoch);
  }

  async #caughtUp(): Promise<void> {
    this.#everCaughtUp = true;
    this.#tell({ lastSync: new Date().toISOString() });
    await this.#keepLastSync();
  }

  /** Kept when there was something to keep: a restart without a network knows how old its copy is. */
  async #keepLastSync(): Promise<void> {
    const value = { at: this.status$.value.lastSync };
    await this.database.settings.incrementalUpsert({ key: "caught-up", value });
  }

  /** What nobody waits for: its failure is told and logged, and never takes the core down. */
  #aside(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (this.#closed) return;
      this.#log.error({ err: error }, "work in the background failed");
      const failure = storageFailure(error);
      if (failure !== null) this.#tell({ failure });
    });
  }

  #contact(failure: Failure | null): void {
    if (this.#online && failure !== null && this.#everCaughtUp) this.#aside(this.#keepLastSync());
    this.#online = failure === null;
    if (failure?.layer === "identity" && failure.code === "session-ended")
      this.ended$.next(failure);
    this.#tell({
      failure,
      ...(failure === null ? { lastSync: new Date().toISOString() } : {}),
    });
  }

  #clock(serverTime: string): void {
    this.#tell({ skew: Date.parse(serverTime) - Date.now() });
  }

  async #recount(): Promise<void> {
    if (this.#closed) return;
    const attention = (await this.desk.list()).length;
    this.#tell({ waiting: this.waiting.total, attention });
  }

  #tell(news: Partial<SyncStatus>): void {
    const next = { ...this.status$.value, ...news };
    this.status$.next({ ...next, phase: this.#phase(next) });
  }

  #phase({ failure, waiting, received }: SyncStatus): SyncStatus["phase"] {
    if (failure !== null) return "offline";
    if (!this.#online) return "starting";
    if (!this.#everCaughtUp) return received > 0 ? "first-sync" : "starting";
    return waiting > 0 ? "syncing" : "up-to-date";
  }
}

/** How many records there are of a kind on this device; for tests and benchmarks. */
export const held = (account: Account): Promise<number> => count(account.database.records, {});
