import { facets } from "#core/queries/devices.ts";
import { workPage } from "#core/queries/work.ts";
import type { Account } from "#core/session/account.ts";
import { anyWork, type WorkFilter } from "#shared/ipc/views.ts";
import { clockMs } from "../lib/answer.ts";
import { barePageSql, connectionOf, preparedPage } from "./bare-page.ts";

const WARM = 30;

const times = async (runs: number, run: () => unknown): Promise<number[]> => {
  for (let i = 0; i < WARM; i += 1) await run();
  const took: number[] = [];
  for (let i = 0; i < runs; i += 1) {
    const began = clockMs();
    await run();
    took.push(clockMs() - began);
  }
  return took;
};

/** How long the first page takes, plain, narrowed in each way, and as bare SQL; ms of each run. */
export const measurePages = async (account: Account, runs: number) => {
  const { records } = account.database;
  const me = account.viewer$.value?.accountId ?? "";
  const { customers, regions } = await facets(records);
  const page = (filter: Partial<WorkFilter>) => () =>
    workPage(records, me, { filter: { ...anyWork, ...filter }, offset: 0, limit: 50 });
  const variants: Record<string, Partial<WorkFilter>> = {
    "one customer": { customers: customers.slice(0, 1).map((c) => c.id) },
    "one region": { regions: regions.slice(0, 1) },
    visits: { kinds: ["visit"] },
    mine: { assignees: ["me"] },
    "a search": { search: "vibration" },
    "a search without hits": { search: "nowhere-to-be-found" },
    done: { state: "done" },
  };
  const bare = preparedPage(connectionOf(account), barePageSql(account));
  const plain = await times(runs, page({}));
  const narrowed: Record<string, number[]> = {};
  for (const [name, filter] of Object.entries(variants)) {
    const began = clockMs();
    await page(filter)();
    // A variant that reads everything is run a few times only: the whole run is bounded.
    const slow = clockMs() - began > 50;
    narrowed[name] = slow ? await few(page(filter)) : await times(50, page(filter));
  }
  const first = await page({})();
  return { plain, bare: await times(runs, bare), narrowed, open: first.total };
};

const few = async (run: () => unknown): Promise<number[]> => {
  const took: number[] = [];
  for (let i = 0; i < 5; i += 1) {
    const began = clockMs();
    await run();
    took.push(clockMs() - began);
  }
  return took;
};
