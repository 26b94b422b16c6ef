import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { brokenAt } from "#server/audit/log.ts";
import type { WorkRow } from "#shared/ipc/views.ts";
import { wholeAudit } from "./harness/audit.ts";
import { startChromium } from "./harness/chromium.ts";
import type { Client } from "./harness/client.ts";
import { openCore } from "./harness/core-client.ts";
import { Screen } from "./harness/screen.ts";
import { signIn } from "./harness/sign-in.ts";
import { firstWork } from "./harness/work.ts";
import { World } from "./harness/world.ts";

/** One story, told in order: a technician's day without a signal, and who reads of it afterwards. */
describe("the main job", () => {
  let world: World;
  let browser: Browser;
  let device: Client;
  let somchai: Screen;
  let visit: WorkRow;
  let steps: string[];
  let serverCameBack = "";

  beforeAll(async () => {
    [world, browser] = await Promise.all([World.start(), startChromium()]);
    device = await world.client();
  });
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
  });

  const waiting = (n: number) => new RegExp(`Offline · ${n} changes? waiting`);

  test("[AUTH-2] [PAR-2] [PAR-1] signs in, and has queue and devices", async () => {
    somchai = await Screen.open(browser, device);
    await signIn(somchai, "somchai@nera.example", world.password);
    await somchai.says("Up to date");
    const { page } = somchai;
    await somchai.menu.getByRole("link", { name: "Workload" }).click();
    await page
      .getByRole("listbox", { name: "Work, most urgent first" })
      .getByRole("option")
      .first()
      .waitFor();
    await somchai.menu.getByRole("link", { name: "Covered devices" }).click();
    await page
      .getByText(/CWC04|RSS-4/)
      .first()
      .waitFor();
    const open = await openCore(device);
    visit = await firstWork(open.core, {
      kinds: ["visit"],
      assignees: ["me"],
      statuses: ["scheduled"],
    });
    open.close();
  });

  test("[S2] does a whole visit with the server gone, and sees what waits", async () => {
    await world.server.stop();
    await somchai.says("Offline");
    await somchai.work("visit", visit.id);
    await somchai.detail.getByRole("heading", { level: 2, name: visit.title }).waitFor();
    await somchai.action("Start travel").click();
    await somchai.says(waiting(1));
    await somchai.action("I have arrived").click();
    await somchai.says(waiting(2));
    const boxes = somchai.detail.getByRole("region", { name: "Checklist" }).getByRole("checkbox");
    const total = await boxes.count();
    for (let i = 0; i < total; i += 1) {
      await boxes.nth(i).click();
      await somchai.says(waiting(3 + i));
    }
    await somchai.action("Note").click();
    await somchai.page
      .getByRole("textbox", { name: "Your note" })
      .fill("Valve seat worn; ordered a new one.");
    await somchai.page.getByRole("button", { name: "Add note" }).click();
    await somchai.says(waiting(3 + total));
    await somchai.action("Complete the visit").click();
    await somchai.page.getByRole("textbox", { name: "Report" }).fill("Cleaned, tested, running.");
    await somchai.page.getByRole("button", { name: "Complete visit" }).click();
    await somchai.says(waiting(4 + total));
    steps = [
      "visit.start-travel",
      "visit.arrive",
      ...Array<string>(total).fill("visit.check"),
      "visit.note",
      "visit.complete",
    ];
    await somchai.detail.getByText("Completed", { exact: true }).first().waitFor();
  });

  test("[S2] [S6] a power cut on the device loses none of it", async () => {
    await device.service.kill();
    await device.start();
    await somchai.page.reload();
    await somchai.says(waiting(steps.length));
    await somchai.work("visit", visit.id);
    await somchai.detail.getByText("Cleaned, tested, running.").waitFor();
    await somchai.detail.getByText("Valve seat worn; ordered a new one.").waitFor();
    expect(
      await somchai.detail
        .getByRole("region", { name: "Waiting to be sent" })
        .getByRole("listitem")
        .count(),
    ).toBe(steps.length);
  });

  test("[S3] [S4] lands by itself once the server is back", async () => {
    serverCameBack = new Date().toISOString();
    await world.server.start();
    await somchai.says(/^Up to date$/);
    await somchai.detail.getByText("Completed", { exact: true }).first().waitFor();
    await somchai.detail
      .getByRole("region", { name: "Waiting to be sent" })
      .waitFor({ state: "detached" });
  });

  test("[S7] the coordinator sees it completed on another client", async () => {
    const nok = await Screen.open(browser, await world.client());
    await signIn(nok, "nok@nera.example", world.password);
    await nok.says("Up to date");
    await nok.work("visit", visit.id);
    await nok.detail.getByText("Cleaned, tested, running.").waitFor();
    await nok.detail.getByText("Completed", { exact: true }).first().waitFor();
    expect(nok.complaints).toEqual([]);
    await nok.close();
  });

  test("[PAR-5] [PRT-4] [S3] the customer's audit log holds it in order, once each, with both clocks", async () => {
    await world.server.stop();
    const logs = await wholeAudit(world);
    const lines = logs.get(visit.customerId) ?? [];
    expect(brokenAt(lines)).toBeNull();
    expect(lines.map(({ entry }) => entry.intent.type)).toEqual(steps);
    expect([...logs.values()].flat()).toHaveLength(steps.length);
    const entries = lines.map(({ entry }) => entry);
    for (const { outcome, actor, deviceTime, serverTime } of entries) {
      expect(outcome).toEqual({ applied: true });
      expect(actor).toMatchObject({ name: "Somchai Boonmee", tenantName: "Nera" });
      expect(deviceTime < serverCameBack).toBe(true);
      expect(serverTime >= serverCameBack).toBe(true);
    }
    expect(entries.map((e) => e.deviceTime)).toEqual(entries.map((e) => e.deviceTime).toSorted());
    expect(new Set(entries.map((e) => e.intent.id)).size).toBe(steps.length);
    expect(somchai.complaints).toEqual([]);
  });
});
