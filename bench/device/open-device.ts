import { join } from "node:path";
import pino from "pino";
import { filter, firstValueFrom } from "rxjs";
import { bearer } from "#core/auth/access-token.ts";
import { openLocalDatabase } from "#core/database.ts";
import { Account, held } from "#core/session/account.ts";
import { ServerClient } from "#core/sync/server-client.ts";
import { ok } from "#shared/result.ts";
import { id } from "../world/id.ts";

/** Where a device is, whose it is, and to whom it speaks. */
export interface DeviceAt {
  folder: string;
  key: string;
  url: string;
  who: string;
}

/** A device that can be taken off the network and put back. */
export interface OpenDevice {
  account: Account;
  /** Its database. */
  file: string;
  offline: boolean;
}

/** Puts a core's account upon the encrypted database of a device, as the core does. */
export const openDevice = async (at: DeviceAt): Promise<OpenDevice> => {
  const file = join(at.folder, "local.db");
  const database = await openLocalDatabase(file, at.key);
  if (!database.ok) throw new Error(database.error.code);
  const device = { file, offline: false };
  const client = new ServerClient({
    serverUrl: at.url,
    installation: id(`device of ${at.who}`),
    appVersion: "bench",
    token: async () => ok(bearer(at.who)),
    fetch: (input, init) =>
      device.offline ? Promise.reject(new TypeError("fetch failed")) : fetch(input, init),
  });
  const account = await Account.open(database.value, client, pino({ level: "silent" }));
  return Object.assign(device, { account });
};

/** Waits until sync has nothing left to do. */
export const upToDate = async ({ account }: OpenDevice): Promise<void> => {
  await firstValueFrom(
    account.status$.pipe(filter((s) => s.phase === "up-to-date" && s.waiting === 0)),
  );
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until the device holds exactly `count` records on its disk. */
export const untilHeld = async ({ account }: OpenDevice, count: number): Promise<void> => {
  while ((await held(account)) !== count) await pause(10);
};
