import type { Logger } from "pino";
import { BehaviorSubject, Subject } from "rxjs";
import { Viewer } from "#shared/access/viewer.ts";
import { type Actor, actorOf } from "#shared/domain/intent.ts";
import type { Failure } from "#shared/failure.ts";
import type { SyncStatus } from "#shared/ipc/views.ts";
import { type DeviceClocks, machineClocks, TrustedClock } from "../clock/trusted-clock.ts";
import type { LocalDatabase } from "../database.ts";
import { Desk } from "../desk/desk.ts";
import { tellDecisions } from "../desk/tell-decisions.ts";
import { IntentIds } from "../intents/intent-ids.ts";
import { IntentMaker } from "../intents/make.ts";
import { Eraser } from "../records/eraser.ts";
import { count } from "../records/queries.ts";
import { Waiting } from "../records/waiting.ts";
import { Settings, type Standing } from "../settings.ts";
import { storageFailure } from "../storage-failure.ts";
import { Conductor } from "../sync/conductor.ts";
import { conflictHandler } from "../sync/conflict.ts";
import { Courier } from "../sync/courier.ts";
import { Journal } from "../sync/journal.ts";
import { Leases } from "../sync/leases.ts";
import { LocalSums } from "../sync/local-sums.ts";
import type { ServerClient } from "../sync/server-client.ts";
import { Status } from "./status.ts";
import { Timers } from "./timers.ts";

const CLOCK_KEPT_MS = 60_000;

/** What was kept of an account over a restart. */
interface KeptParts {
  settings: Settings;
  waiting: Waiting;
  clock: TrustedClock;
  leases: Leases;
  standing: Standing | null;
}

/** One signed-in account on this device: its database, its sync, its changes. */
export class Account {
  readonly database: LocalDatabase;
  /** What waits for the server. */
  readonly waiting: Waiting;
  readonly maker: IntentMaker;
  readonly desk: Desk;
  readonly viewer$: BehaviorSubject<Viewer | null>;
  /** The server no longer takes this session's tokens. */
  readonly ended$ = new Subject<Failure>();
  /** Records were erased without a trace: what shows them has to ask again. */
  readonly erased$ = new Subject<void>();
  /** The device was revoked, what waited is sent: all that is left of it here is to be erased. */
  readonly wiped$ = new Subject<Failure>();
  readonly #status = new Status();
  readonly #settings: Settings;
  readonly #clock: TrustedClock;
  readonly #sums: LocalSums;
  readonly #timers = new Timers((work) => this.#aside(work));
  readonly #conductor: Conductor;
  readonly #log: Logger;
  readonly #ids = new IntentIds();
  #closed = false;

  private constructor(database: LocalDatabase, server: ServerClient, log: Logger, kept: KeptParts) {
    const { settings, waiting, clock, leases, standing } = kept;
    const { records } = database;
    this.database = database;
    this.waiting = waiting;
    this.#settings = settings;
    this.#clock = clock;
    this.#log = log;
    this.#sums = new LocalSums(records);
    this.viewer$ = new BehaviorSubject(standing?.viewer ?? null);
    const desk = new Desk(database.desk);
    const journal = new Journal(database.sent);
    this.desk = desk;
    this.maker = new IntentMaker(
      records,
      () => this.#viewer(),
      { now: () => clock.device(), skew: () => clock.skew() },
      this.#ids,
      async (id, pending) => {
        waiting.note(id, pending);
        await this.#recount();
      },
    );
    const settled = new Set<string>();
    records.conflictHandler = conflictHandler(
      () => records,
      () => this.#actor(),
      settled,
    );
    this.#conductor = new Conductor(
      {
        database,
        settings,
        waiting,
        clock,
        leases,
        eraser: new Eraser({ database, waiting, desk, journal }),
        courier: new Courier({ server, desk, records, waiting, journal }),
        journal,
        server,
        sums: this.#sums,
        status: this.#status,
        timers: this.#timers,
        settled,
        actor: () => this.#actor(),
        log,
        aside: (work) => this.#aside(work),
      },
      {
        standing: ({ viewer }) => this.viewer$.next(viewer),
        contact: (failure) => {
          if (failure?.code === "session-ended") this.ended$.next(failure);
        },
        erased: () => this.erased$.next(),
        settled: () => {
          this.#aside(this.#recount());
          this.#aside(this.#tellDecisions(server));
        },
        wiped: (failure) => this.wiped$.next(failure),
      },
      standing,
    );
  }

  /**
   * Opens what is on the disk, erases what its lease no longer covers, and begins to sync. Answers as
   * soon as the local copy can be used.
   */
  static async open(
    database: LocalDatabase,
    server: ServerClient,
    log: Logger,
    clocks: DeviceClocks = machineClocks,
  ): Promise<Account> {
    const settings = new Settings(database.settings);
    const clock = new TrustedClock(clocks, await settings.get("clock"));
    const account = new Account(database, server, log, {
      settings,
      clock,
      waiting: await Waiting.open(database.records),
      leases: await Leases.open(database.records, settings, clock),
      standing: known(await settings.get("standing")),
    });
    await account.#wake();
    return account;
  }

  /** How sync stands. */
  get status$(): BehaviorSubject<SyncStatus> {
    return this.#status.$;
  }

  /** Asks for a round of sync at once. */
  syncNow(): void {
    this.#conductor.now();
  }

  /** Says how many attachments wait to be sent (S13). */
  filesWaiting(files: number): void {
    this.#status.tell({ files });
  }

  /** Stops syncing and closes the database. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#timers.end();
    await this.#conductor.stop();
    this.#sums.close();
    this.waiting.close();
    await this.#keepClock();
    await this.database.close();
  }

  async #wake(): Promise<void> {
    const caughtUp = await this.#settings.get("caught-up");
    this.#status.caughtUp(caughtUp !== null);
    this.#status.tell({ lastSync: caughtUp?.at ?? null, skew: this.#clock.skew() });
    // What a crash left on the desk though it was made anew is taken off before anything is sent.
    const waiting = (await this.waiting.records()).flatMap((record) => record.pending);
    for (const { id } of waiting) this.#ids.note(id);
    await this.desk.reconcile(waiting);
    const { rescued } = this.database;
    if (rescued !== null) {
      this.#log.warn(
        { intents: rescued.intents, lost: rescued.lost },
        "a damaged copy was set aside",
      );
      this.#status.tell({ rescued: { intents: rescued.intents, lost: rescued.lost } });
    }
    await this.#conductor.seal();
    this.database.records.eventBulks$.subscribe(() => this.#aside(this.#recount()));
    this.database.desk.$.subscribe(() => {
      this.#conductor.tidy();
      this.#aside(this.#recount());
    });
    await this.#recount();
    this.#timers.every("clock", CLOCK_KEPT_MS, () => this.#keepClock());
    this.#aside(this.#conductor.start());
  }

  #viewer(): Viewer {
    const viewer = this.viewer$.value;
    if (viewer === null) throw new Error("nobody has signed in yet");
    return viewer;
  }

  #actor(): Actor {
    return actorOf(this.#viewer());
  }

  async #tellDecisions(server: ServerClient): Promise<void> {
    const waiting = (await this.waiting.records()).flatMap((record) => record.pending);
    await tellDecisions(this.desk, server, new Set(waiting.map(({ id }) => id)));
  }

  async #keepClock(): Promise<void> {
    const mark = this.#clock.mark();
    if (mark !== null) await this.#settings.set("clock", mark);
  }

  async #recount(): Promise<void> {
    if (this.#closed) return;
    const attention = (await this.desk.list()).length;
    this.#status.tell({ waiting: this.waiting.total, attention });
  }

  /** What nobody waits for: its failure is told and logged, and never takes the core down. */
  #aside(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (this.#closed) return;
      this.#log.error({ err: error }, "work in the background failed");
      const failure = storageFailure(error);
      if (failure !== null) this.#status.tell({ failure });
    });
  }
}

/** How many records there are of a kind on this device; for tests and benchmarks. */
export const held = (account: Account): Promise<number> => count(account.database.records, {});

/** What an older version kept of the viewer may say too little: then the server is asked first. */
const known = (standing: Standing | null): Standing | null =>
  standing !== null && Viewer.safeParse(standing.viewer).success ? standing : null;
