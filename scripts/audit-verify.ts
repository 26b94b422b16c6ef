import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { type Held, verifyExport } from "#shared/audit/export.ts";
import { type Head, readHead } from "#shared/audit/head.ts";
import { Receipt, verifyReceipt } from "#shared/audit/receipt.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";

/** What of a file was found to hold. */
export type Verified =
  | { kind: "log"; head: Head; earlier: Head | null }
  | { kind: "receipt"; head: Head; line: number; act: string; actor: string };

/** The first line of a file. */
const firstLine = async (file: string): Promise<string> => {
  for await (const line of createInterface({ input: createReadStream(file) })) return line;
  return "";
};

const isLog = (line: string): boolean => {
  try {
    return (JSON.parse(line) as { format?: unknown } | null)?.format === "riversync-audit-log";
  } catch {
    return false;
  }
};

/**
 * Whether a file holds, without asking any server: a whole log, read line by line, or a receipt.
 * Rejects where it cannot be read. An earlier head is held against a log; of a receipt it proves
 * something only where it is its own, as a receipt has no proof between heads.
 */
export const verifyFile = async (file: string, held: Held): Promise<Result<Verified, Failure>> => {
  if (isLog(await firstLine(file))) {
    const proven = await verifyExport(createInterface({ input: createReadStream(file) }), held);
    return proven.ok ? ok({ kind: "log", ...proven.value }) : proven;
  }
  const text = await readFile(file, "utf8");
  const receipt = Receipt.safeParse(parsed(text));
  if (!receipt.success) return err(fail("audit-document-unreadable"));
  const proven = await verifyReceipt(receipt.data, held.keys);
  if (!proven.ok) return proven;
  const { entry, head } = proven.value;
  if (held.earlier !== undefined) {
    const earlier = await readHead(held.earlier, held.keys ?? receipt.data.keys);
    if (!earlier.ok) return earlier;
    const { log, size, root } = earlier.value;
    if (log !== head.log || size !== head.size) return err(fail("audit-proof-broken"));
    if (root !== head.root) return err(fail("audit-history-rewritten", { size, at: head.at }));
  }
  const line = receipt.data.index + 1;
  return ok({ kind: "receipt", head, line, act: entry.intent.type, actor: entry.actor.name });
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
