import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Line } from "#shared/audit/line.ts";
import type { Receipt } from "#shared/audit/receipt.ts";
import type { WorkRow } from "#shared/ipc/views.ts";
import { root } from "../scripts/processes.ts";
import { rewriteHistory } from "./harness/forger.ts";
import { shownAt } from "./harness/moments.ts";
import { tenantId } from "./harness/outside.ts";
import type { Screen } from "./harness/screen.ts";
import { setStage, withCore } from "./harness/stage.ts";
import { firstWork } from "./harness/work.ts";

const stage = setStage();
const folder = mkdtempSync(join(tmpdir(), "riversync-proof-"));
const receipt = join(folder, "receipt.json");
const log = join(folder, "log.ndjson");
const forgedReceipt = join(folder, "forged-receipt.json");
const forgedLog = join(folder, "forged-log.ndjson");
let preecha: Screen;
let nok: Screen;
let wangnam: string;
let ticket: WorkRow;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the published verifier as anybody would who has the file and nothing else. */
const audit = (...args: string[]): Promise<{ code: number; says: string }> =>
  new Promise((resolve) => {
    const script = join(root, "scripts/audit.ts");
    execFile(process.execPath, [script, "verify", ...args], (error, out, wrong) =>
      resolve({ code: error === null ? 0 : Number(error.code), says: out + wrong }),
    );
  });
const lines = () =>
  preecha.page.getByRole("list", { name: "Lines of the audit log, newest first" });
const line = (seq: number) => preecha.page.getByRole("article", { name: `Line ${seq}` });
const alarm = () => preecha.page.getByRole("alert", { name: "The audit log was rewritten" });
/** Keeps what a button of the page saves. */
const saved = async (button: string, file: string) => {
  const [download] = await Promise.all([
    preecha.page.waitForEvent("download"),
    preecha.page.getByRole("button", { name: button }).click(),
  ]);
  await download.saveAs(file);
};
const verifyOnPage = async (file: string) => {
  await preecha.page.locator("input[type=file]").setInputFiles(file);
};
/** When a text comes to stand in the list of the customer's log, after what `act` does: ms. */
const msUntilLogged = async (text: string, act: () => Promise<void>): Promise<number> => {
  const shown = shownAt({ page: preecha.page, selector: "main li", text });
  const since = Date.now();
  await act();
  return (await shown) - since;
};
const note = async (text: string) => {
  await nok.action("Note").click();
  const words = nok.page.getByRole("textbox", { name: "Your note" });
  await words.fill(text);
  await nok.page.getByRole("button", { name: "Add note" }).click();
  await words.waitFor({ state: "detached" });
};

test("[PRT-4] a customer's log is empty until somebody acts, and says so", async () => {
  preecha = await stage.signedIn("preecha@wangnam.example");
  nok = await stage.signedIn("nok@nera.example");
  await Promise.all([preecha.says("Up to date"), nok.says("Up to date")]);
  wangnam = await tenantId(stage.world, "Wang Nam General Hospital");
  ticket = await withCore(nok, (core) =>
    firstWork(core, { kinds: ["ticket"], statuses: ["new"], customers: [wangnam] }),
  );
  await preecha.go("/portal/audit");
  await preecha.page.getByText("Nothing is in the log yet").waitFor();
});

test("[PRT-4] what the partner does stands in it within seconds: who, what, before and after", async () => {
  await nok.work("ticket", ticket.id);
  const took = await msUntilLogged("Ticket taken", () => nok.action("Take").click());
  console.log(`[measured] an act in the customer's log after ${took} ms`);
  expect(took).toBeLessThan(15_000);
  const row = lines().getByRole("link").first();
  await row.filter({ hasText: "Nok Srisai · Nera" }).filter({ hasText: ticket.ref }).click();
  const whole = line(1);
  const changed = whole.getByRole("region", { name: "What changed" });
  await changed.getByText("Nok Srisai").first().waitFor();
  for (const word of ["New", "Assigned"]) {
    if ((await changed.getByText(word, { exact: true }).count()) === 0) {
      throw new Error(`${word} is not in: ${await changed.textContent()}`);
    }
  }
  const who = whole.getByRole("region", { name: "Who" });
  await who.getByText("Nok Srisai").waitFor();
  await who.getByText("Nera", { exact: true }).waitFor();
});

test("[PRT-4] three more acts follow, each on its line", async () => {
  await msUntilLogged("Note on ticket", () => note("The fan motor is noisy."));
  await note("A new bearing is ordered.");
  await nok.action("Resolve").click();
  await nok.page.getByRole("textbox", { name: "What solved it" }).fill("Bearing replaced.");
  await msUntilLogged("Ticket resolved", () =>
    nok.page.getByRole("button", { name: "Resolve ticket" }).click(),
  );
  await nok.says(/^Up to date$/);
  await expect.poll(() => lines().getByRole("link").count()).toBe(4);
});

test("[PRT-4] a receipt and the whole log are taken home as files", async () => {
  await preecha.page.getByRole("link").filter({ hasText: "Ticket resolved" }).click();
  await line(4).waitFor();
  await saved("Save receipt", receipt);
  await line(4).getByRole("button", { name: "Close this line" }).click();
  await saved("JSON lines", log);
  expect((JSON.parse(readFileSync(receipt, "utf8")) as Receipt).line.seq).toBe(4);
  expect(readFileSync(log, "utf8").trim().split("\n")).toHaveLength(5);
});

test("[PRT-4] with the server stopped anybody can verify both", async () => {
  await stage.world.server.stop();
  const [one, all] = await Promise.all([audit(receipt), audit(log)]);
  expect(one).toMatchObject({ code: 0 });
  expect(one.says).toContain("The receipt holds: ticket.resolve of Nok Srisai is line 4");
  expect(all).toMatchObject({ code: 0 });
  expect(all.says).toMatch(/The audit log \S+ holds: 4 lines/);
});

test("[PRT-4] one byte changed in either is refused, and the line is named", async () => {
  const changed = (text: string) => {
    const other = text.replace("Bearing replaced.", "Bearing replaced!");
    if (other === text) throw new Error("what was done is not in the file");
    return other;
  };
  writeFileSync(forgedReceipt, changed(readFileSync(receipt, "utf8")));
  writeFileSync(forgedLog, changed(readFileSync(log, "utf8")));
  for (const file of [forgedReceipt, forgedLog]) {
    const { code, says } = await audit(file);
    expect([file, code]).toEqual([file, 1]);
    expect(says).toContain("In line 4 of the audit log the value");
  }
});

test("[PRT-4] the page says the same of each of the four, without the server", async () => {
  await preecha.says("Offline");
  const { page } = preecha;
  const name = (file: string) => file.slice(folder.length + 1);
  for (const file of [receipt, log]) {
    await verifyOnPage(file);
    await page.getByText(`${name(file)} holds`, { exact: true }).waitFor();
  }
  await page.getByText(/All of it \(4 lines\)/).waitFor();
  for (const file of [forgedReceipt, forgedLog]) {
    await verifyOnPage(file);
    await page.getByText(`${name(file)} does not hold`).waitFor();
    await page.getByText(/In line 4 of the audit log the value/).waitFor();
  }
  expect(await alarm().count()).toBe(0);
});

test("[PRT-4] history rewritten behind the server's back raises the alarm, and it stays", async () => {
  rewriteHistory(stage.world, wangnam, 2, (entry) => ({
    ...entry,
    intent: { ...entry.intent, payload: { text: "All is well." } },
  }));
  await stage.world.server.start();
  const since = Date.now();
  await alarm().waitFor({ timeout: 60_000 });
  console.log(`[measured] the alarm ${Date.now() - since} ms after the server's start`);
  await alarm()
    .getByText(/its first 4 lines, as signed on/)
    .waitFor();
  await preecha.page.getByText("This log is not the one it was").waitFor();
  await saved("Save the evidence", join(folder, "evidence.json"));
  const evidence = JSON.parse(readFileSync(join(folder, "evidence.json"), "utf8")) as {
    failure: { code: string };
    head: { size: number };
    signedHeads: string[] | null;
  };
  expect(evidence).toMatchObject({
    failure: { code: "audit-history-rewritten" },
    head: { size: 4 },
    signedHeads: [expect.any(String), expect.any(String)],
  });
  await preecha.client.service.stop();
  await preecha.client.start();
  await preecha.page.reload();
  await alarm().waitFor();
});

test("[PRT-4] by itself the forged log verifies: what was kept before betrays it", async () => {
  const page = await withCore(preecha, (core) => core.audit.page({ limit: 10 }));
  const second = page.ok ? page.value.lines.find(({ seq }: Line) => seq === 2) : undefined;
  expect(JSON.stringify(second?.openings)).toContain("All is well.");
  const refused = await withCore(preecha, (core) => core.audit.export({ format: "ndjson" }));
  expect(refused).toMatchObject({ ok: false, error: { code: "audit-history-rewritten" } });
  // A device that has seen nothing of it before cannot know.
  const fresh = await stage.signedIn("preecha@wangnam.example");
  await fresh.says("Up to date");
  const exported = await withCore(fresh, async (core) => {
    const answer = await core.audit.export({ format: "ndjson" });
    if (!answer.ok) throw new Error(answer.error.code);
    return Buffer.from(await answer.value.file.arrayBuffer());
  });
  const rewritten = join(folder, "rewritten.ndjson");
  writeFileSync(rewritten, exported);
  expect((await audit(rewritten)).code).toBe(0);
  // The head that came with what was saved before the forgery is enough to prove it to anybody.
  const [first = ""] = readFileSync(log, "utf8").split("\n");
  const { head } = JSON.parse(first) as { head: string };
  const held = await audit(rewritten, "--head", head);
  expect(held.code).toBe(1);
  expect(held.says).toContain("The audit log is no longer the one it was: its first 4 lines");
  expect([preecha.complaints, nok.complaints, fresh.complaints]).toEqual([[], [], []]);
});
