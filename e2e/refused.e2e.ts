import { expect, test } from "vitest";
import type { WorkRow } from "#shared/ipc/views.ts";
import { auditOf } from "./harness/audit.ts";
import { firstOf } from "./harness/core-client.ts";
import type { Screen } from "./harness/screen.ts";
import { setStage, withCore } from "./harness/stage.ts";
import { workOf } from "./harness/work.ts";

const stage = setStage();
/** One coordinator's two laptops. */
let office: Screen;
let van: Screen;
let contested: WorkRow;
let other: WorkRow;

const make = (on: Screen, type: string, targetId: string, payload = {}) =>
  withCore(on, async (core) => {
    const made = await core.intents.make({ type, targetId, payload });
    if (!made.ok) throw new Error(made.error.code);
  });
const settled = (on: Screen) =>
  withCore(on, (core) =>
    firstOf(
      (signal) => core.sync.watch(undefined, { signal }),
      (s) => s.phase === "up-to-date" && s.waiting === 0,
    ),
  );
const resolveOnScreen = async (ticket: WorkRow, words: string) => {
  await van.work("ticket", ticket.id);
  await van.detail.getByRole("heading", { level: 2, name: ticket.title }).waitFor();
  await van.action("Resolve").click();
  await van.page.getByRole("textbox", { name: "What solved it" }).fill(words);
  await van.page.getByRole("button", { name: "Resolve ticket" }).click();
};

test("[S2] both laptops have two tickets of the coordinator's, and lose the server", async () => {
  office = await stage.signedIn("nok@nera.example");
  van = await stage.signedIn("nok@nera.example");
  await Promise.all([office.says("Up to date"), van.says("Up to date")]);
  const [a, b] = await withCore(office, (core) =>
    workOf(core, { kinds: ["ticket"], statuses: ["new"] }),
  );
  if (a === undefined || b === undefined) throw new Error("two new tickets are wanted");
  [contested, other] = [a, b];
  for (const { id } of [a, b]) await make(office, "ticket.take", id);
  await van.work("ticket", b.id);
  await van.action("Resolve").waitFor();
  await van.detail.getByText("Nok Srisai").first().waitFor();
  await settled(van);
  await stage.world.server.stop();
  await van.says("Offline");
});

test("[S6] the later of two offline solutions of one ticket needs attention", async () => {
  await make(office, "ticket.resolve", contested.id, { resolution: "Replaced the gasket." });
  await make(office, "ticket.resolve", other.id, { resolution: "Reset the controller." });
  await resolveOnScreen(contested, "Tightened the flange.");
  await van.says("Offline · 1 change waiting");
  await resolveOnScreen(other, "Called the customer.");
  await van.says("Offline · 2 changes waiting");
  // The van is out of reach until the office's word has been taken.
  await van.client.service.stop();
  await stage.world.server.start();
  await office.says(/^Up to date$/);
  await van.client.start();
  await van.says("2 need attention");
});

test("[S4] the ticket itself shows what stands, and why ours does not", async () => {
  await van.work("ticket", contested.id);
  await van.detail.getByText("Replaced the gasket.").waitFor();
  const refused = van.detail.getByRole("region", { name: "Needs your attention" });
  await refused.getByText("It is already resolved.").waitFor();
});

test("[S6] the desk keeps what was meant, the reason and its layer; discarding asks why", async () => {
  await van.menu.getByRole("link", { name: /Needs attention/ }).click();
  await van.page.getByRole("heading", { name: "Needs attention", level: 1 }).waitFor();
  const item = van.page.getByRole("listitem").filter({ hasText: "Called the customer." });
  await item.getByText("It is already resolved.").waitFor();
  await item.getByText("Refused by: Working rule").waitFor();
  await item.getByRole("button", { name: "Discard" }).click();
  const dialog = van.page.getByRole("dialog");
  await dialog.getByText("Done another way").click();
  await dialog.getByRole("button", { name: "Discard", exact: true }).click();
  await van.says("1 needs attention");
  await item.waitFor({ state: "detached" });
  // The customer's log has the reason.
  const decisions = async () =>
    (await auditOf(stage.world, other.customerId))
      .map(({ entry }) => entry.intent)
      .filter(({ type }) => type.startsWith("desk."));
  await expect
    .poll(decisions)
    .toMatchObject([{ type: "desk.discarded", payload: { reason: "Done another way" } }]);
});

test("[S6] sending again is judged here first: what cannot stand stays on the desk", async () => {
  const item = van.page.getByRole("listitem").filter({ hasText: "Tightened the flange." });
  await item.getByRole("button", { name: "Send again" }).click();
  await van.page.getByRole("alert").filter({ hasText: "It is already resolved." }).last().waitFor();
  await van.says("1 needs attention");
});

test("[S6] once the reason is gone it is mended and sent with one click", async () => {
  await make(office, "ticket.reopen", contested.id, { reason: "It leaks again." });
  await make(office, "ticket.take", contested.id);
  await settled(office);
  await withCore(van, (core) =>
    firstOf(
      (signal) => core.records.watch({ kind: "ticket", id: contested.id }, { signal }),
      (record) => record?.data.status === "assigned",
    ),
  );
  await van.page.getByRole("button", { name: "Fix and send" }).click();
  const dialog = van.page.getByRole("dialog");
  await dialog.getByRole("textbox").fill("Tightened the flange, and it holds.");
  await dialog.getByRole("button", { name: "Fix and send" }).click();
  await van.page.getByText("Nothing needs your attention").waitFor();
  await van.says(/^Up to date$/);
  await office.work("ticket", contested.id);
  await office.detail.getByText("Tightened the flange, and it holds.").waitFor();
});

test("[PRT-4] [S3] the customer's log tells all of it, refusals too", async () => {
  await stage.world.server.stop();
  const lines = await auditOf(stage.world, contested.customerId);
  const told = lines
    .filter(({ entry }) => JSON.stringify(entry.intent.target).includes(contested.id))
    .map(({ entry }) => [entry.intent.type, entry.outcome.applied]);
  expect(told).toEqual([
    ["ticket.take", true],
    ["ticket.resolve", true],
    ["ticket.resolve", false],
    ["ticket.reopen", true],
    ["ticket.take", true],
    ["ticket.resolve", true],
  ]);
  expect([office.complaints, van.complaints]).toEqual([[], []]);
});
