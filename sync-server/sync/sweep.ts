import type { Logger } from "pino";
import type { Store } from "../store/store.ts";
import { collectLenses } from "./collect-lenses.ts";
import { tellLapsed } from "./lapsed.ts";
import { refeedCustomers } from "./write-records.ts";

const EVERY_MS = 60_000;

/**
 * Coverage that began or ran out since `since` changes what lenses hold without anyone writing
 * anything: decides anew for the customers concerned (S7). Returns how many there were.
 */
export const sweepCoverage = (store: Store, since: string, at: string): Promise<number> =>
  store.db.transaction().execute(async (tx) => {
    const ended = await tx
      .selectFrom("feed")
      .select("customer_id")
      .distinct()
      .where("until", "<=", at)
      .where("doc", "is not", null)
      .execute();
    const begun = await tx
      .selectFrom("coverage")
      .innerJoin("record", "record.id", "coverage.device_id")
      .select("record.customer_id as customer_id")
      .distinct()
      .where("coverage.starts_at", ">", since)
      .where("coverage.starts_at", "<=", at)
      .execute();
    const customers = [...new Set([...ended, ...begun].map((row) => row.customer_id))];
    if (customers.length > 0) {
      await store.announce(tx, await refeedCustomers(tx, customers, at));
    }
    await tellLapsed(tx, since, at);
    await tx
      .insertInto("meta")
      .values({ key: "swept", value: at })
      .onConflict((c) => c.column("key").doUpdateSet({ value: at }))
      .execute();
    return customers.length;
  });

/**
 * Sweeps at once where something has ended that the feeds still tell: nobody is told of it in the
 * minute until the next sweep (S11).
 */
export const sweepEnded = async (store: Store, at: string): Promise<void> => {
  const due = await store.db
    .selectFrom("feed")
    .select("lens_id")
    .where("until", "<=", at)
    .where("doc", "is not", null)
    .limit(1)
    .executeTakeFirst();
  if (due !== undefined) await sweepCoverage(store, await sweptAt(store), at);
};

const sweptAt = async (store: Store): Promise<string> => {
  const last = await store.db
    .selectFrom("meta")
    .select("value")
    .where("key", "=", "swept")
    .executeTakeFirst();
  return last?.value ?? "";
};

/** Sweeps now and every minute; returns how to stop. */
export const keepSweeping = (store: Store, now: () => string, log: Logger): (() => void) => {
  const sweep = async () => {
    try {
      const count = await sweepCoverage(store, await sweptAt(store), now());
      if (count > 0) log.info({ customers: count }, "coverage has changed by time");
      const collected = await collectLenses(store, now());
      if (collected > 0) log.info({ lenses: collected }, "lenses unused for long were emptied");
    } catch (error) {
      log.error({ err: error }, "the sweep failed and will be tried again");
    }
  };
  void sweep();
  const timer = setInterval(() => void sweep(), EVERY_MS);
  return () => clearInterval(timer);
};
