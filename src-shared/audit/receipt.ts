import { z } from "zod";
import { type Failure, fail } from "../failure.ts";
import { err, ok, type Result } from "../result.ts";
import { type AuditEntry, open } from "./entry.ts";
import { type Head, Keys, readHead, SignedHead } from "./head.ts";
import { Line, lineHash } from "./line.ts";
import { Hash } from "./merkle.ts";
import { rootByInclusion } from "./proofs.ts";

/**
 * A receipt (PRT-4): one line of a log, as far as its holder may see it, and all it takes to prove
 * without the server that it stands there. `index` counts from 0; `proof` leads from the line to the
 * root in `head`.
 */
export const Receipt = z.object({
  format: z.literal("riversync-audit-receipt"),
  version: z.literal(1),
  log: z.string(),
  line: Line,
  index: z.int().min(0),
  head: SignedHead,
  proof: z.array(Hash).max(64),
  keys: Keys,
});
export type Receipt = z.infer<typeof Receipt>;

/** What a receipt proves: this entry stood in the log at this head. */
export interface Proven {
  entry: AuditEntry;
  head: Head;
}

/**
 * Whether a receipt holds, by itself: no server is asked. The keys in it prove only that whoever has
 * them wrote it: `trusted` are those the reader knows to be the server's. Refuses with the first
 * thing that does not hold: its shape (`audit-document-unreadable`), the signature
 * (`audit-head-forged`), the line's place (`audit-chain-broken`), a value (`audit-opening-false`),
 * the proof's shape (`audit-proof-broken`), the root it leads to (`audit-root-wrong`).
 */
export const verifyReceipt = async (
  document: unknown,
  trusted?: Keys,
): Promise<Result<Proven, Failure>> => {
  const parsed = Receipt.safeParse(document);
  if (!parsed.success) return err(fail("audit-document-unreadable"));
  const { log, line, index, proof, keys, ...receipt } = parsed.data;
  const head = await readHead(receipt.head, trusted ?? keys);
  if (!head.ok) return head;
  if (head.value.log !== log || line.log !== log || line.seq !== index + 1) {
    return err(fail("audit-chain-broken", { seq: line.seq }));
  }
  const entry = open(line);
  if (!entry.ok) return err(fail(entry.error.code, { ...entry.error.params, seq: line.seq }));
  const root = rootByInclusion(lineHash(line), index, head.value.size, proof);
  if (root === null) return err(fail("audit-proof-broken"));
  if (root !== head.value.root) return err(fail("audit-root-wrong"));
  return ok({ entry: entry.value, head: head.value });
};
