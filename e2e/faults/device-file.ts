import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Intent } from "#shared/domain/intent.ts";
import { openEncryptedDatabase } from "../../src-main/core/storage/open-database.ts";

/** What waits in a device's file for the server, and whether the file is whole. */
export interface OnDisk {
  /** Ids of the intents that wait, each once. */
  waiting: Set<string>;
  /** What SQLite finds wrong with the file; and each intent that is not whole. */
  damage: string[];
}

/** The account's database in a core's folder: the only one whose name is a hash. */
const fileIn = (dataFolder: string): string => {
  const name = readdirSync(dataFolder).find((each) => /^[0-9a-f]{24}\.db$/.test(each));
  if (name === undefined) throw new Error(`no database in ${dataFolder}`);
  return join(dataFolder, name);
};

/**
 * Reads the encrypted file of a core that was killed, with its log, as it lies on the disk. It reads
 * a copy: to open the file itself would mend it before the core does.
 */
export const readDevice = (dataFolder: string): OnDisk => {
  const folder = mkdtempSync(join(tmpdir(), "riversync-copy-"));
  const copy = join(folder, "copy.db");
  const file = fileIn(dataFolder);
  for (const suffix of ["", "-wal"]) {
    if (existsSync(file + suffix)) copyFileSync(file + suffix, copy + suffix);
  }
  const keys = JSON.parse(readFileSync(join(dataFolder, "keys.json"), "utf8")) as {
    databases: Record<string, string>;
  };
  const [keyHex = ""] = Object.values(keys.databases);
  try {
    const opened = openEncryptedDatabase({ file: copy, keyHex });
    if (!opened.ok) return { waiting: new Set(), damage: [opened.code] };
    const { database } = opened;
    const findings = database.prepare<[], string>("PRAGMA quick_check(5)").pluck().all();
    const damage = findings.filter((finding) => finding !== "ok");
    const waiting = new Set<string>();
    const tables = database
      .prepare<[], string>(
        "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'data'",
      )
      .pluck()
      .all();
    for (const table of tables) {
      const rows = database
        .prepare<[], string>(`SELECT data FROM "${table}" WHERE data LIKE '%"pending":[{%'`)
        .pluck()
        .all();
      for (const row of rows) {
        for (const raw of (JSON.parse(row) as { pending: unknown[] }).pending) {
          const intent = Intent.safeParse(raw);
          if (!intent.success) damage.push(`half an intent: ${JSON.stringify(raw).slice(0, 200)}`);
          else waiting.add(intent.data.id);
        }
      }
    }
    database.close();
    return { waiting, damage };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
