import type { RxCollection } from "rxdb/plugins/core";
import { v7 } from "uuid";
import { decideAct } from "#shared/access/decide.ts";
import type { Viewer } from "#shared/access/viewer.ts";
import { actorOf, type Intent, type Kind, Scalar } from "#shared/domain/intent.ts";
import { intentDef } from "#shared/domain/registry.ts";
import { type ParsedIntent, parseIntent } from "#shared/domain/run-intent.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { isHusk, type LocalRecord, withChanges } from "../records/local-record.ts";
import { byId } from "../records/queries.ts";
import { storageFailure } from "../storage-failure.ts";
import type { IntentIds } from "./intent-ids.ts";
import { runHere } from "./replay.ts";

/** The device's clock, and what it is known to be off: the server's minus its own, ms. */
export interface DeviceClock {
  now(): Date;
  skew(): number | null;
}

/** A change someone wants to make. */
export interface Wanted {
  type: string;
  targetId: string | null;
  payload: Record<string, unknown>;
  /** The refused intent this one makes anew. */
  mends?: string | null;
}

interface Judged {
  parsed: ParsedIntent;
  before: LocalRecord | undefined;
  data: Record<string, unknown>;
}

/** What stood in the scalar fields that a change gives another value; nothing stands before a create. */
const sawIn = (
  before: Record<string, unknown> | null,
  after: Record<string, unknown>,
): Intent["saw"] => {
  const saw: Intent["saw"] = {};
  if (before === null) return saw;
  for (const field of Object.keys(after)) {
    const was = Scalar.safeParse(before[field] ?? null);
    if (was.success && before[field] !== after[field]) saw[field] = was.data;
  }
  return saw;
};

/** Makes intents: judged here by the same layers and rules as at the server, then kept durably. */
export class IntentMaker {
  readonly #records: RxCollection<LocalRecord>;
  readonly #viewer: () => Viewer;
  readonly #clock: DeviceClock;
  /** One at a time: each is judged on what the one before it left. */
  #line: Promise<unknown> = Promise.resolve();

  readonly #ids: IntentIds;
  readonly #kept: (id: string, pending: number) => Promise<void>;

  /** `kept` hears of each change once it is on the disk, before its maker does. */
  constructor(
    records: RxCollection<LocalRecord>,
    viewer: () => Viewer,
    clock: DeviceClock,
    ids: IntentIds,
    kept: (id: string, pending: number) => Promise<void>,
  ) {
    this.#records = records;
    this.#viewer = viewer;
    this.#clock = clock;
    this.#ids = ids;
    this.#kept = kept;
  }

  /** Whether the change would be allowed now; otherwise who refuses it, and why. */
  async check(wanted: Wanted): Promise<Result<Record<never, never>, Failure>> {
    const judged = await this.#judge(wanted);
    return judged.ok ? ok({}) : judged;
  }

  /**
   * Makes the change. When this answers ok it is on the disk and survives anything; where the disk
   * could not take it, it says so and nothing has happened.
   */
  make(wanted: Wanted): Promise<Result<{ targetId: string; intentId: string }, Failure>> {
    const turn = this.#line.then(async () => {
      try {
        return await this.#makeNow(wanted);
      } catch (error) {
        const failure = storageFailure(error);
        if (failure === null) throw error;
        return err(failure);
      }
    });
    this.#line = turn.catch(() => {});
    return turn;
  }

  async #makeNow(wanted: Wanted): Promise<Result<{ targetId: string; intentId: string }, Failure>> {
    const judged = await this.#judge(wanted);
    if (!judged.ok) return judged;
    const { parsed, before, data } = judged.value;
    const intent = { ...parsed.intent, saw: sawIn(before?.data ?? null, data) };
    const head = before ?? { id: intent.target.id, kind: intent.target.kind, rev: 0, until: "" };
    const changed = withChanges(head, data, [...(before?.pending ?? []), intent], null);
    let waiting = changed.pending.length;
    if (before === undefined) {
      await this.#records.insert(changed);
    } else {
      const document = await this.#records.findOne(intent.target.id).exec();
      if (document === null) return err(fail("target-unknown", { kind: intent.target.kind }));
      // The feed may have moved the record since it was judged: run on what is there now.
      let refused: Failure | null = null;
      await document.incrementalModify(async (current) => {
        const known = isHusk(current) ? null : current.data;
        const ran = await runHere(this.#records, this.#actor(), parsed, known);
        refused = ran.ok ? null : ran.error;
        return ran.ok
          ? {
              ...current,
              ...withChanges(
                current,
                ran.value as LocalRecord["data"],
                [
                  ...current.pending,
                  {
                    ...intent,
                    baseRev: current.rev,
                    after: current.pending.at(-1)?.id ?? null,
                    saw: sawIn(current.data, ran.value as LocalRecord["data"]),
                  },
                ],
                current.pending.length > 0 ? current.base : current.data,
              ),
            }
          : current;
      });
      if (refused !== null) return err(refused);
      waiting = document.getLatest().pending.length;
    }
    await this.#kept(intent.target.id, waiting);
    return ok({ targetId: intent.target.id, intentId: intent.id });
  }

  #actor() {
    return actorOf(this.#viewer());
  }

  async #judge({
    type,
    targetId,
    payload,
    mends = null,
  }: Wanted): Promise<Result<Judged, Failure>> {
    const viewer = this.#viewer();
    const def = intentDef(type);
    if (def === undefined) return err(fail("intent-unknown", { type }));
    const id = targetId ?? v7();
    const before = targetId === null ? undefined : await byId(this.#records, id);
    const now = this.#clock.now();
    const intent: Intent = {
      id: this.#ids.next(now.getTime()),
      type,
      target: { kind: def.kind as Kind, id },
      payload,
      actor: viewer.accountId,
      deviceTime: now.toISOString(),
      baseRev: before?.rev ?? 0,
      after: before?.pending.at(-1)?.id ?? null,
      skew: this.#clock.skew(),
      saw: {},
      mends,
    };
    const parsed = parseIntent(intent);
    if (!parsed.ok) return parsed;
    const refused = decideAct(viewer, def);
    if (refused !== null) return err(refused);
    const known = before?.kind === def.kind && !isHusk(before) ? before.data : null;
    const ran = await runHere(this.#records, this.#actor(), parsed.value, known);
    return ran.ok
      ? ok({ parsed: parsed.value, before, data: ran.value as LocalRecord["data"] })
      : ran;
  }
}
