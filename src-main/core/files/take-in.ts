import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { mayBeAttached } from "#shared/domain/visit/attachment.ts";
import type { Failure } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { storageFailure } from "../storage-failure.ts";
import type { FileTable } from "./file-table.ts";
import { rowsOf } from "./rows-of.ts";

/**
 * Takes a file in and answers with its hash, once a loss of power can no longer undo it. Refuses with
 * `file-too-large`, `file-type-refused` or a failure of the storage layer such as `disk-full`, and
 * then keeps nothing of it.
 */
export const takeIn = async (
  table: FileTable,
  source: AsyncIterable<Uint8Array>,
  type: string,
): Promise<Result<{ hash: string; size: number }, Failure>> => {
  const refused = mayBeAttached(type, 0);
  if (refused !== null) return err(refused);
  let id: number | null = null;
  try {
    id = table.begin(type);
    const digest = createHash("sha256");
    let size = 0;
    for await (const row of rowsOf(source)) {
      size += row.byteLength;
      const tooLarge = mayBeAttached(type, size);
      if (tooLarge !== null) {
        table.erase([id]);
        return err(tooLarge);
      }
      digest.update(row);
      table.append(id, row);
      // A large file keeps nobody else waiting.
      await nextTurn();
    }
    const hash = digest.digest("hex");
    table.name(id, hash);
    return ok({ hash, size });
  } catch (error) {
    if (id !== null) drop(table, id);
    const failure = storageFailure(error);
    if (failure === null) throw error;
    return err(failure);
  }
};

/** Takes away what an attempt that failed has left. */
const drop = (table: FileTable, id: number): void => {
  try {
    table.erase([id]);
  } catch {
    // The disk takes nothing at all: it has no name, and goes at the next start.
  }
};
