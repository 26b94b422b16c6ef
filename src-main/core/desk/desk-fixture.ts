import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Kind } from "#shared/domain/intent.ts";
import { device, id, ticket } from "#shared/testing/builders.ts";
import { viewerOf } from "#shared/testing/viewers.ts";
import { type LocalDatabase, openLocalDatabase } from "../database.ts";
import { IntentIds } from "../intents/intent-ids.ts";
import { IntentMaker } from "../intents/make.ts";
import { withChanges } from "../records/local-record.ts";
import { Desk } from "./desk.ts";

/** A pump at Acme's, and a new ticket on it. */
export const pump = device("pump", "Acme", "North");
export const leak = ticket("leak", pump);

/** Someone's device with an encrypted database on the disk, that can be closed and opened again. */
export class DeskDevice {
  readonly #folder = mkdtempSync(join(tmpdir(), "desk-"));
  readonly #key = randomBytes(32).toString("hex");
  database!: LocalDatabase;
  desk!: Desk;
  maker!: IntentMaker;

  /** Opens one that knows the pump, the ticket and two people; it is gone when the test is over. */
  static async open(): Promise<DeskDevice> {
    const opened = new DeskDevice();
    await opened.#start();
    await opened.holds("device", pump);
    await opened.holds("ticket", leak);
    for (const name of ["Nok", "Tam"]) await opened.holds("person", person(name));
    onTestFinished(async () => {
      await opened.database.close();
      rmSync(opened.#folder, { recursive: true, force: true });
    });
    return opened;
  }

  /** What a crash and a new start leave of it: what is on the disk. */
  async restart(): Promise<void> {
    await this.database.close();
    await this.#start();
  }

  /** The record as the server told it; what waits on it is gone. */
  async holds(kind: Kind, data: { id: string }): Promise<void> {
    const head = { id: data.id, kind, rev: 1, until: "" };
    await this.database.records.incrementalUpsert(withChanges(head, { ...data }, [], null));
  }

  /** Every intent that waits for the server. */
  async pending() {
    const found = await this.database.records.find({ selector: { dirty: "1" } }).exec();
    return found.flatMap((record) => record.toMutableJSON().pending);
  }

  async #start(): Promise<void> {
    const database = await openLocalDatabase(join(this.#folder, "local.db"), this.#key);
    if (!database.ok) throw new Error(database.error.code);
    this.database = database.value;
    this.desk = new Desk(this.database.desk);
    this.maker = new IntentMaker(
      this.database.records,
      () => viewerOf("coordinator", { accountId: id("Nok"), name: "Nok" }),
      { now: () => new Date("2026-06-15T03:00:00.000Z"), skew: () => null },
      new IntentIds(),
      async () => {},
    );
  }
}

const person = (name: string) => ({
  id: id(name),
  tenantId: id("Nera"),
  name,
  roleName: "",
  takesWork: true,
});
