import { type Failure, fail } from "../failure.ts";
import { err, ok, type Result } from "../result.ts";
import { type Head, type Keys, readHead, type SignedHead } from "./head.ts";
import type { Hash } from "./merkle.ts";
import { isConsistent } from "./proofs.ts";

/**
 * Whether the head a server shows now continues the one it showed before (`known`, null at the first
 * time): nothing that was in the log has been changed, moved or taken out (PRT-4). Answers the new
 * head, to be kept instead. Refuses one that is not signed with `keys` or is of another log
 * (`audit-head-forged`), and one that the earlier one is not the beginning of, also a shorter one
 * (`audit-history-rewritten`): both heads together are the evidence, so the earlier one stays kept.
 */
export const checkHead = async (
  known: Head | null,
  next: SignedHead,
  proof: readonly Hash[],
  keys: Keys,
): Promise<Result<Head, Failure>> => {
  const head = await readHead(next, keys);
  if (!head.ok || known === null) return head;
  if (head.value.log !== known.log) return err(fail("audit-head-forged"));
  return isConsistent(known, head.value, proof)
    ? ok(head.value)
    : err(fail("audit-history-rewritten", { size: known.size, at: known.at }));
};
