import { v7 } from "uuid";
import { decideAct } from "#shared/access/decide.ts";
import { actorOf, type Intent, type Judging, type Kind } from "#shared/domain/intent.ts";
import { intentDef } from "#shared/domain/registry.ts";
import { parseIntent, runIntent } from "#shared/domain/run-intent.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import type { FakeState } from "./fake-state.ts";
import type { FakeRecord } from "./fake-world.ts";

/** A change as the contract asks for it. */
export interface Ask {
  type: string;
  targetId: string | null;
  payload: Record<string, unknown>;
}

/** Judges a change by the real rules; with `keep` it also takes effect, and waits to be sent. */
export const fakeChange = (
  state: FakeState,
  ask: Ask,
  keep: boolean,
): Result<{ targetId: string; intentId: string }, Failure> => {
  const { viewer } = state;
  if (viewer === null) return err(fail("not-signed-in"));
  const def = intentDef(ask.type);
  if (def === undefined) return err(fail("intent-unknown", { type: ask.type }));
  const refused = decideAct(viewer, def);
  if (refused !== null) return err(refused);
  if (keep && def.stepUp && state.asksProof()) return err(fail("step-up-required", { minutes: 5 }));
  const id = v7();
  const targetId = ask.targetId ?? v7();
  const at = new Date().toISOString();
  const intent: Intent = {
    id,
    type: ask.type,
    target: { kind: def.kind, id: targetId },
    payload: ask.payload,
    actor: viewer.accountId,
    deviceTime: at,
    baseRev: 1,
    after: null,
    skew: null,
    saw: {},
    mends: null,
  };
  const parsed = parseIntent(intent);
  if (!parsed.ok) return parsed;
  const on: Judging = {
    actor: actorOf(viewer),
    at,
    intentId: id,
    targetId,
    get: <T>(kind: Kind, other: string) => state.get(kind, other)?.data as T | undefined,
    all: <T>(kind: Kind) => state.all(kind).map(({ data }) => data as T),
  };
  const became = runIntent(parsed.value, state.get(def.kind, targetId)?.data ?? null, on);
  if (!became.ok) return became;
  if (keep) {
    state.records.set(`${def.kind}:${targetId}`, {
      kind: def.kind,
      data: became.value,
    } as FakeRecord);
    state.pending.set(targetId, [...(state.pending.get(targetId) ?? []), intent]);
    state.bell.ring();
  }
  return ok({ targetId, intentId: id });
};
