import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Screen } from "./harness/screen.ts";
import { fillSignIn } from "./harness/sign-in.ts";
import { setStage, withCore } from "./harness/stage.ts";
import { firstWork } from "./harness/work.ts";

const stage = setStage();
const login = "nok@nera.example";
let nok: Screen;
let ticketId: string;

const note = (text: string) =>
  withCore(nok, async (core) => {
    const made = await core.intents.make({
      type: "ticket.note",
      targetId: ticketId,
      payload: { text },
    });
    if (!made.ok) throw new Error(made.error.code);
  });
const askToSignOut = async () => {
  await nok.page.getByRole("button", { name: "Profile of Nok Srisai" }).click();
  await nok.page.getByRole("menuitem", { name: "Sign out" }).click();
  return nok.page.getByRole("dialog");
};
const databases = () => readdirSync(nok.client.dataFolder).filter((name) => /\.db/.test(name));

test("[AUTH-1] a wrong password is said in place, and the right one goes on", async () => {
  nok = await stage.screen();
  await nok.page.getByRole("button", { name: "Sign in with RiverSync ID" }).click();
  await fillSignIn(nok.page, login, "not-the-password");
  await nok.page.getByRole("alert").filter({ hasText: "do not match" }).waitFor();
  expect(new URL(nok.page.url()).origin).toBe(stage.world.issuer);
  expect(await nok.page.getByLabel("Email or user name").inputValue()).toBe(login);
  await fillSignIn(nok.page, login, stage.world.password);
  await nok.says("Up to date");
  ({ id: ticketId } = await withCore(nok, (core) => firstWork(core, { kinds: ["ticket"] })));
});

test("[AUTH-2] [S2] a restart without a network stays signed in, with everything there", async () => {
  await stage.world.server.stop();
  await nok.client.service.stop();
  await nok.client.start();
  await nok.page.reload();
  await nok.says("Offline");
  await nok.work("ticket", ticketId);
  await nok.action("Note").waitFor();
});

test("[S6] signing out with changes that wait warns, and lets one stay", async () => {
  await note("not yet sent");
  await nok.says("Offline · 1 change waiting");
  const dialog = await askToSignOut();
  await dialog.getByText("1 change has not been sent yet.").waitFor();
  await dialog.getByRole("button", { name: "Stay signed in" }).click();
  await nok.says("Offline · 1 change waiting");
  expect(databases()).not.toEqual([]);
});

test("[AUTH-1] signing out leaves nothing of the database on the disk, offline too", async () => {
  const dialog = await askToSignOut();
  await dialog.getByRole("button", { name: "Discard and sign out" }).click();
  await nok.page.getByRole("button", { name: "Sign in with RiverSync ID" }).waitFor();
  expect(databases()).toEqual([]);
  expect(readdirSync(nok.client.dataFolder)).not.toContain("session.json");
});

test("[AUTH-1] with the provider away signing in says so, and tries again when asked", async () => {
  await nok.page.getByRole("button", { name: "Sign in with RiverSync ID" }).click();
  await nok.page.getByRole("alert").waitFor();
  await stage.world.server.start();
  await nok.page.getByRole("button", { name: "Sign in with RiverSync ID" }).click();
  // The provider could not be told of the sign-out and still knows this browser: it asks all the same.
  await fillSignIn(nok.page, "nok@nera.example", "riversync-demo");
  await nok.says("Up to date");
  await nok.work("ticket", ticketId);
  await nok.action("Note").waitFor();
  expect(await nok.detail.getByText("not yet sent").count()).toBe(0);
});

test("[AUTH-2] a session that ended at the provider lets work go on, and says so", async () => {
  await stage.world.server.stop();
  for (const suffix of ["", "-wal", "-shm"]) {
    rmSync(join(stage.world.serverFolder, `identity.db${suffix}`), { force: true });
  }
  await stage.world.server.start();
  await nok.page.getByText("Your session has ended.").waitFor();
  await note("made after the end");
  await nok.says(/1 change waiting/);
  await nok.detail.getByText("made after the end").first().waitFor();
});

test("[AUTH-2] [S2] signing in again sends what was made meanwhile", async () => {
  await nok.page.getByRole("button", { name: "Sign in again" }).click();
  await fillSignIn(nok.page, login, stage.world.password);
  await nok.says(/^Up to date$/);
  expect(await nok.page.getByText("Your session has ended.").count()).toBe(0);
  await nok.work("ticket", ticketId);
  await nok.detail.getByText("made after the end").first().waitFor();
  expect(await nok.detail.getByRole("region", { name: "Waiting to be sent" }).count()).toBe(0);
});

test("[AUTH-1] after signing out online the provider asks for the password again", async () => {
  const dialog = await askToSignOut();
  await dialog.getByRole("button", { name: "Sign out" }).click();
  await nok.page.getByRole("button", { name: "Sign in with RiverSync ID" }).click();
  await nok.page.getByLabel("Password").waitFor();
});
