import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqlite } from "../store/open-sqlite.ts";
import type { Store } from "../store/store.ts";

/** An empty store in a folder of its own; `remove` closes it and takes the folder away. */
export const temporaryStore = async (): Promise<{ store: Store; remove(): Promise<void> }> => {
  const folder = mkdtempSync(join(tmpdir(), "store-"));
  const opened = await openSqlite(join(folder, "server.db"));
  if (!opened.ok) throw new Error(opened.error.code);
  const store = opened.value;
  return {
    store,
    remove: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
