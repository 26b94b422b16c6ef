import { afterAll, expect, test } from "vitest";
import type { Device } from "#shared/domain/device/device.ts";
import { Line } from "./harness/line.ts";
import { devicesOutside, stored, tenantId } from "./harness/outside.ts";
import { setStage } from "./harness/stage.ts";

const stage = setStage();
const lines: Line[] = [];
afterAll(() => Promise.all(lines.map((line) => line.close())));

/** What came down the line to someone who signed in and looked at everything there is. */
const hear = async (login: string): Promise<string> => {
  const line = await Line.to(stage.world.url);
  lines.push(line);
  const screen = await stage.signedIn(login, {}, line.url);
  await screen.says("Up to date");
  for (const path of ["workload", "devices", "attention"]) {
    await screen.go(`/partners/${path}`);
    await screen.page.getByRole("main").getByRole("heading").first().waitFor();
  }
  await screen.says("Up to date");
  return line.received;
};

/** The same, heard once for each login. */
const once = new Map<string, Promise<string>>();
const heard = (login: string): Promise<string> => {
  const known = once.get(login) ?? hear(login);
  once.set(login, known);
  return known;
};

/** What of `devices` is in `bytes`; a name counts where it stands alone. */
const traces = (bytes: string, devices: readonly Device[]): string[] =>
  devices.flatMap((device) =>
    [device.id, device.serial, `"${device.name}"`, device.siteName].filter((word) =>
      bytes.includes(word),
    ),
  );

test("[PAR-1] [S14] the check itself finds what is there: covered devices are on the wire", async () => {
  const nera = await tenantId(stage.world, "Nera");
  const outside = await devicesOutside(stage.world, nera);
  const names = outside.map((d) => d.serial).sort();
  expect(names).toEqual(["CWC04013", "CWC04014", "CWC04702", "CWC04703", "RSS-40520"]);
  const inside = (await stored(stage.world, "device")).filter((d) => !names.includes(d.serial));
  const bytes = await heard("anong@nera.example");
  expect(inside.filter((device) => traces(bytes, [device]).length < 3)).toEqual([]);
});

test.each([
  ["a coordinator", "nok@nera.example"],
  ["a technician", "somchai@nera.example"],
  ["a salesperson", "krit@nera.example"],
])(
  "[PAR-1] [S8] [S14] nothing of a device outside coverage reaches %s's client",
  async (_who, login) => {
    const outside = await devicesOutside(stage.world, await tenantId(stage.world, "Nera"));
    const covered = (await stored(stage.world, "device")).filter(
      ({ id }) => !outside.some((device) => device.id === id),
    );
    const strangers = (await stored(stage.world, "customer")).filter(({ id }) =>
      covered.every((device) => device.customerId !== id),
    );
    const bytes = await heard(login);
    expect(bytes.length).toBeGreaterThan(10_000);
    expect(traces(bytes, outside)).toEqual([]);
    expect(
      strangers.flatMap(({ id, name }) => [id, name].filter((w) => bytes.includes(w))),
    ).toEqual([]);
  },
);

test("[PAR-1] [S7] a technician hears of own visits and the devices on them alone", async () => {
  const bytes = await heard("somchai@nera.example");
  const visits = await stored(stage.world, "visit");
  const own = new Set(
    visits.filter((v) => v.assigneeName === "Somchai Boonmee").map((v) => v.deviceId),
  );
  const others = (await stored(stage.world, "device")).filter(({ id }) => !own.has(id));
  expect(others.flatMap(({ id, serial }) => [id, serial].filter((w) => bytes.includes(w)))).toEqual(
    [],
  );
  const foreign = visits.filter((v) => v.assigneeName !== "Somchai Boonmee").map(({ id }) => id);
  expect(foreign.filter((id) => bytes.includes(id))).toEqual([]);
});

test("[nav] [S8] a salesperson hears of no ticket, alarm or visit", async () => {
  const bytes = await heard("krit@nera.example");
  for (const kind of ["ticket", "alarm", "visit"] as const) {
    const ids = (await stored(stage.world, kind)).map(({ id }) => id);
    expect(ids.filter((id) => bytes.includes(id))).toEqual([]);
  }
});
