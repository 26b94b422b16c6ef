import type { Failure } from "#shared/failure.ts";
import { ok, type Result } from "#shared/result.ts";
import type { DeskResponse } from "#shared/sync/wire.ts";
import type { Desk } from "./desk.ts";
import type { DeskDecision } from "./desk-row.ts";

const BATCH = 200;

/** Who is told of decisions: the sync server. */
export interface DecisionLog {
  desk(decisions: DeskDecision[]): Promise<Result<DeskResponse, Failure>>;
}

/**
 * Tells the server what people decided, until all of it is in its log (S6). A lost answer or a crash
 * tells it again, and the server writes none twice; what it does not note is kept for the next time.
 * What is decided of an intent that is still `pending` is kept too: its verdict comes once more, and
 * would lay it on the desk again.
 */
export const tellDecisions = async (
  desk: Desk,
  server: DecisionLog,
  pending: ReadonlySet<string> = new Set(),
): Promise<Result<Record<never, never>, Failure>> => {
  const decided = await desk.decided();
  const decisions = decided.filter(({ intentId }) => !pending.has(intentId));
  for (let i = 0; i < decisions.length; i += BATCH) {
    const answer = await server.desk(decisions.slice(i, i + BATCH));
    if (!answer.ok) return answer;
    await desk.noted(answer.value.noted);
  }
  return ok({});
};
