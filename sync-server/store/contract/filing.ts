import { expect, test } from "vitest";
import type { Viewer } from "#shared/access/viewer.ts";
import { id, intent } from "#shared/testing/builders.ts";
import { handedIn, noteFile, readableFile } from "../../files/file-table.ts";
import { openLens } from "../../sync/lens.ts";
import type { Ground } from "./ground.ts";

/** Which files there are, and through which lens each may be read. */
export const filing = (on: Ground): void => {
  const hash = "5".repeat(64);
  const act = (type: "visit.attach" | "visit.detach", payload: object) =>
    on.server.push("Tam", intent("Tam", type, id("pump-visit"), { ...payload }));
  const by = (who: string, tenant: string) =>
    ({ accountId: id(who), tenant: { id: id(tenant) } }) as Viewer;
  const reads = async (who: string) => {
    const { viewer } = await on.server.me(who);
    const lens = await openLens(on.store.db, viewer, on.now);
    return on.store.reading(viewer.tenant.id, (tx) => readableFile(tx, lens.id, hash, on.now));
  };
  const handedInBy = (tenant: string) =>
    on.store.reading(id(tenant), (tx) => handedIn(tx, hash, id(tenant)));

  test("[S13] [PAR-1] a file is read through lenses that show a record naming it, and no other", async () => {
    const file = { hash, size: 7, type: "image/png" };
    await noteFile(on.store.db, { ...file, by: by("Rex", "Rival") }, on.now);
    const said = { name: "x.png", thumb: null, caption: null };
    const { verdicts } = await act("visit.attach", { ...file, ...said });
    expect(verdicts).toMatchObject([{ status: "applied" }]);
    // Only another tenant has handed in these bytes.
    expect(await reads("Tam")).toBeUndefined();
    await noteFile(on.store.db, { ...file, by: by("Tam", "Nera") }, on.now);
    await noteFile(on.store.db, { ...file, by: by("Nok", "Nera") }, on.now);
    expect(await handedInBy("Nera")).toEqual({ size: 7, type: "image/png" });
    for (const who of ["Tam", "Nok"]) {
      expect(await reads(who)).toEqual({ size: 7, type: "image/png" });
    }
    for (const who of ["Ton", "Rex"]) expect(await reads(who)).toBeUndefined();
  });

  test("[S13] a file that no record names any more is read through no lens", async () => {
    await act("visit.detach", { hash });
    expect(await reads("Nok")).toBeUndefined();
    expect(await handedInBy("Nera")).toBeDefined();
    expect(await handedInBy("Acme")).toBeUndefined();
  });
};
