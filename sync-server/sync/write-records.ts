import type { Selectable, Transaction } from "kysely";
import { scopeOf } from "#shared/access/layers.ts";
import type { Agreement } from "#shared/domain/agreement/agreement.ts";
import type { Grant } from "#shared/domain/grant/grant.ts";
import { writeFileRefs } from "../files/file-table.ts";
import type { Database } from "../store/schema.ts";
import type { Heads } from "../store/store.ts";
import { type Authors, type Authorship, withAuthor } from "./authors.ts";
import { aroundDevices, type Changed, lensesOf, ofCustomers } from "./concerned.ts";
import { PeopleWriter } from "./people-writer.ts";
import { coverageRows, linkRows, type RecordWrite, recordRow } from "./record-row.ts";
import { type Lens, refeed } from "./refeed.ts";

interface Untold extends Changed {
  /** It was not there before. */
  fresh: boolean;
  /** Who sees this record, or others, may have changed with it. */
  ripples: boolean;
}

/**
 * Writes records, each at once, and then tells every feed that follows from them, together: their
 * own, and those of whatever an agreement, a grant or an assignment brings into a lens or takes out
 * (S3, S7). Between the two the feeds are behind; see {@link RecordWriter.isBehind}.
 */
export class RecordWriter {
  readonly #tx: Transaction<Database>;
  readonly #at: string;
  readonly #known: Map<string, Overwritten>;
  readonly #heads: Heads = {};
  #untold = new Map<string, Untold>();
  #assignees = new Set<string>();
  #movedDevices = new Set<string>();
  #recoveredCustomers = new Set<string>();
  readonly #people: PeopleWriter;

  /** `known` are records that need not be read again before they are written over. */
  constructor(tx: Transaction<Database>, at: string, known = new Map<string, Overwritten>()) {
    this.#tx = tx;
    this.#at = at;
    this.#known = known;
    this.#people = new PeopleWriter(tx, at);
  }

  /** The accounts that are no longer what they were before this writer began. */
  get accounts(): string[] {
    return this.#people.accounts;
  }

  /** Writes a record. `author` is who made which change; without, nobody is known to have. */
  async put(write: RecordWrite, author?: Authorship): Promise<void> {
    await this.#people.before(write);
    await this.#write(write, author);
    for (const follows of await this.#people.after(write)) await this.#write(follows, author);
  }

  async #write(write: RecordWrite, author?: Authorship): Promise<void> {
    const row = recordRow(write);
    const before = this.#known.get(row.id) ?? (await overwritten(this.#tx, row.id));
    const authors = author
      ? JSON.stringify(withAuthor(JSON.parse(before?.authors ?? "{}") as Authors, author))
      : "{}";
    const version = (before?.version ?? 0) + 1;
    this.#known.set(row.id, { assignee_id: row.assignee_id, version, authors });
    await this.#tx
      .insertInto("record")
      .values({ ...row, version, authors })
      .onConflict((c) =>
        c.column("id").doUpdateSet((s) => ({
          version: s.ref("excluded.version"),
          assignee_id: s.ref("excluded.assignee_id"),
          data: s.ref("excluded.data"),
          authors: s.ref("excluded.authors"),
        })),
      )
      .execute();
    await writeFileRefs(this.#tx, write);
    const moved = write.kind === "visit" && before?.assignee_id !== row.assignee_id;
    const work = write.kind === "ticket" || write.kind === "alarm" || write.kind === "visit";
    const untold = this.#untold.get(row.id);
    this.#untold.set(row.id, {
      id: row.id,
      kind: write.kind,
      customerId: row.customer_id,
      tenantId: row.tenant_id,
      fresh: before === undefined || untold?.fresh === true,
      ripples: !work || moved || untold?.ripples === true,
    });
    if (write.kind === "agreement") await writeCoverage(this.#tx, write.data as Agreement);
    if (write.kind === "grant") await writeLink(this.#tx, write.data as Grant);
    // A device that moves takes with it all that hangs on it: a grant may be for its region alone.
    if (write.kind === "agreement" || write.kind === "grant" || write.kind === "device") {
      this.#recoveredCustomers.add(row.customer_id);
    }
    if (moved) {
      this.#movedDevices.add(row.device_id);
      this.#assignees.add(row.assignee_id).add(before?.assignee_id ?? "");
    }
  }

  /** Whether what the feeds say of this record is older than what has been written. */
  isBehind(id: string): boolean {
    return this.#untold.has(id);
  }

  /**
   * Whether an act on `targetId` whose payload is `text` has to wait until the feeds are told: it
   * would read there what has just been written. That its target says something else since is no
   * reason: acts run on the record itself.
   */
  mustSettle(targetId: string, text: string): boolean {
    for (const { id, fresh, ripples } of this.#untold.values()) {
      if (ripples || text.includes(id) || (fresh && id === targetId)) return true;
    }
    return false;
  }

  /** Decides anew, for every lens concerned, what it sees of these customers' records. */
  recover(customers: readonly string[]): void {
    for (const id of customers) this.#recoveredCustomers.add(id);
  }

  /** Tells the feeds. Returns how far each has grown since this writer began. */
  async settle(): Promise<Heads> {
    const changed = [...this.#untold.values()];
    if (changed.length === 0 && this.#recoveredCustomers.size === 0) return this.#heads;
    const customers = [...this.#recoveredCustomers];
    const recovered = await ofCustomers(this.#tx, customers);
    const moved = await aroundDevices(this.#tx, [...this.#movedDevices]);
    const everyones = new Map([...recovered, ...changed].map((s) => [s.id, s]));
    const subjects = new Map([...moved.map((s) => [s.id, s] as const), ...everyones]);
    const own = ({ viewer }: Lens) =>
      scopeOf(viewer).ownVisits && this.#assignees.has(viewer.accountId);
    const grown = await refeed(
      this.#tx,
      await lensesOf(this.#tx, changed, customers),
      [...subjects.values()],
      this.#at,
      (lens, id) => everyones.has(id) || own(lens),
    );
    for (const [lens, { seq, revoked }] of Object.entries(grown)) {
      this.#heads[lens] = { seq, revoked: revoked || this.#heads[lens]?.revoked === true };
    }
    this.#untold = new Map();
    this.#assignees = new Set();
    this.#movedDevices = new Set();
    this.#recoveredCustomers = new Set();
    return this.#heads;
  }
}

/** Writes records and every feed row that follows from them. Returns how far the feeds have grown. */
export const writeRecords = async (
  tx: Transaction<Database>,
  writes: readonly RecordWrite[],
  at: string,
): Promise<Heads> => {
  const writer = new RecordWriter(tx, at);
  for (const write of writes) await writer.put(write);
  return writer.settle();
};

/** Decides anew, for every lens concerned, what it sees of these customers' records. */
export const refeedCustomers = async (
  tx: Transaction<Database>,
  customers: string[],
  at: string,
): Promise<Heads> => {
  const writer = new RecordWriter(tx, at);
  writer.recover(customers);
  return writer.settle();
};

/** What of a record is read before it is written over. */
export type Overwritten = Pick<
  Selectable<Database["record"]>,
  "assignee_id" | "version" | "authors"
>;

const overwritten = (tx: Transaction<Database>, id: string): Promise<Overwritten | undefined> =>
  tx
    .selectFrom("record")
    .select(["assignee_id", "version", "authors"])
    .where("id", "=", id)
    .executeTakeFirst();

const writeCoverage = async (tx: Transaction<Database>, agreement: Agreement): Promise<void> => {
  await tx.deleteFrom("coverage").where("agreement_id", "=", agreement.id).execute();
  const rows = coverageRows(agreement);
  if (rows.length > 0) await tx.insertInto("coverage").values(rows).execute();
};

const writeLink = async (tx: Transaction<Database>, grant: Grant): Promise<void> => {
  await tx.deleteFrom("grant_link").where("grant_id", "=", grant.id).execute();
  for (const row of linkRows(grant)) await tx.insertInto("grant_link").values(row).execute();
};
