import { expect, test } from "vitest";
import type { WorkRow } from "#shared/ipc/views.ts";
import { delayUntilShown } from "./harness/moments.ts";
import type { Screen } from "./harness/screen.ts";
import { setStage, withCore } from "./harness/stage.ts";
import { firstWork } from "./harness/work.ts";

const stage = setStage();
let nok: Screen;
let somchai: Screen;
let visit: WorkRow;

const give = async (to: string): Promise<void> => {
  await nok.action("Assign").click();
  const form = nok.page.getByRole("form", { name: "Assign to" });
  await form.getByRole("combobox").click();
  await nok.page.getByRole("option", { name: to }).click();
  await form.getByRole("button", { name: "Assign" }).click();
};

test("[S7] both are online, and the visit is a colleague's", async () => {
  nok = await stage.signedIn("nok@nera.example");
  somchai = await stage.signedIn("somchai@nera.example");
  await Promise.all([nok.says("Up to date"), somchai.says("Up to date")]);
  visit = await withCore(nok, async (core) => {
    const ploy = (await firstWork(core, { kinds: ["visit"], search: "Ploy" })).assigneeId ?? "";
    return firstWork(core, { kinds: ["visit"], statuses: ["scheduled"], assignees: [ploy] });
  });
  await nok.work("visit", visit.id);
  await nok.action("Assign").waitFor();
  await somchai.go(`/partners/workload?q=${visit.ref}`);
  await somchai.page.getByText("Nothing matches").waitFor();
});

test("[S7] [PAR-2] what the coordinator assigns is on the technician's screen within a second", async () => {
  const shown = { page: somchai.page, selector: "[role=option]", text: visit.title };
  const delay = await delayUntilShown(nok.page, shown, () => give("Somchai Boonmee"));
  expect(delay).toBeLessThan(1000);
  await nok.says("Up to date");
});

test("[S7] the technician's note is on the coordinator's screen within a second", async () => {
  await somchai.work("visit", visit.id);
  await somchai.action("Note").click();
  await somchai.page.getByRole("textbox", { name: "Your note" }).fill("On my way at noon.");
  const shown = { page: nok.page, selector: "article", text: "On my way at noon." };
  const delay = await delayUntilShown(somchai.page, shown, () =>
    somchai.page.getByRole("button", { name: "Add note" }).click(),
  );
  expect(delay).toBeLessThan(1000);
});

test("[S7] [PAR-1] what is given to someone else leaves the technician's device", async () => {
  await give("Ploy Chaiyasit");
  await somchai.page.getByText("This is no longer in your coverage").waitFor();
  expect([nok.complaints, somchai.complaints]).toEqual([[], []]);
});
