import type { Logger } from "pino";
import type { Actor } from "#shared/domain/intent.ts";
import { type Failure, type FailureCode, fail } from "#shared/failure.ts";
import type { TrustedClock } from "../clock/trusted-clock.ts";
import type { LocalDatabase } from "../database.ts";
import type { Eraser } from "../records/eraser.ts";
import type { Waiting } from "../records/waiting.ts";
import type { Status } from "../session/status.ts";
import type { Timers } from "../session/timers.ts";
import type { Settings, Standing } from "../settings.ts";
import { type Courier, NotDelivered } from "./courier.ts";
import { Housekeeping } from "./housekeeping.ts";
import type { Journal } from "./journal.ts";
import { lastPost } from "./last-post.ts";
import type { Leases } from "./leases.ts";
import { Line } from "./line.ts";
import { LiveStream } from "./live-stream.ts";
import type { LocalSums } from "./local-sums.ts";
import { Replicator } from "./replicator.ts";
import { Revocations } from "./revocations.ts";
import { SelfCheck } from "./self-check.ts";
import type { ServerClient } from "./server-client.ts";

/** What a conductor works with. */
export interface ConductorParts {
  database: LocalDatabase;
  settings: Settings;
  waiting: Waiting;
  clock: TrustedClock;
  leases: Leases;
  eraser: Eraser;
  courier: Courier;
  journal: Journal;
  server: ServerClient;
  sums: LocalSums;
  status: Status;
  timers: Timers;
  settled: Set<string>;
  actor: () => Actor;
  log: Logger;
  /** Takes care of work that nobody waits for. */
  aside: (work: Promise<unknown>) => void;
}

/** What the account hears of sync. */
export interface ConductorEars {
  /** The server said who the viewer is. */
  standing(standing: Standing): void;
  contact(failure: Failure | null): void;
  /** Records were erased without a trace. */
  erased(): void;
  /** The server is there: intents were answered, or can be. */
  settled(): void;
  /** The device was revoked, and what waited is sent. */
  wiped(failure: Failure): void;
}

const RETRY_MS = 1000;
/** How often an account that may see nothing asks whether it may again, ms. */
const ASK_AGAIN_MS = 15_000;
/** The longest a timer is set for, ms: timers stand still while a machine sleeps, leases do not. */
const LEASE_LOOK_MS = 60_000;
const LEASE_REST_MS = 1000;

/** With these the server says that this account, or this device, may see nothing any longer (S9). */
const expelling: ReadonlySet<FailureCode> = new Set<FailureCode>([
  "account-suspended",
  "account-unknown",
  "app-not-entitled",
  "no-role-in-app",
  "device-revoked",
]);

/**
 * Says what happens in which order: who the viewer is, what was revoked, and only then the feed. All
 * that replication has to stand still for is done in one line, one after the other.
 */
export class Conductor {
  readonly #parts: ConductorParts;
  readonly #ears: ConductorEars;
  readonly #selfCheck: SelfCheck;
  readonly #revocations: Revocations;
  readonly #housekeeping: Housekeeping;
  #standing: Standing | null;
  #replicator: Replicator | null = null;
  #live: LiveStream | null = null;
  /** Why the account may see nothing, while that is so. */
  #expelled: Failure | null = null;
  /** What was revoked is erased, as of the connection there is now: the feed may be read. */
  #cleared = false;
  /** How many times the channel of revocations is being asked. */
  #revoking = 0;
  /** Counts the times the server was lost: what it said before does not open the way after. */
  #losses = 0;
  #stopped = false;
  readonly #line = new Line();

  constructor(parts: ConductorParts, ears: ConductorEars, standing: Standing | null) {
    this.#parts = parts;
    this.#ears = ears;
    this.#standing = standing;
    this.#revocations = new Revocations(parts.server, parts.settings);
    this.#housekeeping = new Housekeeping(parts);
    this.#selfCheck = new SelfCheck({
      ...parts,
      records: parts.database.records,
      cleared: () => this.#cleared && this.#revoking === 0,
      atRest: (work) => this.#atRest(work),
      mended: (repaired) => parts.status.add({ repaired }),
    });
  }

  /** With a known standing sync starts at once, offline too; the server's word follows. */
  async start(): Promise<void> {
    await this.#line.do(() => this.#replicate());
    if (this.#stopped) return;
    this.#live = new LiveStream(this.#parts.server, {
      connected: () => this.#connected(),
      head: ({ lens, seq }) => {
        if (!this.#isOf(lens)) return;
        if (seq > (this.#replicator?.position ?? -1)) this.#replicator?.resync();
      },
      page: (page) => {
        if (this.#isOf(page.checkpoint.lens)) this.#replicator?.told(page);
      },
      unclear: () => this.#replicator?.resync(),
      revoked: () => this.#aside(this.#revoke()),
      changed: () => this.#aside(this.#learnStanding()),
      lost: (failure) => this.#lost(failure),
    });
    await this.#learnStanding();
  }

  /** Asks for a round at once. */
  now(): void {
    this.#live?.retryNow();
    this.#aside(this.#learnStanding());
  }

  /** Something was taken away beside the records: no file keeps it either (S9). */
  tidy(): void {
    this.#housekeeping.received();
  }

  /** Stops; resolves when nothing is at work any more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#live?.stop();
    this.#selfCheck.stop();
    this.#parts.server.end();
    await this.#line.end();
    await this.#replicator?.stop();
  }

  /** Erases what its lease no longer covers (S11). Needs no network. */
  async seal(): Promise<void> {
    const { leases, eraser } = this.#parts;
    // A clock that was set far ahead would seal everything: the server is asked where it is there.
    if (leases.remaining() === 0 && this.#parts.status.online) await this.#askTime();
    const ended = await leases.ended();
    if (ended.length > 0) {
      await this.#atRest(async () => this.#erased(await eraser.these(ended)));
    }
    // What the first lease was of may have left long before it ended.
    if (leases.remaining() === 0) await leases.renew();
    this.#watchLeases();
  }

  async #askTime(): Promise<void> {
    const me = await this.#parts.server.me(null);
    if (me.ok) this.#heard(me.value.serverTime);
  }

  /** Whether this is the lens that is read; if not, who the viewer is has changed. */
  #isOf(lens: string): boolean {
    const same = lens === this.#standing?.lens;
    if (!same) this.#aside(this.#learnStanding());
    return same;
  }

  /** Nothing is sent or read before the server has said who it takes this user for (S9, S12). */
  #connected(): void {
    this.#contact(null);
    this.#aside(this.#learnStanding());
  }

  #lost(failure: Failure | null): void {
    this.#away();
    if (failure !== null) this.#contact(failure);
  }

  #away(): void {
    this.#losses += 1;
    this.#cleared = false;
    this.#replicator?.away();
  }

  /** `startOver` where the server says that what is held is of another feed than its own. */
  async #learnStanding(startOver = false): Promise<void> {
    if (this.#stopped) return;
    const { server, settings, timers, journal } = this.#parts;
    const losses = this.#losses;
    const me = await server.me(await journal.last());
    if (this.#stopped) return;
    if (!me.ok) {
      this.#contact(me.error);
      // The server is there, and still takes what was decided about the desk.
      if (expelling.has(me.error.code)) this.#ears.settled();
      timers.after("standing", this.#expelled ? ASK_AGAIN_MS : RETRY_MS, () =>
        this.#learnStanding(startOver),
      );
      return;
    }
    const { viewer, lens, epoch, serverTime, remembers } = me.value;
    this.#heard(serverTime);
    this.#live?.retryNow();
    await this.#line.do(async () => {
      const before = this.#standing;
      const sameLife = before?.epoch === epoch && remembers;
      const same = before?.lens === lens && sameLife && !startOver;
      if (before !== null && !sameLife) await settings.set("hand-in", { again: true });
      // Before the new standing is kept: cut short, it is found to be another one again.
      if (before !== null && !same) await this.#eraseAll(!sameLife);
      this.#standing = { viewer, lens, epoch };
      await settings.set("standing", this.#standing);
      this.#ears.standing(this.#standing);
      // Without a lens there is nothing of the Partners app for this account (AUTH-2).
      if (lens === "") return this.#sendLast(fail("app-not-entitled", { app: "partners" }));
      this.#expelled = null;
      if (!(await this.#handedIn())) return;
      await this.#replicate();
      if (losses === this.#losses) this.#replicator?.reachable();
    });
    this.#ears.settled();
    await this.#revoke();
  }

  /** Hands in again what a server of another life may have lost, before anything newer (S12). */
  async #handedIn(): Promise<boolean> {
    const { settings, courier, journal, timers } = this.#parts;
    if ((await settings.get("hand-in")) === null) return true;
    try {
      await courier.again(await journal.all());
      await settings.forget("hand-in");
      return true;
    } catch (cause) {
      if (!(cause instanceof NotDelivered)) throw cause;
      this.#contact(cause.failure);
      timers.after("standing", RETRY_MS, () => this.#learnStanding());
      return false;
    }
  }

  async #replicate(): Promise<void> {
    const standing = this.#standing;
    if (standing === null || standing.lens === "" || this.#expelled !== null) return;
    if (this.#replicator !== null || this.#stopped) return;
    if ((await this.#parts.settings.get("hand-in")) !== null) return;
    this.#replicator = new Replicator(this.#parts, {
      contact: (failure) => this.#contact(failure),
      received: ({ count, progress, serverTime }) => {
        if (serverTime !== null) this.#heard(serverTime);
        this.#parts.status.tell({ progress });
        this.#parts.status.add({ received: count });
        this.#contact(null);
        this.#watchLeases();
        if (count > 0) this.#housekeeping.received();
      },
      told: (sums, checkpoint) => this.#selfCheck.told(sums, checkpoint),
      caughtUp: () => this.#aside(this.#caughtUp()),
      lensChanged: () => this.#aside(this.#learnStanding(true)),
      answered: () => {
        this.#selfCheck.answered();
        this.#housekeeping.received();
        this.#watchLeases();
        this.#ears.settled();
      },
    });
    await this.#replicator.start(standing.lens, standing.epoch);
    if (this.#cleared) this.#replicator.clear();
  }

  /** Asks the channel of revocations, erases what it tells, and lets the feed be read (S9). */
  async #revoke(): Promise<void> {
    if (this.#stopped || this.#replicator === null) return;
    const losses = this.#losses;
    this.#revoking += 1;
    const asked = await this.#revocations
      .apply((gone) => this.#atRest(async () => this.#erased(await this.#parts.eraser.gone(gone))))
      .finally(() => {
        this.#revoking -= 1;
      });
    if (this.#stopped) return;
    if (!asked.ok) {
      this.#contact(asked.error);
      this.#parts.timers.after("revocations", RETRY_MS, () => this.#revoke());
      return;
    }
    this.#heard(asked.value.serverTime);
    if (asked.value.reset) return this.#learnStanding(true);
    if (losses !== this.#losses) return;
    this.#cleared = true;
    await this.#line.do(async () => this.#replicator?.clear());
  }

  /** The account, or this device, may see nothing any longer: all goes, what waits is sent first. */
  async #expel(failure: Failure): Promise<void> {
    if (this.#expelled?.code === failure.code) return;
    this.#expelled = failure;
    await this.#line.do(async () => {
      await this.#eraseAll();
      await this.#sendLast(failure);
    });
    this.#parts.timers.after("standing", ASK_AGAIN_MS, () => this.#learnStanding());
  }

  async #sendLast(failure: Failure): Promise<void> {
    this.#expelled = failure;
    const sent = await lastPost(this.#parts);
    if (this.#stopped) return;
    this.#housekeeping.received();
    this.#ears.settled();
    const again = () => this.#line.do(() => this.#sendLast(failure));
    if (!sent) return this.#parts.timers.after("last-post", RETRY_MS, again);
    if (failure.code !== "device-revoked") return;
    const told = await this.#parts.server.wiped();
    if (told.ok) this.#ears.wiped(failure);
    else this.#parts.timers.after("last-post", RETRY_MS, again);
  }

  async #eraseAll(handIn = false): Promise<void> {
    const { eraser, leases, settings, status } = this.#parts;
    const old = this.#replicator;
    this.#replicator = null;
    this.#cleared = false;
    await old?.stop(true);
    this.#erased(await eraser.all(handIn));
    await this.#revocations.forget();
    await leases.renew();
    await settings.forget("caught-up");
    status.caughtUp(false);
    status.tell({ received: 0 });
  }

  #watchLeases(): void {
    const remaining = this.#parts.leases.remaining();
    if (remaining === null) return;
    const ms = Math.max(LEASE_REST_MS, Math.min(remaining, LEASE_LOOK_MS));
    this.#parts.timers.after("leases", ms, () => this.seal());
  }

  #erased(records: number): void {
    this.#housekeeping.erased(records);
    if (records > 0) this.#ears.erased();
  }

  /** Does work that replication must stand still for; it goes on afterwards. */
  #atRest(work: () => Promise<void>): Promise<void> {
    return this.#line.do(async () => {
      const old = this.#replicator;
      this.#replicator = null;
      await old?.stop();
      await work();
      await this.#replicate();
    });
  }

  async #caughtUp(): Promise<void> {
    this.#parts.status.caughtUp(true);
    await this.#parts.journal.prune(this.#parts.clock.now());
    await this.#parts.eraser.strays();
    this.#contact(null);
    this.#housekeeping.received();
    await this.#keepLastSync();
    this.#ears.settled();
  }

  /** Kept when there was something to keep: a restart without a network knows how old its copy is. */
  async #keepLastSync(): Promise<void> {
    const { settings, status } = this.#parts;
    await settings.set("caught-up", { at: status.now.lastSync });
  }

  #heard(serverTime: string): void {
    const { clock, status } = this.#parts;
    clock.heard(serverTime);
    status.tell({ skew: clock.skew() });
  }

  #contact(failure: Failure | null): void {
    const { status, clock } = this.#parts;
    if (this.#stopped) return;
    const lost = status.online && failure !== null;
    if (lost && status.everCaughtUp) this.#aside(this.#keepLastSync());
    status.contact(failure ?? this.#expelled, clock.device().toISOString());
    this.#ears.contact(failure);
    if (failure?.code === "server-unreachable") {
      this.#away();
      this.#parts.timers.after("standing", RETRY_MS, () => this.#learnStanding());
    }
    if (failure !== null && expelling.has(failure.code)) this.#aside(this.#expel(failure));
  }

  #aside(work: Promise<unknown>): void {
    this.#parts.aside(work);
  }
}
