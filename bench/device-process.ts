import { statSync } from "node:fs";
import { filter, firstValueFrom } from "rxjs";
import { held } from "#core/session/account.ts";
import { barePageSql, rowsInFile } from "./device/bare-page.ts";
import { offlineWork } from "./device/offline-work.ts";
import {
  type DeviceAt,
  type OpenDevice,
  openDevice,
  untilHeld,
  upToDate,
} from "./device/open-device.ts";
import { measurePages } from "./device/queue-page.ts";
import { Watch } from "./device/watch.ts";
import { answer, clockMs } from "./lib/answer.ts";

/** A device of the benchmark, in a process of its own. */
let device: OpenDevice | null = null;
let watch: Watch | null = null;

const open = (): OpenDevice => {
  if (device === null) throw new Error("the device is not open");
  return device;
};

const handlers = {
  /** Syncs an empty device until it holds everything. */
  firstSync: async ({ at, total }: { at: DeviceAt; total: number }) => {
    const began = clockMs();
    device = await openDevice(at);
    await firstValueFrom(device.account.status$.pipe(filter((s) => s.received >= total)));
    await untilHeld(device, total);
    const persisted = clockMs();
    await upToDate(device);
    return { seconds: (persisted - began) / 1000, settledSeconds: (clockMs() - began) / 1000 };
  },

  /** Opens what is on the disk and catches up. */
  open: async (at: DeviceAt) => {
    device = await openDevice(at);
    await upToDate(device);
  },

  close: async () => {
    watch?.stop();
    await device?.account.close();
    device = null;
  },

  pages: ({ runs }: { runs: number }) => measurePages(open().account, runs),
  pageSql: () => barePageSql(open().account),
  held: () => held(open().account),

  watch: async () => {
    watch = new Watch(open().account);
    while (watch.rows.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  },
  watched: () => watch?.rows ?? [],
  until: ({ id, assignee }: { id: string; assignee: string }) =>
    watch?.until((row) => row.id === id && row.assigneeId === assignee),

  /** Makes one change; answers when that was begun. */
  make: async (wanted: { type: string; targetId: string; payload: Record<string, unknown> }) => {
    const began = clockMs();
    const made = await open().account.maker.make(wanted);
    if (!made.ok) throw new Error(made.error.code);
    return began;
  },

  /** Makes many changes without a network. */
  workOffline: async ({ count }: { count: number }) => {
    const { account } = open();
    open().offline = true;
    const wanted = await offlineWork(account, count);
    const began = clockMs();
    for (const each of wanted) {
      const made = await account.maker.make(each);
      if (!made.ok) throw new Error(made.error.code);
    }
    return { seconds: (clockMs() - began) / 1000, waiting: account.waiting.total };
  },

  /** Back on the network: how long until the server has said the last word. */
  comeBack: async () => {
    const { account } = open();
    open().offline = false;
    const began = clockMs();
    account.syncNow();
    await firstValueFrom(account.status$.pipe(filter((s) => s.waiting === 0)));
    const { attention } = account.status$.value;
    return { seconds: (clockMs() - began) / 1000, attention };
  },

  /**
   * When (by the shared clock) the device had erased `gone` records (S9); what its file then still
   * held of any records, and its log.
   */
  untilErased: async ({ gone }: { gone: number }) => {
    const { account, file } = open();
    await firstValueFrom(account.status$.pipe(filter((s) => s.erased >= gone)));
    const at = clockMs();
    return { at, rows: rowsInFile(account), logBytes: statSync(`${file}-wal`).size };
  },
};

export type DeviceHandlers = typeof handlers;

answer(handlers, async () => {
  await handlers.close();
});
