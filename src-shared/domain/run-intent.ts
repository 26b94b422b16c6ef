import { type Failure, fail } from "../failure.ts";
import { err, ok, type Result } from "../result.ts";
import type { Intent, IntentDef, Judging } from "./intent.ts";
import { intentDef } from "./registry.ts";

/** An intent whose type and payload are known to be well formed. */
export interface ParsedIntent {
  intent: Intent;
  def: IntentDef;
  payload: unknown;
}

/** Checks an intent's type, target kind and payload against its definition. */
export const parseIntent = (intent: Intent): Result<ParsedIntent, Failure> => {
  const def = intentDef(intent.type);
  if (def === undefined) return err(fail("intent-unknown", { type: intent.type }));
  const payload = def.payload.safeParse(intent.payload);
  if (!payload.success || def.kind !== intent.target.kind) {
    const where = payload.error?.issues[0]?.path.join(".") ?? "target";
    return err(fail("intent-malformed", { type: intent.type, where }));
  }
  return ok({ intent, def, payload: payload.data });
};

/**
 * Guard, then reducer: what the target becomes, or the rule that refuses (S1). Pure: the core runs
 * it at once on its copy, the server runs it with authority, and both get the same answer from the
 * same facts. `before` is null where the target does not exist.
 */
export const runIntent = (
  { def, payload, intent }: ParsedIntent,
  before: unknown,
  on: Judging,
): Result<unknown, Failure> => {
  if (def.creates && before !== null) return err(fail("target-exists", { kind: def.kind }));
  if (!def.creates && before === null) {
    return err(fail("target-unknown", { kind: intent.target.kind }));
  }
  const refused = def.guard(before, payload, on);
  return refused === null ? ok(def.reduce(before, payload, on)) : err(refused);
};
