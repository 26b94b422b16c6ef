import type { Logger } from "pino";
import type { RxReplicationPullStreamItem } from "rxdb/plugins/core";
import { type RxReplicationState, replicateRxCollection } from "rxdb/plugins/replication";
import { Subject } from "rxjs";
import type { Actor } from "#shared/domain/intent.ts";
import type { Failure } from "#shared/failure.ts";
import { ok, type Result } from "#shared/result.ts";
import type { Checkpoint, LivePage, PullResponse, Sums, WireRecord } from "#shared/sync/wire.ts";
import type { LocalDatabase } from "../database.ts";
import {
  fromWire,
  type LocalRecord,
  type ReplicatedRecord,
  withChanges,
} from "../records/local-record.ts";
import { byIds } from "../records/queries.ts";
import type { Waiting } from "../records/waiting.ts";
import { type Courier, NotDelivered } from "./courier.ts";
import { Gate } from "./gate.ts";
import { Latch } from "./latch.ts";
import type { Leases } from "./leases.ts";
import { rebase } from "./rebase.ts";
import type { ServerClient } from "./server-client.ts";
import { ToldPages } from "./told-pages.ts";

/** What the rest of the core hears of replication. */
export interface ReplicatorEars {
  /** The server answered, or could not be reached. */
  contact(failure: Failure | null): void;
  /** `serverTime` is null where the page may have been under way for any length of time. */
  received(page: { count: number; progress: number; serverTime: string | null }): void;
  /** All that the feed held has been told; `sums` is the lens's checksum at `checkpoint` (S10). */
  told(sums: Sums, checkpoint: Checkpoint): void;
  caughtUp(): void;
  /** This lens is no longer the viewer's: everything has to start over. */
  lensChanged(): void;
  /** Intents were answered; some records may have been taken back. */
  answered(): void;
}

/** What a replicator works with. */
export interface ReplicatorParts {
  database: LocalDatabase;
  waiting: Waiting;
  server: ServerClient;
  courier: Courier;
  leases: Leases;
  settled: Set<string>;
  actor: () => Actor;
  log: Logger;
}

const RETRY_MS = 1000;
/** RxDB's own pause cannot be cut short: ours is made before it. */
const RXDB_RETRY_MS = 5;
const PATIENCE_MS = 15_000;
const PULL_BATCH = 2500;
const PUSH_BATCH = 200;

/**
 * One replication of one lens: RxDB's protocol, carried over our wire. Pulls wait until revocations
 * have been applied (S9); pushes do not.
 */
export class Replicator {
  readonly #parts: ReplicatorParts;
  readonly #ears: ReplicatorEars;
  readonly #stream = new Subject<RxReplicationPullStreamItem<LocalRecord, Checkpoint>>();
  readonly #gate = new Gate(PATIENCE_MS);
  readonly #clear = new Latch();
  readonly #told = new ToldPages();
  #checkpoint: Checkpoint | null = null;
  /** The page after the one that is being written. */
  #ahead: { after: Checkpoint; page: Promise<Result<PullResponse, Failure>> } | null = null;
  readonly #ending = new AbortController();
  #replication: RxReplicationState<LocalRecord, Checkpoint> | null = null;

  constructor(parts: ReplicatorParts, ears: ReplicatorEars) {
    this.#parts = parts;
    this.#ears = ears;
    this.#gate.close();
  }

  /** Starts, or goes on where this lens was left. */
  async start(lens: string, epoch: string): Promise<void> {
    const replication = replicateRxCollection<LocalRecord, Checkpoint>({
      collection: this.#parts.database.records,
      replicationIdentifier: `${lens}:${epoch}`,
      live: true,
      retryTime: RXDB_RETRY_MS,
      waitForLeadership: false,
      toggleOnDocumentVisible: false,
      pull: {
        batchSize: PULL_BATCH,
        handler: (after, limit) => this.#pull(after ?? null, limit),
        stream$: this.#stream.asObservable(),
      },
      push: { batchSize: PUSH_BATCH, handler: (rows) => this.#push(rows) },
    });
    this.#replication = replication;
    replication.error$.subscribe((error) => this.#heardError(error));
    void replication.awaitInitialReplication().then(() => this.#ears.caughtUp());
    await this.#touchWaiting();
  }

  /** The position up to which the feed has been told, -1 before the first page. */
  get position(): number {
    return this.#checkpoint?.seq ?? -1;
  }

  /** The server is there, and what was revoked is erased: the feed may be read. */
  clear(): void {
    this.#gate.open();
    this.#clear.open();
    this.#stream.next("RESYNC");
  }

  /** The server is there: what waits is sent. */
  reachable(): void {
    this.#gate.open();
  }

  /** The server is away. */
  away(): void {
    this.#gate.close();
    this.#clear.close();
    this.#ahead = null;
    this.#told.clear();
  }

  /** The feed has grown. */
  resync(): void {
    this.#stream.next("RESYNC");
  }

  /**
   * The feed has grown by this page. It is kept for the pull that is asked for now: what was read
   * and written until then decides whether it joins on, or the server has to be asked after all.
   */
  told(page: LivePage): void {
    if (page.checkpoint.seq <= this.position) return;
    if (this.#clear.isOpen) this.#told.add(page);
    this.resync();
  }

  /**
   * Stops, and resolves when nothing of it is at work any more; requests under way are broken off.
   * With `forget` what RxDB remembers of the server's state is erased too.
   */
  async stop(forget = false): Promise<void> {
    const replication = this.#replication;
    this.#ending.abort();
    this.#clear.open();
    this.#gate.open();
    const ended = forget ? replication?.remove() : replication?.cancel();
    this.#stream.complete();
    await ended;
    const queue = replication?.internalReplicationState?.streamQueue;
    await Promise.allSettled([queue?.up, queue?.down]);
  }

  /**
   * Writes every record with waiting intents once more, so that RxDB takes it up: a crash, or a disk
   * that was full, can have left one behind its upstream checkpoint.
   */
  async #touchWaiting(): Promise<void> {
    for (const { id } of await this.#parts.waiting.records()) {
      const document = await this.#parts.database.records.findOne(id).exec();
      await document?.incrementalModify((current) => current);
    }
  }

  async #pull(after: Checkpoint | null, limit: number) {
    await this.#clear.passed();
    await this.#gate.passed();
    this.#mustGoOn();
    const told = this.#told.take(after);
    const answer = told === null ? await this.#page(after, limit) : ok(told);
    this.#mustGoOn();
    if (!answer.ok) {
      this.#ears.contact(answer.error);
      await this.#gate.pause(RETRY_MS);
      throw new NotDelivered(answer.error);
    }
    const page = answer.value;
    // The next page comes while this one is written: the server and the disk work side by side.
    if (page.more)
      this.#ahead = { after: page.checkpoint, page: this.#ask(page.checkpoint, limit) };
    if (page.reset) {
      this.#ears.lensChanged();
      await this.#gate.pause(RETRY_MS);
      throw new Error("the lens has changed");
    }
    await this.#parts.leases.note(page.records.map((record) => record.until));
    await this.#rebaseWaiting(page.records);
    this.#checkpoint = page.checkpoint;
    this.#ears.received({
      count: page.records.length,
      progress: page.head === 0 ? 1 : Math.min(1, page.checkpoint.seq / page.head),
      serverTime: told === null ? page.serverTime : null,
    });
    if (page.sums !== null) this.#ears.told(page.sums, page.checkpoint);
    return { documents: page.records.map(fromWire), checkpoint: page.checkpoint };
  }

  #page(after: Checkpoint | null, limit: number): Promise<Result<PullResponse, Failure>> {
    const ahead = this.#ahead;
    this.#ahead = null;
    return ahead !== null && ahead.after.seq === after?.seq ? ahead.page : this.#ask(after, limit);
  }

  #ask(after: Checkpoint | null, limit: number): Promise<Result<PullResponse, Failure>> {
    return this.#parts.server.pull(after, limit, this.#ending.signal);
  }

  async #push(rows: { newDocumentState: ReplicatedRecord }[]): Promise<ReplicatedRecord[]> {
    const waiting = rows
      .map((row) => row.newDocumentState)
      .filter((record) => record.pending.length > 0);
    if (waiting.length === 0) return [];
    await this.#gate.passed();
    this.#mustGoOn();
    try {
      const delivery = await this.#parts.courier.deliver(waiting, this.#ending.signal);
      for (const id of delivery.settled) this.#parts.settled.add(id);
      await this.#parts.leases.note([...delivery.records.values()].map((record) => record.until));
      const local = await byIds(
        this.#parts.database.records,
        waiting.map((record) => record.id),
      );
      this.#ears.contact(null);
      this.#ears.answered();
      return waiting.map((sent) =>
        newest(local.get(sent.id) ?? sent, delivery.records.get(sent.id)),
      );
    } catch (cause) {
      this.#mustGoOn();
      if (cause instanceof NotDelivered) this.#ears.contact(cause.failure);
      await this.#gate.pause(RETRY_MS);
      throw cause;
    }
  }

  async #rebaseWaiting(records: readonly WireRecord[]): Promise<void> {
    const { waiting, database, actor } = this.#parts;
    for (const record of records) {
      if (waiting.has(record.id)) await rebase(database.records, actor(), record);
    }
  }

  /** Whoever was let through only to end must not speak to the server any more. */
  #mustGoOn(): void {
    if (this.#ending.signal.aborted) throw new Error("replication is at rest");
  }

  #heardError(error: Error): void {
    this.#parts.log.debug({ reason: error.message.slice(0, 200) }, "replication round failed");
  }
}

/**
 * What a record becomes by the answer to its push: the answer, or what it was rebased on meanwhile
 * where that is newer. Parked without an answer, it is what the server last told of it, or nothing.
 */
const newest = (local: LocalRecord, answered: WireRecord | undefined): ReplicatedRecord => {
  const rebased = local.base !== null && local.rev > (answered?.rev ?? 0);
  if (answered !== undefined && !rebased) return fromWire(answered);
  return { ...withChanges(local, local.base, [], null), _deleted: local.base === null };
};
