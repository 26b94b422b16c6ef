import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3-multiple-ciphers";

/** Every page of an encrypted database as it lies in its file, decrypted: free pages and slack too. */
const pagesOf = (file: string, keyHex: string): string => {
  const database = new Database(file);
  database.pragma("cipher = 'sqlcipher'");
  database.pragma(`key = "x'${keyHex}'"`);
  // What the log still holds is part of it: a reader of the stolen disk has both.
  const bytes = database.serialize().toString("latin1");
  database.close();
  return bytes;
};

/**
 * All bytes of a device's folder, its databases decrypted: what someone who has both the disk and
 * the key could read (S9, S14). The account must be closed.
 */
export const bytesOf = (folder: string, keyHex: string): string =>
  readdirSync(folder)
    .map((name) => join(folder, name))
    .map((file) => (file.endsWith(".db") ? pagesOf(file, keyHex) : readFileSync(file, "latin1")))
    .join("\n");
