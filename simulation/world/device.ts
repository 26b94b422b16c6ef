import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import pino from "pino";
import { bearer } from "#core/auth/access-token.ts";
import { eraseDatabase, type LocalDatabase, openLocalDatabase } from "#core/database.ts";
import { Account } from "#core/session/account.ts";
import { ServerClient } from "#core/sync/server-client.ts";
import { ok } from "#shared/result.ts";
import { id } from "#shared/testing/builders.ts";
import type { IdMaker } from "../engine/ids.ts";
import type { VirtualTime } from "../engine/time.ts";
import type { Line } from "./line.ts";

const log = pino({ level: "silent" });

/** The clocks of one machine: the one its owner can set, and the one that only runs on. */
class Machine {
  readonly #time: VirtualTime;
  #ahead = 0;
  /** Its clock was once set forward: what it then took for over was sealed, and told again. */
  hasLeapt = false;
  #booted: number;

  constructor(time: VirtualTime) {
    this.#time = time;
    this.#booted = time.now();
  }

  wall(): number {
    return this.#time.now() + this.#ahead;
  }

  /** Its owner sets its clock, so many ms ahead of the true time. */
  set(ahead: number): void {
    if (ahead > this.#ahead) this.hasLeapt = true;
    this.#ahead = ahead;
  }

  monotonic(): number {
    return this.#time.now() - this.#booted;
  }

  /** A process began. */
  boot(): void {
    this.#booted = this.#time.now();
  }
}

/** A device of someone's: the core's account over an encrypted file, which can be killed at any instant. */
export class SimDevice {
  readonly name: string;
  readonly who: string;
  readonly line: Line;
  readonly machine: Machine;
  readonly key: string;
  readonly #folder: string;
  #life = 0;
  #account: Account | null = null;
  #ids: IdMaker;
  /** The server revoked the device: it has been told to erase itself, and has done so. */
  wiped: "no" | "told" | "done" = "no";
  /** What is done to each database that is opened here. */
  readonly #opened: (database: LocalDatabase) => void;
  /** Records this device had to mend since it was first switched on (S10). */
  #mended = 0;

  constructor(parts: {
    name: string;
    who: string;
    folder: string;
    line: Line;
    time: VirtualTime;
    opened: (database: LocalDatabase) => void;
  }) {
    const { name, time } = parts;
    this.name = name;
    this.who = parts.who;
    this.line = parts.line;
    this.#folder = parts.folder;
    this.#opened = parts.opened;
    this.machine = new Machine(time);
    this.key = Buffer.from(name.padEnd(32, "-").slice(0, 32)).toString("hex");
    this.#ids = this.#idMaker();
  }

  /** The folder its files lie in. */
  get folder(): string {
    return join(this.#folder, `${this.name}-${this.#life}`);
  }

  /** The account, or null while the device is off. */
  get account(): Account | null {
    return this.#account;
  }

  /** Who makes ids on this device. */
  get ids(): IdMaker {
    return this.#ids;
  }

  /** Switches the device on. */
  async open(): Promise<void> {
    if (this.#account !== null || this.wiped === "done") return;
    mkdirSync(this.folder, { recursive: true });
    this.machine.boot();
    this.#ids = this.#idMaker();
    const database = await openLocalDatabase(join(this.folder, "local.db"), this.key);
    if (!database.ok) throw new Error(database.error.code);
    const life = this.#life;
    const client = new ServerClient({
      serverUrl: "http://server.test",
      installation: id(this.name),
      appVersion: "test",
      token: async () => ok(bearer(this.who)),
      fetch: async (input, init) => {
        // A killed process has no network any more.
        if (life !== this.#life) throw new TypeError("the process is dead");
        return this.line.fetch(this, new URL(String(input)), init ?? {});
      },
      wall: () => this.machine.wall(),
    });
    this.#opened(database.value);
    const account = await Account.open(database.value, client, log, this.machine);
    account.wiped$.subscribe(() => {
      this.wiped = "told";
    });
    this.#account = account;
  }

  /** Records it had to mend, ever. */
  get mended(): number {
    return this.#mended + (this.#account?.status$.value.repaired ?? 0);
  }

  /** Erases everything, where the server said so. */
  async wipe(): Promise<void> {
    if (this.wiped !== "told") return;
    await this.close();
    eraseDatabase(join(this.folder, "local.db"));
    this.wiped = "done";
  }

  /** Switches it off in good order. */
  async close(): Promise<void> {
    const account = this.#off();
    await account?.close();
  }

  /** Killed: what is on the disk this instant is all that is left of it. */
  async kill(): Promise<void> {
    const account = this.#off();
    if (account === null) return;
    const left = this.folder;
    this.#life += 1;
    mkdirSync(this.folder, { recursive: true });
    for (const file of readdirSync(left)) {
      if (!file.endsWith("-shm")) copyFileSync(join(left, file), join(this.folder, file));
    }
    this.line.break();
    await account.close();
  }

  #off(): Account | null {
    const account = this.#account;
    this.#mended = this.mended;
    this.#account = null;
    return account;
  }

  #idMaker(): IdMaker {
    return { wall: () => this.machine.wall(), millis: Number.NEGATIVE_INFINITY, count: 0 };
  }
}
