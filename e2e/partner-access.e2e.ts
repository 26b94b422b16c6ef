import { expect, test } from "vitest";
import type { DeviceRow } from "#shared/ipc/views.ts";
import { firstOf } from "./harness/core-client.ts";
import { heldDevices, msUntilHeld } from "./harness/devices.ts";
import { tenantId } from "./harness/outside.ts";
import type { Screen } from "./harness/screen.ts";
import { setStage, withCore } from "./harness/stage.ts";

const stage = setStage();
const customer = "Wang Nam General Hospital";
let preecha: Screen;
let nok: Screen;
let others: DeviceRow[];
let own: DeviceRow[];

const ids = (devices: readonly DeviceRow[]) => devices.map(({ id }) => id);
const names = (devices: readonly DeviceRow[]) => devices.map(({ name }) => name).sort();
/** A site of the customer's with one device on it. */
const site = (nth: number): DeviceRow => {
  const found = own[nth];
  if (found === undefined) throw new Error("the customer has too few devices");
  return found;
};
const form = () => preecha.page.getByRole("form", { name: /Nera/ });
const preview = () => preecha.page.getByRole("region", { name: "What this exposes" });
/** The devices a preview names; those no agreement covers are marked, and are not seen. */
const named = async (): Promise<string[]> => {
  const rows = await preview().locator("li li:not([data-uncovered])").allTextContents();
  return rows.map((text) => text.trim()).sort();
};
const chooseSite = (device: DeviceRow) =>
  form()
    .getByRole("checkbox", { name: new RegExp(device.siteName.split(" · ")[0] ?? "") })
    .check();
const serialsOnScreen = async (): Promise<string[]> => {
  const shown: string[] = [];
  for (const { serial } of own) {
    if ((await nok.page.getByText(serial).count()) > 0) shown.push(serial);
  }
  return shown;
};
const telemetryOf = (device: DeviceRow) =>
  withCore(nok, (core) =>
    firstOf((signal) =>
      core.records.watchOfDevice(
        { deviceId: device.id, kind: "telemetry", limit: 100 },
        { signal },
      ),
    ),
  );

test("[PRT-3] a partner's coordinator sees what the customer granted, with telemetry", async () => {
  nok = await stage.signedIn("nok@nera.example");
  preecha = await stage.signedIn("preecha@wangnam.example");
  await Promise.all([nok.says("Up to date"), preecha.says("Up to date")]);
  const all = await heldDevices(nok);
  own = all.filter(({ customerName }) => customerName === customer);
  others = all.filter(({ customerName }) => customerName !== customer);
  expect(own.length).toBe(3);
  expect((await telemetryOf(site(0))).length).toBeGreaterThan(0);
  await nok.go("/partners/devices");
  for (const { serial } of own) await nok.page.getByText(serial).first().waitFor();
  const nera = await tenantId(stage.world, "Nera");
  await preecha.go(`/account/partner-access/${nera}`);
  await preecha.page.getByRole("heading", { level: 2, name: "Nera" }).waitFor();
});

test("[PRT-3] [FED-11] withdrawn, they leave the partner's screen and device", async () => {
  const { page } = preecha;
  await page.getByRole("button", { name: "Withdraw…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(`${own.length} devices taken away`).waitFor();
  for (const { name } of own) await dialog.getByText(name, { exact: false }).first().waitFor();
  const since = Date.now();
  await dialog.getByRole("button", { name: "Withdraw access" }).click();
  const took = await msUntilHeld(nok, since, ids(others));
  console.log(`[measured] withdrawn: erased at the partner after ${took} ms`);
  expect(took).toBeLessThan(60_000);
  await expect.poll(serialsOnScreen).toEqual([]);
  await page.getByText("Nera has no access").waitFor();
});

test("[PRT-3] given anew for one site without telemetry: exactly what the preview named appears", async () => {
  const { page } = preecha;
  await page.getByRole("button", { name: "Give access" }).click();
  await form().getByText("Sites", { exact: true }).click();
  await chooseSite(site(0));
  await preview().getByText("1 device", { exact: true }).waitFor();
  await preview().getByText("Without telemetry").waitFor();
  const promised = await named();
  expect(promised).toEqual([site(0).name]);
  const since = Date.now();
  await form().getByRole("button", { name: "Give access" }).click();
  const took = await msUntilHeld(nok, since, [...ids(others), site(0).id]);
  console.log(`[measured] given: at the partner after ${took} ms`);
  expect(took).toBeLessThan(60_000);
  const seen = (await heldDevices(nok)).filter(({ customerName }) => customerName === customer);
  expect(names(seen)).toEqual(promised);
  await expect.poll(serialsOnScreen).toEqual([site(0).serial]);
  await nok.says(/^Up to date$/);
  expect(await telemetryOf(site(0))).toEqual([]);
});

test("[PRT-3] [S2] changed with the server away it waits, says so, and takes effect afterwards", async () => {
  const { page } = preecha;
  await preecha.says(/^Up to date$/);
  await stage.world.server.stop();
  await preecha.says("Offline");
  await page.getByText("You are offline. What you give, change or withdraw here is kept").waitFor();
  await page.getByRole("button", { name: "Change…" }).first().click();
  await chooseSite(site(1));
  await preview().getByText("2 devices", { exact: true }).waitFor();
  const promised = await named();
  await form().getByRole("button", { name: "Change access" }).click();
  await page.getByText("Waiting to be sent: the partner notices nothing of it yet.").waitFor();
  await preecha.says("Offline · 1 change waiting");
  expect(ids(await heldDevices(nok)).sort()).toEqual([...ids(others), site(0).id].sort());
  const since = Date.now();
  await stage.world.server.start();
  const took = await msUntilHeld(nok, since, [...ids(others), site(0).id, site(1).id]);
  console.log(`[measured] changed offline: at the partner ${took} ms after the server's start`);
  const seen = (await heldDevices(nok)).filter(({ customerName }) => customerName === customer);
  expect(names(seen)).toEqual(promised);
  await preecha.says(/^Up to date$/);
  expect(await page.getByText("Waiting to be sent").count()).toBe(0);
  expect([preecha.complaints, nok.complaints]).toEqual([[], []]);
});
