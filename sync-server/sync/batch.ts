import type { Transaction } from "kysely";
import { Intent } from "#shared/domain/intent.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err } from "#shared/result.ts";
import type { Against, Verdict } from "#shared/sync/wire.ts";
import { type AuditEntry, appendAudit } from "../audit/log.ts";
import { type DomainEvent, emit } from "../events/outbox.ts";
import { canonical, sha256 } from "../store/canonical.ts";
import type { Database } from "../store/schema.ts";
import type { Store } from "../store/store.ts";
import { overwritesUnseen, standingAgainst, stillShown } from "./against.ts";
import { audited, idOf, logOf, targetIdOf, type Via } from "./audited.ts";
import { type Hearing, type Judged, type Judgement, judge } from "./judge.ts";
import type { Lens } from "./refeed.ts";
import type { RecordWriter } from "./write-records.ts";

const replayed: Judgement = {
  result: err(fail("intent-replayed")),
  workedAt: null,
  skew: null,
  late: false,
};

/**
 * The intents of one transaction: each is judged by what those before it have left, and what nobody
 * reads in between is written together at the end.
 */
export class Batch {
  readonly #tx: Transaction<Database>;
  readonly #lens: Lens;
  readonly #via: Via;
  readonly #hearing: Hearing;
  readonly #heard: Map<string, Database["verdict"]>;
  readonly #writer: RecordWriter;
  readonly #unwritten = new Map<string, Database["verdict"]>();
  readonly #lines = new Map<string, AuditEntry[]>();
  readonly #events: DomainEvent[] = [];

  constructor(
    tx: Transaction<Database>,
    lens: Lens,
    via: Via,
    hearing: Hearing,
    writer: RecordWriter,
    heard: Map<string, Database["verdict"]>,
  ) {
    this.#tx = tx;
    this.#lens = lens;
    this.#via = via;
    this.#hearing = hearing;
    this.#heard = heard;
    this.#writer = writer;
  }

  /** Judges one intent, and writes what follows from it. */
  async run(raw: unknown): Promise<Verdict> {
    const { viewer } = this.#lens;
    const id = idOf(raw);
    const hash = sha256(canonical(raw));
    const heard = this.#heard.get(id);
    if (heard?.hash === hash && heard.actor_id === viewer.accountId)
      return this.#repeat(heard, raw);
    const judgement = heard ? replayed : await this.#judge(raw);
    const judged = judgement.result;
    const against = heard ? [] : await this.#against(raw, judged);
    const log = await logOf(this.#tx, raw, judged, viewer);
    const row: Database["verdict"] = {
      intent_id: id,
      actor_id: viewer.accountId,
      hash,
      status: judged.ok ? "applied" : "refused",
      failure: judged.ok ? null : JSON.stringify(judged.error),
      at: this.#hearing.now,
      against: against.length === 0 ? null : JSON.stringify(against),
      worked_at: judgement.workedAt,
      log_id: log,
    };
    if (heard === undefined && id !== "") {
      this.#heard.set(id, row);
      this.#unwritten.set(id, row);
    }
    const entry = audited(viewer, this.#via, raw, judgement, against, this.#hearing.now);
    const lines = this.#lines.get(log);
    if (lines === undefined) this.#lines.set(log, [entry]);
    else lines.push(entry);
    if (judged.ok) {
      const workedAt = judgement.workedAt ?? this.#hearing.now;
      await this.#apply(judged.value, workedAt, Object.keys(entry.changes));
    }
    return toVerdict(row, against);
  }

  /** Writes what was left to be written together: verdicts, feeds, audit lines, events, and the news of it. */
  async close(store: Store): Promise<void> {
    await this.#writeVerdicts();
    const heads = await this.#writer.settle();
    // In one order, so that two batches never wait for each other.
    for (const log of [...this.#lines.keys()].sort()) {
      await appendAudit(this.#tx, log, ...(this.#lines.get(log) ?? []));
    }
    await emit(this.#tx, ...this.#events);
    const { accounts } = this.#writer;
    if (Object.keys(heads).length + accounts.length > 0) {
      await store.announce(this.#tx, heads, accounts);
    }
  }

  async #judge(raw: unknown): Promise<Judgement> {
    const { payload, after } = (raw ?? {}) as { payload?: unknown; after?: unknown };
    if (typeof after === "string" && this.#unwritten.has(after)) await this.#writeVerdicts();
    if (this.#writer.mustSettle(targetIdOf(raw), JSON.stringify(payload ?? null))) {
      await this.#writer.settle();
    }
    return judge(this.#tx, this.#lens.viewer, raw, this.#hearing);
  }

  async #writeVerdicts(): Promise<void> {
    if (this.#unwritten.size === 0) return;
    await this.#tx
      .insertInto("verdict")
      .values([...this.#unwritten.values()])
      .execute();
    this.#unwritten.clear();
  }

  async #apply(
    { parsed: { intent, def }, after }: Judged,
    at: string,
    fields: string[],
  ): Promise<void> {
    const { accountId, name } = this.#lens.viewer;
    const { id } = intent.target;
    await this.#writer.put(
      { kind: def.kind, id, data: after },
      { id: accountId, by: name, at, fields: def.creates ? [] : fields },
    );
    this.#events.push({
      ...{ id: intent.id, type: def.event ?? intent.type, subject: id },
      ...{ time: this.#hearing.now, data: after },
    });
  }

  async #against(raw: unknown, judged: Judgement["result"]): Promise<Against[]> {
    const parsed = judged.ok ? judged.value.parsed.intent : Intent.safeParse(raw).data;
    if (parsed === undefined) return [];
    const { saw } = parsed;
    const after = judged.ok ? judged.value.after : null;
    if (judged.ok && !overwritesUnseen(saw, judged.value.before ?? {}, judged.value.after)) {
      return [];
    }
    const targetId = parsed.target.id;
    if (this.#writer.isBehind(targetId)) await this.#writer.settle();
    const actorId = this.#lens.viewer.accountId;
    return standingAgainst(this.#tx, this.#lens.id, { targetId, actorId, saw }, after);
  }

  async #repeat(row: Database["verdict"], raw: unknown): Promise<Verdict> {
    const against = JSON.parse(row.against ?? "[]") as Against[];
    return toVerdict(row, await stillShown(this.#tx, this.#lens.id, targetIdOf(raw), against));
  }
}

const toVerdict = (row: Database["verdict"], against: Against[]): Verdict => {
  const word = { intentId: row.intent_id, at: row.at, against };
  return row.failure === null
    ? { status: "applied", ...word }
    : { status: "refused", ...word, failure: JSON.parse(row.failure) as Failure };
};
