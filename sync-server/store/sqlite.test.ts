import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { storeContract } from "./contract-suite.ts";
import { openSqlite } from "./open-sqlite.ts";

const folder = mkdtempSync(join(tmpdir(), "store-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;

storeContract("SQLite", async () => {
  files += 1;
  const opened = await openSqlite(join(folder, `server-${files}.db`));
  if (!opened.ok) throw new Error(opened.error.code);
  return { store: opened.value, owner: opened.value.db };
});
