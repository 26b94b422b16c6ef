import { createHash, type Hash } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import type { LocalDatabase } from "#core/database.ts";
import { routes } from "#shared/sync/wire.ts";
import { id } from "#shared/testing/builders.ts";
import type { Break } from "../breaks/breaks.ts";
import { reseed } from "../engine/determinism.ts";
import { Dice } from "../engine/dice.ts";
import { forgetIds } from "../engine/ids.ts";
import type { VirtualTime } from "../engine/time.ts";
import { Model } from "../oracle/model.ts";
import { leaksIn } from "../oracle/secrets.ts";
import { canary, wordsIn } from "./canary.ts";
import { SimDevice } from "./device.ts";
import { Journal } from "./journal.ts";
import { type Answer, Line, type Request } from "./line.ts";
import { copyDatabase, SimServer } from "./server.ts";
import { people, records, START } from "./world.ts";

/** A rule that did not hold. */
export interface Violation {
  /** Which rule, and which part of the oracle saw it. */
  rule: string;
  what: string;
}

/** What happened in one schedule, counted. */
export interface Counts {
  faults: number;
  requests: number;
  quiets: number;
}

/** Where schedules run, and what is broken on purpose in it. */
export interface Place {
  time: VirtualTime;
  /** The store every world starts with. */
  template: string;
  /** Where the files of the world lie. */
  folder: string;
  /** Hears what happens. */
  tell: ((line: string) => void) | null;
  broken: Break | null;
}

/** The sweep has a minute to notice that time has passed; two, where the server was down for one. */
const GRACE_MS = 130_000;
/** RxDB opens at most sixteen collections in a process, and a device has four. */
const DEVICES = 3;

const roster = (dice: Dice): { name: string; who: string }[] => {
  const first = { name: "laptop of Nok", who: "Nok" };
  const others = [
    { name: "tablet of Nok", who: "Nok" },
    ...people.slice(1).map(({ name }) => ({ name: `laptop of ${name}`, who: name })),
  ];
  const chosen = [first];
  while (chosen.length < DEVICES - (dice.chance(0.5) ? 1 : 0)) {
    chosen.push(...others.splice(dice.int(others.length), 1));
  }
  return chosen;
};

/** One world in which one schedule takes place. */
export class Sim {
  readonly time: VirtualTime;
  readonly folder: string;
  readonly server: SimServer;
  readonly devices: SimDevice[];
  readonly journal = new Journal();
  /** The records there were at the start. */
  readonly startsWith: ReadonlySet<string> = new Set(records.map((record) => record.id));
  readonly violations: Violation[] = [];
  readonly counts: Counts = { faults: 0, requests: 0, quiets: 0 };
  /** Every exchange, in order: two runs of a seed are the same where this is. */
  readonly #trace: Hash = createHash("sha256");
  readonly #tell: ((line: string) => void) | null;
  readonly #broken: Break | null;
  #model: Model | null = null;

  private constructor(seed: number, { folder, time, tell, broken }: Place) {
    this.time = time;
    this.folder = folder;
    this.#tell = tell;
    this.#broken = broken;
    this.server = new SimServer(folder, time);
    this.devices = roster(new Dice(seed, 0xd)).map(({ name, who }, n) => {
      const line = new Line(this.server, this, seed * 16 + n);
      const opened = (database: LocalDatabase) => broken?.database?.(database);
      return new SimDevice({ name, who, folder, line, time, opened });
    });
  }

  /** A world of its own, whose server starts with a copy of the template. */
  static async begin(seed: number, place: Place): Promise<Sim> {
    const { time, folder } = place;
    reseed(seed);
    forgetIds();
    time.restart(START);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const sim = new Sim(seed, place);
    copyDatabase(place.template, sim.server.file);
    place.broken?.store?.(sim.server.file);
    await time.drive(sim.server.start());
    sim.lookAgain();
    return sim;
  }

  /** The model, reading the server's file. */
  get model(): Model {
    if (this.#model === null) throw new Error("no server has run");
    return this.#model;
  }

  /** The server's file is another one now. */
  lookAgain(): void {
    this.#model?.close();
    this.#model = new Model(this.server.file);
    this.journal.learn(this.model.stored);
  }

  /** The server keeps a copy of what it has now. */
  backUp(): void {
    this.server.backUp();
    this.journal.backUp();
  }

  /** The server goes back to its copy: what it judged since, it may be handed again, or not. */
  restore(another: boolean): void {
    const judged = this.model.db.prepare("SELECT intent_id FROM verdict").pluck().all();
    this.journal.restore(new Set(judged as string[]));
    this.server.restore(another);
  }

  /** Writes a line of what happens. */
  note(line: string): void {
    this.#trace.update(`${this.time.now() - START} ${line}\n`);
    this.#tell?.(`${((this.time.now() - START) / 1000).toFixed(3).padStart(10)}  ${line}`);
  }

  /** A rule did not hold. */
  violated(rule: string, what: string): void {
    this.note(`VIOLATED ${rule}: ${what}`);
    this.violations.push({ rule, what });
  }

  /** What all that happened comes to. */
  fingerprint(): string {
    return this.#trace.copy().digest("hex").slice(0, 16);
  }

  /** What a user may see, now or as long ago as the sweep has time to notice. */
  viewsOf(who: string) {
    const now = this.time.now();
    return [0, GRACE_MS].map((ago) => this.model.view(who, new Date(now - ago).toISOString()));
  }

  /** What this user ever wrote. */
  writtenBy(who: string): Set<string> {
    // One's own e-mail address is told to oneself.
    const words = new Set([canary(id(who), "email")]);
    for (const made of this.journal.made.values()) {
      if (made.who === who)
        for (const word of made.words) if (word.startsWith("cy")) words.add(word);
    }
    return words;
  }

  /** Asks the server, and holds what it answers against what the asker may see (S8). */
  async ask(request: Request): Promise<Answer> {
    const asked = this.server.running;
    if (asked === null) throw new TypeError("the server is down");
    this.counts.requests += 1;
    const before = this.viewsOf(request.who);
    this.#broken?.before?.(request, this.server.file);
    const said = await asked.app.inject({
      method: request.method,
      url: request.path,
      headers: request.headers,
      ...(request.body === undefined ? {} : { payload: request.body }),
    });
    const told = { status: said.statusCode, text: said.payload };
    const answer = this.#broken?.answer?.(request, told, this.model) ?? told;
    const { status, text } = answer;
    this.note(`${request.from} ${request.path} ${status} ${text.length}`);
    this.#trace.update(request.body ?? "");
    this.#trace.update(text);
    if (asked === this.server.running) {
      this.journal.learn(this.model.stored);
      this.#judge(request, text, before);
    }
    return answer;
  }

  /** A live stream said something: the same holds. */
  told(request: Request, text: string): void {
    this.#trace.update(text);
    this.journal.learn(this.model.stored);
    this.#judge(request, text, []);
  }

  #judge(request: Request, text: string, before: ReturnType<Sim["viewsOf"]>): void {
    const own = new Set([...wordsIn(request.body ?? ""), ...this.writtenBy(request.who)]);
    const views = [...before, ...this.viewsOf(request.who)];
    const leaks = leaksIn(text, views, this.journal, own).filter(
      // The channel of revocations names what is gone, which its hearer was once told.
      (word) => word.startsWith("cy") || request.path !== routes.revocations,
    );
    if (leaks.length > 0) {
      const [word = ""] = leaks;
      this.violated(
        "S8",
        `${request.path} told ${request.who} ${leaks.length} words of ${this.describe(word)}`,
      );
    }
  }

  /** Whether the server revoked a device. */
  isRevoked(device: SimDevice): boolean {
    const row = this.model.db
      .prepare("SELECT 1 FROM installation WHERE id = ? AND revoked_at IS NOT NULL")
      .get(id(device.name));
    return row !== undefined;
  }

  /** The lens a user looks through, as the server last noted; null where it noted none. */
  lensOf(who: string): string | null {
    const row = this.model.db
      .prepare("SELECT lens_id FROM standing WHERE account_id = ? AND until IS NULL")
      .pluck()
      .get(id(who)) as string | undefined;
    return row === undefined || row === "" ? null : row;
  }

  /** Which record a word belongs to, for people. */
  describe(word: string): string {
    const [owner = ""] = this.journal.owners.get(word) ?? [];
    const record = this.model.stored.get(owner);
    const name = record?.data.name ?? record?.data.title ?? record?.data.number ?? "";
    return `${record?.kind ?? "a record"} ${owner.slice(0, 8)} ${name}`;
  }

  /** Lets go of everything. */
  async end(): Promise<void> {
    for (const device of this.devices) {
      device.line.break();
      device.line.up = false;
      await this.time.drive(device.close());
    }
    await this.time.drive(this.server.remove());
    this.#model?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
