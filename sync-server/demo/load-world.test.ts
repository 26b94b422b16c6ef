import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DataOf } from "#shared/domain/registry.ts";
import { viewerOf } from "../access/viewers.ts";
import { openLens } from "../sync/lens.ts";
import { pullPage } from "../sync/pull.ts";
import { temporaryStore } from "../testing/temporary-store.ts";
import { buildDemoWorld } from "./build-world.ts";
import { hasWorld, loadWorld } from "./load-world.ts";
import { dataOf } from "./testing.ts";
import type { DemoWorld } from "./world.ts";

const now = new Date("2026-11-20T03:00:00.000Z");
let kept: Awaited<ReturnType<typeof temporaryStore>>;
let world: DemoWorld;

beforeAll(async () => {
  kept = await temporaryStore();
  const built = buildDemoWorld({ now });
  if (!built.ok) throw new Error(built.error.code);
  ({ world } = built.value);
  expect(await hasWorld(kept.store)).toBe(false);
  await loadWorld(kept.store, world);
});
afterAll(() => kept.remove());

const feedOf = async (login: string): Promise<string> => {
  const account = dataOf(world, "person").find(({ access }) => access?.email === login);
  if (account === undefined) throw new Error(`no ${login}`);
  const viewer = await viewerOf(kept.store.db, account.id, account.tenantId);
  if (!viewer.ok) throw new Error(viewer.error.code);
  const lens = await openLens(kept.store.db, viewer.value, now.toISOString());
  const page = await pullPage(kept.store, { ...lens, viewer: viewer.value }, null, 100_000);
  if (!page.ok) throw new Error(page.error.code);
  return page.value.records.toString();
};

const devicesOf = (json: string): string[] =>
  (JSON.parse(json) as { kind: string; id: string }[])
    .filter((r) => r.kind === "device")
    .map((r) => r.id);

describe("[PAR-1] the demo world, through the real server", () => {
  test("is there once it is loaded", async () => {
    expect(await hasWorld(kept.store)).toBe(true);
  });

  test.each([
    "nok@nera.example",
    "somchai@nera.example",
    "krit@nera.example",
    "malee@chaonam.example",
  ])("%s gets not a byte of a device outside its coverage", async (login) => {
    const json = await feedOf(login);
    const seen = new Set(devicesOf(json));
    expect(seen.size).toBeGreaterThan(0);
    const foreign = world.records.filter((r) => r.kind === "device" && !seen.has(r.id));
    expect(foreign.length).toBeGreaterThan(0);
    for (const { id, data } of foreign) {
      expect(json).not.toContain(id);
      expect(json).not.toContain((data as DataOf<"device">).serial);
    }
  });

  test("[FED-10] a technician holds a part of what the coordinator holds", async () => {
    const coordinator = new Set(devicesOf(await feedOf("nok@nera.example")));
    const technician = devicesOf(await feedOf("somchai@nera.example"));
    expect(technician.every((id) => coordinator.has(id))).toBe(true);
    expect(technician.length).toBeLessThan(coordinator.size);
  });

  test("every agreement tier stands somewhere in the coordinator's queue", async () => {
    const json = await feedOf("nok@nera.example");
    for (const tier of ["essential", "standard", "premium", "critical"]) {
      expect(json).toContain(`"tier":"${tier}"`);
    }
  });
});
