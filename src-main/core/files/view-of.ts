import { fail } from "#shared/failure.ts";
import type { FileView } from "#shared/ipc/views.ts";
import type { FileRow } from "./file-table.ts";

/** How a file is shown to stand; null for one that is only being taken in. */
export const viewOf = (
  row: FileRow,
  under: { hash: string; share: number } | null,
  arrived: ReadonlyMap<string, number>,
): FileView | null => {
  const { hash, state } = row;
  if (hash === null || row.leaving === 1) return null;
  const view = { hash, progress: null, failure: null };
  if (state === "failed") {
    const damaged = row.failure === "file-damaged";
    return { ...view, state, failure: fail(damaged ? "file-damaged" : "file-type-refused") };
  }
  if (state === "partial") {
    return arrived.has(hash) ? { ...view, state: "fetching" } : null;
  }
  if (state === "waiting" && under?.hash === hash) {
    return { ...view, state: "sending", progress: Math.min(1, under.share) };
  }
  if (state === "sent") return { ...view, state };
  // Taken in, and as good as waiting.
  return { ...view, state: "waiting" };
};
