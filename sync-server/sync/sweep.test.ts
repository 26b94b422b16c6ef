import { afterEach, beforeEach, expect, test } from "vitest";
import { agreement, id } from "#shared/testing/builders.ts";
import { seen, serve } from "../testing/client.ts";
import { temporaryStore } from "../testing/temporary-store.ts";
import { devices, seed } from "../testing/world.ts";
import { sweepCoverage } from "./sweep.ts";
import { writeRecords } from "./write-records.ts";

let kept: Awaited<ReturnType<typeof temporaryStore>>;
let server: Awaited<ReturnType<typeof serve>>;

beforeEach(async () => {
  kept = await temporaryStore();
  await seed(kept.store);
  server = await serve(kept.store);
});
afterEach(async () => {
  await server.app.close();
  await kept.remove();
});

test("[S7] [PAR-3] a device moves from one partner to the next at the appointed instant", async () => {
  const end = "2026-08-01T00:00:00.000Z";
  const before = agreement("Nera-Acme", "Nera", [devices.pump], end);
  const after = { ...agreement("Rival-pump", "Rival", [devices.pump]), startsAt: end };
  await kept.store.db.transaction().execute((tx) =>
    writeRecords(
      tx,
      [before, after].map((data) => ({ kind: "agreement", id: data.id, data })),
      "2026-06-15T03:00:00.000Z",
    ),
  );
  const nera = await server.pull("Nok");
  const rival = await server.pull("Rex");
  expect(seen(nera.records)).toContain("device:pump");
  expect(seen(rival.records)).not.toContain("device:pump");

  expect(
    await sweepCoverage(kept.store, "2026-07-31T00:00:00.000Z", "2026-08-01T00:00:30.000Z"),
  ).toBe(1);
  const left = await server.revocations("Nok", nera.checkpoint);
  expect(left.gone.map((g) => g.id)).toContain(devices.pump.id);
  expect(seen((await server.pull("Rex", rival.checkpoint)).records)).toEqual(
    expect.arrayContaining(["device:pump", "ticket:Ticket pump-ticket"]),
  );
  expect(id("pump")).toBe(devices.pump.id);
  expect(
    await sweepCoverage(kept.store, "2026-08-01T00:00:30.000Z", "2026-08-01T00:01:30.000Z"),
  ).toBe(0);
});
