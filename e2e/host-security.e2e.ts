import { once } from "node:events";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createServer, request } from "node:http";
import { join } from "node:path";
import { expect, test } from "vitest";
import { WebSocket as Socket } from "ws";
import { stored } from "./harness/outside.ts";
import { freePort } from "./harness/ports.ts";
import type { Screen } from "./harness/screen.ts";
import { signIn } from "./harness/sign-in.ts";
import { setStage } from "./harness/stage.ts";

const stage = setStage();
let nok: Screen;
/** Everything the renderer was sent: bodies, and what came over its socket. */
const sent: string[] = [];

/** Asks the host with headers that no browser would let a page set. */
const ask = async (headers: Record<string, string>, path = "/") => {
  const asked = request({ host: "127.0.0.1", port: nok.client.port, path, headers }).end();
  const [answer] = await once(asked, "response");
  answer.resume();
  return { status: answer.statusCode as number, headers: answer.headers as Record<string, string> };
};

/** Whether the core's socket opens for these headers. */
const socketOpens = async (headers: Record<string, string>): Promise<boolean> => {
  const socket = new Socket(`ws://127.0.0.1:${nok.client.port}/core`, { headers });
  try {
    return await new Promise<boolean>((resolve) => {
      socket.once("open", () => resolve(true));
      socket.once("error", () => resolve(false));
    });
  } finally {
    socket.terminate();
  }
};

const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

test("someone works: signs in, looks at everything", async () => {
  nok = await stage.screen();
  nok.page.on("response", (response) => {
    if (!response.url().startsWith(nok.client.origin)) return;
    response.text().then(
      (body) => sent.push(body),
      () => undefined,
    );
  });
  nok.page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => sent.push(payload.toString())),
  );
  await nok.page.reload();
  await signIn(nok, "nok@nera.example", stage.world.password);
  await nok.says("Up to date");
  for (const path of ["workload", "devices", "attention"]) {
    await nok.go(`/partners/${path}`);
    await nok.page.getByRole("main").getByRole("heading").first().waitFor();
  }
  await nok.page.getByRole("button", { name: "Profile of Nok Srisai" }).click();
  await nok.page.getByText("In a file only you can read").waitFor();
});

test("nobody passes without the key, from another page's origin, or under another name", async () => {
  const { origin, cookie, port } = nok.client;
  const own = { host: `127.0.0.1:${port}`, cookie };
  expect((await ask(own)).status).toBe(200);
  expect((await ask({ host: own.host })).status).toBe(403);
  expect((await ask({ host: own.host }, "/?key=guess")).status).toBe(403);
  expect((await ask({ ...own, cookie: `${cookie.slice(0, -1)}x` })).status).toBe(403);
  expect((await ask({ ...own, host: `rebound.example:${port}` })).status).toBe(403);
  expect((await ask({ ...own, origin: "http://evil.example" })).status).toBe(403);
  expect((await ask(own, "/../package.json")).status).toBe(404);
  expect((await ask(own, "/%2e%2e/%2e%2e/package.json")).status).toBe(404);
  expect(await socketOpens({ origin, cookie })).toBe(true);
  expect(await socketOpens({ origin })).toBe(false);
  expect(await socketOpens({ cookie })).toBe(false);
  expect(await socketOpens({ origin: "http://evil.example", cookie })).toBe(false);
  expect(await socketOpens({ origin: "null", cookie })).toBe(false);
  expect(await socketOpens({ origin: stage.world.issuer, cookie })).toBe(false);
  expect(await socketOpens({ origin, cookie, host: "rebound.example" })).toBe(false);
});

test("another page in the same browser, on this very machine, reaches nothing", async () => {
  const port = await freePort();
  const evil = createServer((_asked, answer) => {
    answer.setHeader("content-type", "text/html").end("<!doctype html><title>evil</title>");
  }).listen(port, "127.0.0.1");
  const page = await nok.context.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  const got = await page.evaluate(async (origin) => {
    const opened = new Promise<string>((resolve) => {
      const socket = new WebSocket(`${origin.replace("http", "ws")}/core`);
      socket.onopen = () => resolve("open");
      socket.onerror = () => resolve("refused");
    });
    const read = fetch(origin, { credentials: "include" }).then(
      (answer) => answer.text(),
      () => "refused",
    );
    const opaque = fetch(origin, { credentials: "include", mode: "no-cors" }).then(
      () => "answered",
      () => "refused",
    );
    const frame = document.createElement("iframe");
    frame.src = origin;
    const framed = new Promise<string>((resolve) => {
      frame.onload = () => resolve(frame.contentDocument === null ? "closed" : "open");
    });
    document.body.append(frame);
    return Promise.all([opened, read, opaque, framed]);
  }, nok.client.origin);
  expect(got.slice(0, 3)).toEqual(["refused", "refused", "refused"]);
  const [, inner] = page.frames();
  expect(inner?.url().startsWith("chrome-error:")).toBe(true);
  await page.close();
  evil.close();
});

test("a strict policy stands on the page and on refusals, and the key leaves the address", async () => {
  for (const headers of [{ cookie: nok.client.cookie }, {}]) {
    const policy = (await ask({ host: `127.0.0.1:${nok.client.port}`, ...headers })).headers[
      "content-security-policy"
    ];
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
  }
  expect(nok.page.url()).not.toContain("key");
});

test("no token, database key or host key is in anything that the page has or was sent", async () => {
  const { dataFolder, key } = nok.client;
  const secretsIn = (value: unknown): string[] =>
    typeof value === "string"
      ? [value]
      : typeof value === "object" && value !== null
        ? Object.values(value).flatMap(secretsIn)
        : [];
  const session = JSON.parse(readFileSync(join(dataFolder, "session.json"), "utf8")) as object;
  const keys = JSON.parse(readFileSync(join(dataFolder, "keys.json"), "utf8")) as object;
  const secrets = [
    key,
    ...secretsIn(session).filter((text) => text.length > 40),
    ...secretsIn(keys).filter((text) => /^[0-9a-f]{64}$/.test(text)),
  ];
  expect(secrets.length).toBeGreaterThanOrEqual(4);
  const held = await nok.page.evaluate(() => [
    JSON.stringify({ ...localStorage }),
    JSON.stringify({ ...sessionStorage }),
    document.documentElement.outerHTML,
    document.cookie,
    location.href,
    JSON.stringify(history.state),
  ]);
  const everything = [...held, ...sent].join("\n");
  expect(sent.join("").length).toBeGreaterThan(100_000);
  expect(secrets.filter((secret) => everything.includes(secret))).toEqual([]);
  expect(everything).not.toMatch(/eyJ[\w-]{10,}\.[\w-]{10,}\./);
});

test("the files are the owner's alone, and hold nothing a thief could read", async () => {
  const { dataFolder } = nok.client;
  expect(statSync(dataFolder).mode & 0o077).toBe(0);
  for (const name of ["session.json", "keys.json", "host-key"]) {
    expect(statSync(join(dataFolder, name)).mode & 0o777).toBe(0o600);
  }
  const words = [
    ...(await stored(stage.world, "customer")).map(({ name }) => name),
    ...(await stored(stage.world, "device")).flatMap(({ serial, siteName }) => [serial, siteName]),
    ...(await stored(stage.world, "ticket")).slice(0, 20).map(({ id }) => id),
  ];
  const files = filesOf(dataFolder);
  // The records, and beside them the attachments.
  expect(files.filter((file) => /\.db$/.test(file))).toHaveLength(2);
  for (const file of files) {
    const bytes = readFileSync(file);
    expect(bytes.subarray(0, 15).toString("latin1")).not.toBe("SQLite format 3");
    expect(words.filter((word) => bytes.includes(word))).toEqual([]);
  }
  expect(nok.complaints).toEqual([]);
});
