import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright";
import { afterAll, expect, test } from "vitest";
import { root } from "../scripts/processes.ts";
import { startChromium } from "./harness/chromium.ts";
import { freePort } from "./harness/ports.ts";
import { fillSignIn } from "./harness/sign-in.ts";

const folder = mkdtempSync(join(tmpdir(), "riversync-start-"));
const started: Run[] = [];
let browser: Browser | null = null;

afterAll(async () => {
  await browser?.close();
  for (const { child } of started) child.kill("SIGTERM");
  await Promise.all(started.map(({ ended }) => ended));
  rmSync(folder, { recursive: true, force: true });
});

interface Run {
  child: ChildProcess;
  /** What it has said so far, on both of its outputs. */
  said(): string;
  /** Resolves with its exit code. */
  ended: Promise<number | null>;
}

/** `npm start -- …` without npm, in a process group of its own as a terminal gives it one. */
const start = (...args: string[]): Run => {
  const child = spawn(process.execPath, ["scripts/start.ts", ...args], {
    cwd: root,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  child.stdout.on("data", (part: Buffer) => {
    text += part.toString();
  });
  child.stderr.on("data", (part: Buffer) => {
    text += part.toString();
  });
  const ended = once(child, "close").then(([code]) => code as number | null);
  const run = { child, said: () => text, ended };
  started.push(run);
  return run;
};

const ports = async (): Promise<string[]> => [
  ...["--port", String(await freePort()), "--server-port", String(await freePort())],
  ...["--issuer-port", String(await freePort())],
];
const quiet = ["--host", "browser", "--no-open"];
const data = (name: string) => ["--data", join(folder, name)];
const up = (run: Run) =>
  expect.poll(run.said, { timeout: 30_000 }).toContain("Ctrl-C stops everything");
const address = (run: Run) => /http:\/\/127\.0\.0\.1:\d+\/\?key=\S+/.exec(run.said())?.[0] ?? "";

/** The options of `args` on whose port something answers. */
const listening = async (args: string[]): Promise<string[]> => {
  const options = ["--port", "--server-port", "--issuer-port"];
  const answers = await Promise.all(
    options.map((option) =>
      fetch(`http://127.0.0.1:${args[args.indexOf(option) + 1]}/`).then(
        () => true,
        () => false,
      ),
    ),
  );
  return options.filter((_, i) => answers[i]);
};

/** Ctrl-C reaches the whole group of the terminal. */
const ctrlC = (run: Run): Promise<number | null> => {
  if (run.child.pid !== undefined) process.kill(-run.child.pid, "SIGINT");
  return run.ended;
};

test("--help says every option and starts nothing", async () => {
  const run = start("--help");
  expect(await run.ended).toBe(0);
  for (const option of [
    "--host",
    "--port",
    "--server-port",
    "--issuer-port",
    "--data",
    "--fresh",
  ]) {
    expect(run.said()).toContain(option);
  }
});

test("a port that is no number is said, and nothing starts", async () => {
  const run = start(...quiet, "--port", "many");
  expect(await run.ended).not.toBe(0);
  expect(run.said()).toContain("a whole number from 1 to 65535 is wanted");
});

test.each([
  ["--server-port", "choose another with --server-port"],
  ["--issuer-port", "choose another with --issuer-port"],
  ["--port", "choose another with --port"],
])("a %s in use is one sentence, and nothing is left running", async (option, sentence) => {
  const args = await ports();
  const taken = createServer().listen(Number(args[args.indexOf(option) + 1]), "127.0.0.1");
  await once(taken, "listening");
  const run = start(...quiet, ...args, ...data("shared"));
  expect(await run.ended).toBe(1);
  expect(run.said()).toContain("is in use: stop what runs there");
  expect(run.said()).toContain(sentence);
  expect(run.said()).not.toMatch(/\n\s+at /);
  taken.close();
  await once(taken, "close");
  expect(await listening(args)).toEqual([]);
});

test("a damaged database is one sentence that names the file", async () => {
  mkdirSync(join(folder, "damaged/server"), { recursive: true });
  writeFileSync(join(folder, "damaged/server/server.db"), "this was a database ".repeat(500));
  const run = start(...quiet, ...(await ports()), ...data("damaged"));
  expect(await run.ended).toBe(1);
  expect(run.said()).toContain("server.db is damaged: move it away");
  expect(run.said()).not.toMatch(/\n\s+at /);
});

test("a damaged identity database is one sentence, too", async () => {
  mkdirSync(join(folder, "identity/server"), { recursive: true });
  writeFileSync(join(folder, "identity/server/identity.db"), "this was a database ".repeat(500));
  const run = start(...quiet, ...(await ports()), ...data("identity"));
  expect(await run.ended).toBe(1);
  expect(run.said()).toContain("identity.db");
  expect(run.said()).not.toMatch(/\n\s+at /);
});

test("a folder that cannot be written is one sentence", async () => {
  writeFileSync(join(folder, "a-file"), "");
  const run = start(...quiet, ...(await ports()), ...data("a-file/below"));
  expect(await run.ended).toBe(1);
  expect(run.said()).toContain("cannot be written");
  expect(run.said()).not.toMatch(/\n\s+at /);
});

test("Ctrl-C stops everything in order, and starting again keeps everything", async () => {
  const args = [...quiet, ...(await ports()), ...data("shared")];
  const first = start(...args);
  await up(first);
  expect(first.said()).toContain("somchai@nera.example");
  const url = address(first);
  browser = await startChromium();
  const page = await browser.newPage({ locale: "en-GB" });
  await page.goto(url);
  await page.getByRole("button", { name: "Sign in with RiverSync ID" }).click();
  await fillSignIn(page, "nok@nera.example", "riversync-demo");
  const status = page.getByTestId("sync-status");
  await status.filter({ hasText: "Up to date" }).waitFor();
  await page.evaluate(() => {
    location.hash = "/partners/workload?kind=%5B%22ticket%22%5D";
  });
  await page.getByRole("option").first().click();
  await page
    .getByRole("article")
    .getByRole("toolbar")
    .getByRole("button", { name: "Note" })
    .click();
  await page.getByRole("textbox", { name: "Your note" }).fill("kept over a restart");
  await page.getByRole("button", { name: "Add note" }).click();
  await page.getByRole("article").getByText("kept over a restart").first().waitFor();
  await status.filter({ hasText: /^Up to date$/ }).waitFor();

  expect(await ctrlC(first)).toBe(0);
  expect(await listening(args)).toEqual([]);

  const second = start(...args);
  await up(second);
  expect(address(second)).toBe(url);
  await page.reload();
  await status.filter({ hasText: /^Up to date$/ }).waitFor();
  await page.getByRole("article").getByText("kept over a restart").first().waitFor();
  expect(await ctrlC(second)).toBe(0);
  expect(second.said()).not.toContain("has stopped");
});

test("when its starter is killed, nothing is left behind", async () => {
  const args = [...quiet, ...(await ports()), ...data("shared")];
  const run = start(...args);
  await up(run);
  run.child.kill("SIGKILL");
  await expect.poll(() => listening(args)).toEqual([]);
});
