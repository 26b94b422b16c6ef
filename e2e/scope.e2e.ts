import { expect, test } from "vitest";
import type { DeviceRow } from "#shared/ipc/views.ts";
import { heldDevices, msUntilHeld } from "./harness/devices.ts";
import { goneAt, shownAt } from "./harness/moments.ts";
import type { Screen } from "./harness/screen.ts";
import { setStage } from "./harness/stage.ts";

const stage = setStage();
const REGION = "Central";
let anong: Screen;
let nok: Screen;
let all: DeviceRow[];
let inside: DeviceRow[];
let outside: DeviceRow;

const ids = (devices: readonly DeviceRow[]) => devices.map(({ id }) => id);
const serial = (device: DeviceRow) => ({
  page: nok.page,
  selector: "main",
  text: device.serial,
});

test("[AUTH-1] a coordinator works on what her organisation covers, everywhere", async () => {
  nok = await stage.signedIn("nok@nera.example");
  anong = await stage.signedIn("anong@nera.example");
  await Promise.all([nok.says("Up to date"), anong.says("Up to date")]);
  all = await heldDevices(nok);
  inside = all.filter(({ region }) => region === REGION);
  const other = all.find(({ region }) => region !== REGION);
  if (other === undefined) throw new Error("a device elsewhere is wanted");
  outside = other;
  expect(inside.length).toBeGreaterThan(0);
  await nok.go("/partners/devices");
  for (const { serial } of all) await nok.page.getByText(serial).first().waitFor();
  await anong.go("/account/users");
  await anong.page.getByRole("link", { name: /Nok Srisai/ }).click();
});

test("[AUTH-1] [FED-10] narrowed to a region, the devices elsewhere leave her screen and her device", async () => {
  const { page, detail } = anong;
  await detail.getByRole("button", { name: "Narrow for this person" }).click();
  await detail.getByRole("switch", { name: /^Only some regions/ }).check({ force: true });
  await detail.getByRole("combobox", { name: "Only some regions" }).click();
  await page.getByRole("option", { name: REGION, exact: true }).click();
  await page.keyboard.press("Escape");
  await detail.getByText(/devices? fewer/).waitFor();
  const gone = goneAt(serial(outside));
  const since = Date.now();
  await detail.getByRole("button", { name: "Narrow", exact: true }).click();
  const erased = await msUntilHeld(nok, since, ids(inside));
  const left = (await gone) - since;
  console.log(`[measured] narrowed: off the screen after ${left} ms, erased after ${erased} ms`);
  expect(Math.max(left, erased)).toBeLessThan(60_000);
  for (const { serial } of inside) await nok.page.getByText(serial).first().waitFor();
  for (const { serial, region } of all) {
    if (region !== REGION) expect(await nok.page.getByText(serial).count()).toBe(0);
  }
});

test("[AUTH-1] lifted, they come back", async () => {
  const { detail } = anong;
  await detail.getByRole("button", { name: "Change" }).click();
  await detail.getByRole("switch", { name: /^Only some regions/ }).uncheck({ force: true });
  await detail.getByText(/devices? more/).waitFor();
  const shown = shownAt(serial(outside));
  const since = Date.now();
  await detail.getByRole("button", { name: "Take the narrowing away" }).click();
  const held = await msUntilHeld(nok, since, ids(all));
  const back = (await shown) - since;
  console.log(`[measured] lifted: on the screen after ${back} ms, held after ${held} ms`);
  expect(Math.max(back, held)).toBeLessThan(60_000);
  expect([anong.complaints, nok.complaints]).toEqual([[], []]);
});
