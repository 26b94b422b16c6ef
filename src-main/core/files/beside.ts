import type { Logger } from "pino";
import type { Failure } from "#shared/failure.ts";
import type { Result } from "#shared/result.ts";
import type { Account } from "../session/account.ts";
import { AccountFiles, type FilesParts } from "./account-files.ts";
import { namedFiles } from "./named.ts";

/** The file beside an account's database in which its attachments lie. */
export const filesBeside = (databaseFile: string): string =>
  `${databaseFile.replace(/\.db$/, "")}-files.db`;

/**
 * Opens the files of an open account: they wait for its documents, go when its records go, and are
 * counted in its status. Close them before the account.
 */
export const openFilesBeside = async (
  account: Account,
  parts: Pick<FilesParts, "file" | "keyHex" | "server">,
  log: Logger,
): Promise<Result<AccountFiles, Failure>> => {
  const { database, desk, status$, erased$ } = account;
  const files = await AccountFiles.open({
    ...parts,
    status$,
    erased$,
    named: () => namedFiles(database.records, desk),
    log,
  });
  if (files.ok) files.value.waiting$.subscribe((count) => account.filesWaiting(count));
  return files;
};
