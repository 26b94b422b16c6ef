import fc from "fast-check";
import { expect, test } from "vitest";
import { kinds } from "#shared/domain/intent.ts";
import { recordSum } from "#shared/sync/checksum.ts";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import { DigestResponse, FetchResponse, routes } from "#shared/sync/wire.ts";
import { agreement, grant, id, intent, ticket } from "#shared/testing/builders.ts";
import { sumsFromFeed, sumsOf } from "../../sync/sums.ts";
import { refeedCustomers } from "../../sync/write-records.ts";
import { devices } from "../../testing/world.ts";
import type { Ground } from "./ground.ts";

/** Checksums, and how a client that differs finds out what and mends it (S10). */
export const mending = (on: Ground): void => {
  const digest = async (who: string, over: object = {}) =>
    DigestResponse.parse(
      (
        await on.server.post(who, routes.digest, {
          ...{ protocol: PROTOCOL, kinds: [...kinds], after: null, limit: 1000 },
          ...over,
        })
      ).json(),
    );
  const fetched = async (who: string, ids: string[]) =>
    FetchResponse.parse(
      (await on.server.post(who, routes.fetch, { protocol: PROTOCOL, ids })).json(),
    ).records;

  const lenses = async () => on.store.db.selectFrom("lens").select("id").execute();

  test("[S10] whatever happens, the checksums kept are those of what the feed holds", async () => {
    for (const who of ["Nok", "Tam", "Ton", "Sai", "Rex"]) await on.server.pull(who);
    const pump = devices.pump;
    const things: (() => Promise<unknown>)[] = [
      () => on.put({ kind: "ticket", id: id("pump-ticket"), data: ticket("pump-ticket", pump) }),
      () => on.put({ kind: "ticket", id: id("another"), data: ticket("another", pump) }),
      () =>
        on.server.push(
          "Nok",
          intent("Nok", "ticket.note", id("pump-ticket"), { text: "one" }),
          intent("Nok", "ticket.note", id("pump-ticket"), { text: "two" }),
        ),
      ...["Ton", "Tam"].map(
        (who) => () =>
          on.server.push(
            "Nok",
            intent("Nok", "visit.assign", id("pump-visit"), { assigneeId: id(who) }),
          ),
      ),
      ...[["North"], ["South"], [], ["Nowhere"]].map((regions) => () => {
        const data = grant("Acme", "Nera", { regions });
        return on.put({ kind: "grant", id: data.id, data });
      }),
      ...[[pump], [pump, devices.chiller], [devices.chiller]].map((covered) => () => {
        const data = agreement("Nera-Acme", "Nera", covered);
        return on.put({ kind: "agreement", id: data.id, data });
      }),
      ...["2026-06-16T00:00:00.000Z", "2028-01-01T00:00:00.000Z"].map(
        (at) => () =>
          on.store.db.transaction().execute((tx) => refeedCustomers(tx, [id("Acme")], at)),
      ),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(things.length - 1), { minLength: 1, maxLength: 6 }),
        async (steps) => {
          for (const step of steps) await things[step]?.();
          for (const { id: lens } of await lenses()) {
            expect(await sumsOf(on.store.db, lens)).toEqual(await sumsFromFeed(on.store.db, lens));
          }
        },
      ),
      { numRuns: 15 },
    );
    const wide = grant("Acme", "Nera");
    const whole = agreement("Nera-Acme", "Nera", [pump, devices.chiller]);
    await on.put({ kind: "grant", id: wide.id, data: wide });
    await on.put({ kind: "agreement", id: whole.id, data: whole });
  });

  test("[S10] the last page tells the checksums of what a client then holds", async () => {
    const { records, sums } = await on.server.pull("Nok");
    const held = records.filter((r) => r.kind === "ticket");
    const sum = held
      .map((r) => recordSum(r.id, r.rev, r.until ?? "", JSON.stringify(r.data)))
      .reduce((a, b) => (a + b) % 2 ** 48, 0);
    expect(held.length).toBeGreaterThan(0);
    expect(sums?.ticket).toEqual({ count: held.length, sum });
  });

  test("[S10] a digest lists what the lens shows, in pages in order of id", async () => {
    const { records } = await on.server.pull("Nok");
    const wanted = records
      .filter((r) => r.kind === "ticket" || r.kind === "person")
      .map((r) => [r.id, r.rev, recordSum(r.id, r.rev, r.until ?? "", JSON.stringify(r.data))])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    const rows: unknown[] = [];
    let page = await digest("Nok", { kinds: ["ticket", "person"], limit: 2 });
    for (;;) {
      rows.push(...page.rows);
      const last = page.rows.at(-1);
      if (!page.more || last === undefined) break;
      page = await digest("Nok", { kinds: ["ticket", "person"], limit: 2, after: last[0] });
    }
    expect(rows).toEqual(wanted);
  });

  test("[S10] [PAR-1] a fetch answers what the lens shows, and tells nothing of what it does not", async () => {
    const [seen, foreign, nothing] = await fetched("Nok", [
      id("pump-ticket"),
      id("rival-ticket"),
      id("there is no such record"),
    ]);
    expect(seen?.data).toMatchObject({ id: id("pump-ticket") });
    expect({ ...foreign, id: "" }).toEqual({ ...nothing, id: "" });
    expect(foreign).toMatchObject({ rev: 0, until: null, data: null });
  });

  test("[S10] what has left the lens is fetched as the tombstone it was told as", async () => {
    const narrow = grant("Acme", "Nera", { regions: ["North"] });
    await on.put({ kind: "grant", id: narrow.id, data: narrow });
    const before = await on.server.revocations("Nok");
    const none = grant("Acme", "Nera", { regions: ["Nowhere"] });
    await on.put({ kind: "grant", id: none.id, data: none });
    const { gone } = await on.server.revocations("Nok", before.checkpoint);
    const rev = gone.find((g) => g.id === id("pump-ticket"))?.rev;
    const [left] = await fetched("Nok", [id("pump-ticket")]);
    expect(left).toEqual({ id: id("pump-ticket"), kind: "ticket", rev, until: null, data: null });
  });
};
