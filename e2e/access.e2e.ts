import { expect, test } from "vitest";
import { setStage, withCore } from "./harness/stage.ts";

const stage = setStage();

test("[nav] [PAR-5] Sales has no workload: not in the menu, not by its address, not by an intent", async () => {
  const krit = await stage.signedIn("krit@nera.example");
  await krit.says("Up to date");
  await krit.menu.getByRole("link", { name: "Covered devices" }).waitFor();
  expect(await krit.menu.getByRole("link", { name: "Workload" }).count()).toBe(0);
  await krit.go("/partners/workload");
  await krit.page.getByRole("heading", { name: "Workload is not open to you" }).waitFor();
  await krit.page.getByText("Permissions of your role").first().waitFor();
  expect(await krit.page.getByRole("listbox").count()).toBe(0);
  const refused = await withCore(krit, (core) =>
    core.intents.make({
      type: "ticket.raise",
      targetId: null,
      payload: {
        deviceId: crypto.randomUUID(),
        title: "?",
        detail: "",
        priority: 1,
        alarmId: null,
      },
    }),
  );
  expect(refused).toMatchObject({ ok: false, error: { layer: "permission" } });
  await krit.go("/partners/devices");
  await krit.page
    .getByText(/CWC04|RSS-4/)
    .first()
    .waitFor();
  expect(krit.complaints).toEqual([]);
});

test.each([
  ["a customer's", "preecha@wangnam.example"],
  ["RiverSync staff's", "ariya@riversync.example"],
])(
  "[PAR-5] [AUTH-2] %s account gets no piece of Partners, but why, and the way out",
  async (_who, login) => {
    const screen = await stage.signedIn(login);
    const { page } = screen;
    for (const path of ["/partners", "/partners/workload"]) {
      await screen.go(path);
      await page.getByRole("heading", { name: "Partners is not for this account" }).waitFor();
      await page.getByText("App access").first().waitFor();
      expect(await screen.menu.getByRole("link", { name: "Workload" }).count()).toBe(0);
    }
    await page.getByRole("button", { name: /^Profile of/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Sign in with RiverSync ID" }).waitFor();
    expect(screen.complaints).toEqual([]);
  },
);

test("[PAR-12] [nav] [PAR-4] a distributor has no Service group, and nothing of it by address", async () => {
  const dao = await stage.signedIn("dao@megawarehouse.example");
  await dao.says("Up to date");
  await dao.menu.getByRole("link", { name: "Overview" }).waitFor();
  const groups = await dao.menu.getByRole("heading").allTextContents();
  expect(groups).not.toContain("Service");
  expect(groups).not.toContain("Program");
  for (const path of ["workload", "devices", "renewals"]) {
    await dao.go(`/partners/${path}`);
    await dao.page.getByRole("heading", { name: /is not open to you/ }).waitFor();
    await dao.go("/partners");
    await dao.page
      .getByRole("heading", { name: /is not open to you/ })
      .waitFor({ state: "detached" });
  }
  await dao.go("/partners/tier-program");
  await dao.page.waitForURL((url) => url.hash === "#/partners");
});

test("[PAR-13] no page says who and where you are: the chrome does", async () => {
  const dao = await stage.signedIn("dao@megawarehouse.example");
  await dao.says("Up to date");
  const page = await dao.page.getByRole("main").textContent();
  for (const word of ["MegaWarehouse", "Dao Rattanakul", "istributor", "funnel manager"]) {
    expect(page).not.toContain(word);
  }
  await dao.page.getByRole("button", { name: "Profile of Dao Rattanakul" }).click();
  await dao.page.getByText("Channel and funnel manager · MegaWarehouse").waitFor();
  expect(dao.complaints).toEqual([]);
});
