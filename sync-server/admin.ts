import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import pino from "pino";
import type { Failure } from "#shared/failure.ts";
import type { Result } from "#shared/result.ts";
import {
  type Change,
  restoreAccount,
  revokeInstallation,
  suspendAccount,
} from "./access/change-account.ts";
import { sentenceOf } from "./sentence.ts";
import { openStore, sqliteFile } from "./store/open-store.ts";
import { databaseFrom } from "./store/postgres-options.ts";
import type { Store } from "./store/store.ts";

const say = (line: string) => process.stdout.write(`${line}\n`);

const complain = (sentence: string): void => {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
};

/** Whoever may write the server's file: the log names them as what they are. */
const operator = (): Change => ({
  by: { accountId: "", name: "operator", tenantId: "", tenantName: "" },
  at: new Date().toISOString(),
});

const accountIdOf = async (store: Store, login: string): Promise<string | undefined> =>
  (await store.db.selectFrom("account").select("id").where("login", "=", login).executeTakeFirst())
    ?.id;

type ChangeAccount = (
  store: Store,
  accountId: string,
  change: Change,
) => Promise<Result<null, Failure>>;

const changeAccount =
  (change: ChangeAccount, done: string) =>
  async (store: Store, login: string): Promise<void> => {
    const accountId = await accountIdOf(store, login);
    if (accountId === undefined) return complain(`There is no account "${login}".`);
    const changed = await change(store, accountId, operator());
    if (!changed.ok) return complain(sentenceOf(changed.error));
    say(`${login} ${done}. A running server heeds it within 15 seconds.`);
  };

const listDevices = async (store: Store, login?: string): Promise<void> => {
  const rows = await store.db
    .selectFrom("installation")
    .innerJoin("account", "account.id", "installation.account_id")
    .select([
      "installation.id as id",
      "login",
      "app_version",
      "last_seen",
      "revoked_at",
      "wiped_at",
    ])
    .$if(login !== undefined, (q) => q.where("login", "=", login ?? ""))
    .orderBy("login")
    .orderBy("last_seen", "desc")
    .execute();
  if (rows.length === 0) say("No device has been seen.");
  for (const row of rows) {
    const state = row.wiped_at
      ? `wiped ${row.wiped_at}`
      : row.revoked_at
        ? `revoked ${row.revoked_at}`
        : `last seen ${row.last_seen}`;
    say([row.id, row.login, row.app_version || "unknown version", state].join("  "));
  }
};

const revokeDevice = async (store: Store, installation: string): Promise<void> => {
  const revoked = await revokeInstallation(store, installation, operator());
  if (!revoked.ok) return complain(`No device ${installation} is known that could be revoked.`);
  say(`${installation} is revoked: it erases what it holds as soon as it reaches the server.`);
};

const program = new Command("sync-server-admin")
  .description(
    "Suspends accounts and revokes devices in the store of a sync server: the embedded one, or that of RIVERSYNC_DATABASE_URL",
  )
  .option("--data <folder>", "where the server's data lies", ".data");

/** A command on the open store, which is closed after it. */
const on =
  <A extends unknown[]>(act: (store: Store, ...args: A) => Promise<void>) =>
  async (...args: A): Promise<void> => {
    const folder = join(program.opts<{ data: string }>().data, "server");
    const database = databaseFrom(process.env);
    if (!database.ok) return complain(database.error);
    const file = sqliteFile(folder);
    if (database.value === null && !existsSync(file)) {
      return complain(`There is no server's store at ${file}.`);
    }
    const log = pino({ level: "warn" }, pino.destination(2));
    const opened = await openStore(database.value, folder, log);
    if (!opened.ok) return complain(sentenceOf(opened.error));
    await act(opened.value, ...args).finally(() => opened.value.close());
  };

program
  .command("suspend <login>")
  .description("let an account read nothing any more")
  .action(on(changeAccount(suspendAccount, "is suspended")));
program
  .command("restore <login>")
  .description("let a suspended account work again")
  .action(on(changeAccount(restoreAccount, "is restored")));
program
  .command("devices [login]")
  .description("list the devices that accounts work with")
  .action(on(listDevices));
program
  .command("revoke-device <installation>")
  .description("have a device erase what it holds")
  .action(on(revokeDevice));

await program.parseAsync();
