import { z } from "zod";
import { type Failure, fail } from "../failure.ts";
import { err, ok, type Result } from "../result.ts";
import { type Head, Keys, readHead, SignedHead } from "./head.ts";
import { Line, LineCheck } from "./line.ts";

/** The first line of a whole log as a file of JSON lines; each line of the log follows as one. */
export const ExportHeader = z.object({
  format: z.literal("riversync-audit-log"),
  version: z.literal(1),
  log: z.string(),
  head: SignedHead,
  keys: Keys,
});
export type ExportHeader = z.infer<typeof ExportHeader>;

/** What a log is held against besides itself: keys known to be the server's, a head seen earlier. */
export interface Held {
  keys?: Keys | undefined;
  earlier?: SignedHead | undefined;
}

/** What was found to hold: the whole log at `head`, and `earlier` to be its beginning. */
export interface ProvenLog {
  head: Head;
  earlier: Head | null;
}

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * Whether a whole log holds, without asking any server: every value against its commitment, the
 * whole chain, the root over all lines against the signed head, and that an earlier head is its
 * beginning. Reads each text once, so a log may be of any length. Refuses with the first thing that
 * does not hold; what concerns one line names it (`seq`).
 */
export const verifyExport = async (
  texts: AsyncIterable<string>,
  { keys, earlier }: Held = {},
): Promise<Result<ProvenLog, Failure>> => {
  const rows = texts[Symbol.asyncIterator]();
  const first = await rows.next();
  const header = ExportHeader.safeParse(json(first.done === true ? "" : first.value));
  if (!header.success) return err(fail("audit-document-unreadable"));
  const { log } = header.data;
  const trusted = keys ?? header.data.keys;
  const head = await readHead(header.data.head, trusted);
  if (!head.ok) return head;
  const before = earlier === undefined ? ok(null) : await readHead(earlier, trusted);
  if (!before.ok) return before;
  const known = before.value;
  if (head.value.log !== log || (known !== null && known.log !== log)) {
    return err(fail("audit-head-forged"));
  }
  const check = new LineCheck(log);
  const rewritten = () => known !== null && check.size === known.size && check.root !== known.root;
  const broken = () => err(fail("audit-chain-broken", { seq: check.size + 1 }));
  let changed = rewritten();
  for (let row = await rows.next(); row.done !== true; row = await rows.next()) {
    if (row.value === "") continue;
    const line = Line.safeParse(json(row.value));
    if (!line.success) return broken();
    const added = check.add(line.data);
    if ("failure" in added) return err(added.failure);
    changed ||= rewritten();
  }
  if (check.size !== head.value.size) return broken();
  if (check.root !== head.value.root) return err(fail("audit-root-wrong"));
  if (known !== null && (changed || known.size > check.size)) {
    return err(fail("audit-history-rewritten", { size: known.size, at: known.at }));
  }
  return ok({ head: head.value, earlier: known });
};
