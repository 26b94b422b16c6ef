import { openEncryptedDatabase } from "#core/storage/open-database.ts";
import { type Usage, usage } from "./lib/usage.ts";

/** What this process says once, with its first page. */
export interface BareColdNews {
  rows: number;
  usage: Usage;
}

process.once("disconnect", () => process.exit(0));

/** The least that can be done: Node, the encrypted file, one page by SQL. */
const [file = "", keyHex = "", page = ""] = process.argv.slice(2);

const opened = openEncryptedDatabase({ file, keyHex });
if (!opened.ok) throw new Error(opened.code);
const texts = opened.database.prepare<[], string>(page).pluck().all();
const rows = texts.map((text) => JSON.parse(text) as object).length;
const news: BareColdNews = { rows, usage: usage() };
process.send?.(news);
