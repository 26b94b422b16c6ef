import { expect, test } from "vitest";
import { ownVisits } from "#shared/access/scope.ts";
import { grant, id } from "#shared/testing/builders.ts";
import { changeRole } from "../../access/change-account.ts";
import { viewerOf } from "../../access/viewers.ts";
import { collectLenses } from "../../sync/collect-lenses.ts";
import { sumsFromFeed, sumsOf } from "../../sync/sums.ts";
import { devices } from "../../testing/world.ts";
import type { Ground } from "./ground.ts";

/** What becomes of lenses through which nobody looks any more. */
export const collecting = (on: Ground): void => {
  const days = (count: number) =>
    new Date(Date.parse("2026-06-15T03:00:00.000Z") + count * 24 * 3_600_000).toISOString();
  const rowsOf = async (lens: string) =>
    (await on.store.db.selectFrom("feed").select("seq").where("lens_id", "=", lens).execute())
      .length;
  const roleOf = async (who: string) => {
    const viewer = await viewerOf(on.store.db, id(who), id("Nera"));
    if (!viewer.ok || viewer.value.roles.partners === undefined) throw new Error("has no role");
    return viewer.value.roles.partners;
  };

  test("[S7] a lens is emptied when nobody has looked through it for long and no work of then can come", async () => {
    const first = await on.server.pull("Nok");
    const { lens } = first.checkpoint;
    const full = await rowsOf(lens);
    const role = await roleOf("Nok");
    // Unused for long, but it is still what an account sees: work through it may come at any time.
    expect(await collectLenses(on.store, days(60))).toBe(0);
    on.now = days(60);
    await changeRole(on.store, role.id, { ...role, scope: ownVisits }, on.admin());
    expect(await collectLenses(on.store, days(89))).toBe(0);
    expect(await rowsOf(lens)).toBe(full);
    expect(await collectLenses(on.store, days(91))).toBeGreaterThan(0);
    expect(await rowsOf(lens)).toBe(0);
    expect(await sumsOf(on.store.db, lens)).toEqual({});
    expect(await collectLenses(on.store, days(91))).toBe(0);

    // What happens meanwhile is told to no feed of it.
    const wide = grant("Acme", "Nera");
    await on.put({ kind: "grant", id: wide.id, data: wide });
    expect(await rowsOf(lens)).toBe(0);

    // Looked through again it is whole, and whoever remembers its old feed starts over.
    on.now = days(92);
    await changeRole(on.store, role.id, role, on.admin());
    const again = await on.server.pull("Nok", first.checkpoint);
    expect(again.reset).toBe(true);
    expect(again.checkpoint.lens).toBe(lens);
    expect(again.records.map((r) => r.id)).toContain(devices.chiller.id);
    expect(await sumsOf(on.store.db, lens)).toEqual(await sumsFromFeed(on.store.db, lens));
  });
};
