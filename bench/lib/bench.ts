import { randomBytes } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BareHandlers } from "../bare-process.ts";
import type { DeviceHandlers } from "../device-process.ts";
import type { ServerHandlers } from "../server-process.ts";
import { killAll, Peer } from "./process.ts";
import type { Usage } from "./usage.ts";

/** One measured figure with what it is measured against. */
export interface Row {
  name: string;
  value: number;
  unit: string;
  baseline: { name: string; value: number };
  /** `value` / `baseline.value`. */
  ratio: number;
  /** What else was seen, for people. */
  notes: string[];
  /** By name, what the processes of this row took. */
  processes?: Record<string, Usage>;
}

/** A row that could not be measured, and why. */
export interface Skipped {
  name: string;
  skipped: string;
}

/** The batch in which everyone fetches. */
export const BATCH = 2000;
export const WHO = "Nok";

/** The server that all rows share, the devices, and the folder in which it all lies. */
export class Bench {
  readonly records: number;
  readonly folder = mkdtempSync(join(tmpdir(), "bench-"));
  readonly key = randomBytes(32).toString("hex");
  readonly say: (line: string) => void;
  url = "";
  /** How many records a device of this server holds once it has everything. */
  total = 0;
  #server: Peer<ServerHandlers> | null = null;
  #devices = 0;

  constructor(records: number, say: (line: string) => void) {
    this.records = records;
    this.say = say;
  }

  /** Fills the server and starts it. */
  async start(): Promise<void> {
    this.#server = await Peer.start<ServerHandlers>("server-process.ts", "server");
    const folder = this.newFolder("server");
    const started = await this.#server.ask("start", { folder, total: this.records });
    this.url = started.url;
    this.total = started.records;
    this.say(
      `${started.records} records seeded in ${started.seedSeconds.toFixed(1)} s; ` +
        `their lens filled in ${started.lensSeconds.toFixed(1)} s`,
    );
  }

  get server(): Peer<ServerHandlers> {
    if (this.#server === null) throw new Error("the server has not been started");
    return this.#server;
  }

  newFolder(name: string): string {
    const folder = join(this.folder, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  at(folder: string, who = WHO) {
    return { folder, key: this.key, url: this.url, who };
  }

  device(): Promise<Peer<DeviceHandlers>> {
    return Peer.start<DeviceHandlers>("device-process.ts", "device");
  }

  bare(): Promise<Peer<BareHandlers>> {
    return Peer.start<BareHandlers>("bare-process.ts", "bare loop");
  }

  /** The folder of a closed device that holds everything; synced first where there is none yet. */
  async syncedFolder(): Promise<string> {
    const folder = this.newFolder("synced");
    if (existsSync(join(folder, "local.db"))) return folder;
    this.say("syncing the device that the other rows use…");
    const device = await this.device();
    await device.ask("firstSync", { at: this.at(folder), total: this.total });
    await device.stop();
    return folder;
  }

  /** Another device with the same on its disk. */
  async copyOfSynced(): Promise<string> {
    const from = await this.syncedFolder();
    this.#devices += 1;
    const to = this.newFolder(`copy-${this.#devices}`);
    for (const file of ["local.db", "local.db-wal"]) {
      if (existsSync(join(from, file))) copyFileSync(join(from, file), join(to, file));
    }
    return to;
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
    this.remove();
  }

  /** Ends and erases everything at once. */
  remove(): void {
    killAll();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A row from its parts. */
export const row = (
  name: string,
  measured: { value: number; unit: string },
  baseline: Row["baseline"],
  notes: string[] = [],
): Row => ({ name, ...measured, baseline, ratio: measured.value / baseline.value, notes });
