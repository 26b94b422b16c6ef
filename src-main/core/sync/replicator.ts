import type { Logger } from "pino";
import type { RxReplicationPullStreamItem } from "rxdb/plugins/core";
import { type RxReplicationState, replicateRxCollection } from "rxdb/plugins/replication";
import { Subject } from "rxjs";
import type { Failure } from "#shared/failure.ts";
import type { Checkpoint, PullResponse, WireRecord } from "#shared/sync/wire.ts";
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
import { LiveStream } from "./live-stream.ts";
import type { ServerClient } from "./server-client.ts";

/** What the rest of the core hears of replication. */
export interface ReplicatorEars {
  /** The server answered, or could not be reached. */
  contact(failure: Failure | null): void;
  received(page: { count: number; progress: number; serverTime: string }): void;
  caughtUp(): void;
  /** This lens is no longer the viewer's: everything has to start over. */
  lensChanged(): void;
}

const RETRY_MS = 1000;
/** RxDB's own pause cannot be cut short: ours is made before it. */
const RXDB_RETRY_MS = 5;
const PATIENCE_MS = 15_000;
const PULL_BATCH = 2500;
const PUSH_BATCH = 200;

/** One replication of one lens: RxDB's protocol, carried over our wire. */
export class Replicator {
  readonly #database: LocalDatabase;
  readonly #waiting: Waiting;
  readonly #server: ServerClient;
  readonly #courier: Courier;
  readonly #ears: ReplicatorEars;
  readonly #settled: Set<string>;
  readonly #log: Logger;
  readonly #stream = new Subject<RxReplicationPullStreamItem<LocalRecord, Checkpoint>>();
  /** Feed rows that arrived while their record had intents waiting: RxDB passes over those. */
  readonly #passedOver = new Map<string, WireRecord>();
  readonly #gate = new Gate(PATIENCE_MS);
  #checkpoint: Checkpoint | null = null;
  #replication: RxReplicationState<LocalRecord, Checkpoint> | null = null;
  #live: LiveStream | null = null;

  constructor(
    parts: {
      database: LocalDatabase;
      waiting: Waiting;
      server: ServerClient;
      courier: Courier;
      settled: Set<string>;
      log: Logger;
    },
    ears: ReplicatorEars,
  ) {
    this.#database = parts.database;
    this.#waiting = parts.waiting;
    this.#server = parts.server;
    this.#courier = parts.courier;
    this.#settled = parts.settled;
    this.#log = parts.log;
    this.#ears = ears;
  }

  /** Starts, or goes on where this lens was left. */
  async start(lens: string, epoch: string): Promise<void> {
    const replication = replicateRxCollection<LocalRecord, Checkpoint>({
      collection: this.#database.records,
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
    replication.conflict$.subscribe(() => {
      this.#healPassedOver().catch((error: Error) => this.#heardError(error));
    });
    replication.error$.subscribe((error) => this.#heardError(error));
    void replication.awaitInitialReplication().then(() => this.#ears.caughtUp());
    await this.#touchWaiting();
    this.#live = new LiveStream(this.#server, {
      connected: () => {
        this.#gate.open();
        this.#ears.contact(null);
        this.#stream.next("RESYNC");
      },
      head: ({ lens: of, seq }) => {
        if (of !== lens) this.#ears.lensChanged();
        else if (seq > (this.#checkpoint?.seq ?? -1)) this.#stream.next("RESYNC");
      },
      changed: () => this.#ears.lensChanged(),
      lost: (failure) => {
        if (failure === null) return;
        this.#gate.close();
        this.#ears.contact(failure);
      },
    });
  }

  /** Asks for a round at once. */
  now(): void {
    this.#gate.open();
    this.#live?.retryNow();
    this.#stream.next("RESYNC");
  }

  /** Stops; with `forget` what RxDB remembers of the server's state is erased too. */
  async stop(forget = false): Promise<void> {
    this.#live?.stop();
    this.#gate.open();
    if (forget) await this.#replication?.remove();
    else await this.#replication?.cancel();
    this.#stream.complete();
  }

  /**
   * Writes every record with waiting intents once more, so that RxDB takes it up: a crash, or a disk
   * that was full, can have left one behind its upstream checkpoint.
   */
  async #touchWaiting(): Promise<void> {
    for (const { id } of await this.#waiting.records()) {
      const document = await this.#database.records.findOne(id).exec();
      await document?.incrementalModify((current) => current);
    }
  }

  async #pull(after: Checkpoint | null, limit: number) {
    await this.#gate.passed();
    const answer = await this.#server.pull(after, limit);
    if (!answer.ok) {
      this.#ears.contact(answer.error);
      await this.#gate.pause(RETRY_MS);
      throw new NotDelivered(answer.error);
    }
    const page: PullResponse = answer.value;
    if (page.reset) {
      this.#ears.lensChanged();
      await this.#gate.pause(RETRY_MS);
      throw new Error("the lens has changed");
    }
    this.#checkpoint = page.checkpoint;
    this.#keepPassedOver(page.records);
    this.#ears.received({
      count: page.records.length,
      progress: page.head === 0 ? 1 : Math.min(1, page.checkpoint.seq / page.head),
      serverTime: page.serverTime,
    });
    return { documents: page.records.map(fromWire), checkpoint: page.checkpoint };
  }

  async #push(rows: { newDocumentState: ReplicatedRecord }[]): Promise<ReplicatedRecord[]> {
    const waiting = rows.filter((row) => row.newDocumentState.pending.length > 0);
    if (waiting.length === 0) return [];
    await this.#gate.passed();
    try {
      const delivery = await this.#courier.deliver(waiting.map((row) => row.newDocumentState));
      for (const id of delivery.settled) this.#settled.add(id);
      this.#ears.contact(null);
      return waiting.map(({ newDocumentState }) => {
        const { id, base } = newDocumentState;
        const answered = delivery.records.get(id);
        const passedOver = this.#passedOver.get(id);
        this.#passedOver.delete(id);
        const newest = passedOver && passedOver.rev > (answered?.rev ?? 0) ? passedOver : answered;
        if (newest !== undefined) return fromWire(newest);
        // Parked without an answer: what the server last told of it, or nothing.
        return { ...withChanges(newDocumentState, base, [], null), _deleted: base === null };
      });
    } catch (cause) {
      if (cause instanceof NotDelivered) this.#ears.contact(cause.failure);
      await this.#gate.pause(RETRY_MS);
      throw cause;
    }
  }

  #keepPassedOver(records: readonly WireRecord[]): void {
    for (const record of records) {
      if (this.#waiting.has(record.id)) this.#passedOver.set(record.id, record);
    }
  }

  /** Delivers what RxDB passed over, once its record has nothing waiting and is older than it. */
  async #healPassedOver(): Promise<void> {
    if (this.#passedOver.size === 0 || this.#checkpoint === null) return;
    const local = await byIds(this.#database.records, [...this.#passedOver.keys()]);
    const due = [...this.#passedOver.values()].filter((wire) => {
      const record = local.get(wire.id);
      return record === undefined || (record.dirty === "0" && record.rev < wire.rev);
    });
    for (const wire of due) this.#passedOver.delete(wire.id);
    if (due.length > 0) {
      this.#stream.next({ documents: due.map(fromWire), checkpoint: this.#checkpoint });
    }
  }

  #heardError(error: Error): void {
    this.#log.debug({ reason: error.message.slice(0, 200) }, "replication round failed");
  }
}
