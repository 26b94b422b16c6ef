import { existsSync, readdirSync } from "node:fs";
import { request } from "node:http";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hashOf, uploader } from "#server/files/testing/uploader.ts";
import { blobRoute } from "#shared/sync/files.ts";
import { routes } from "#shared/sync/wire.ts";
import { id, intent } from "#shared/testing/builders.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
let tus: ReturnType<typeof uploader>;
const bytes = new TextEncoder().encode("what a photo would be");
const theirs = new TextEncoder().encode("zq-secret photo");

beforeAll(async () => {
  stage = await openStage();
  tus = uploader(stage.url);
});
afterAll(() => stage.close());

/** A request whose path is sent as it is written: `fetch` would tidy it up. */
const raw = (method: string, path: string, headers: Record<string, string> = {}, body = "") =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    const asked = request(
      {
        host: "127.0.0.1",
        port: stage.port,
        method,
        path,
        headers: { authorization: "Bearer Nok", ...headers },
      },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (data) => {
          text += data;
        });
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text }));
      },
    );
    asked.on("error", reject);
    asked.end(body);
  });

const said = (text: string) => Buffer.from(text).toString("base64");
const resumable = { "tus-resumable": "1.0.0" };

test("[S13] no path leads out of the folder of files, by whatever name it goes", async () => {
  const beside = dirname(stage.folder);
  const before = readdirSync(beside).length;
  const names = [
    ...["..%2f..%2f..%2fetc%2fpasswd", "%2e%2e%2fserver.db", "..\\..\\etc\\passwd", "..", "."],
    ...["%00", `${"0".repeat(64)}%00.png`, `${"0".repeat(63)}/`, "A".repeat(64), "0".repeat(65)],
    ...["uploads", "uploads%2f..", "%252e%252e%252f", "con", "~", "*", `${"0".repeat(62)}..`],
  ];
  for (const name of names) {
    for (const [method, path] of [
      ["GET", blobRoute(name)],
      ["HEAD", blobRoute(name)],
      ["HEAD", `${routes.files}/${name}`],
      ["PATCH", `${routes.files}/${name}`],
    ] as const) {
      const headers = {
        ...resumable,
        "upload-offset": "0",
        "content-type": "application/offset+octet-stream",
      };
      const { status, text } = await raw(method, path, method === "PATCH" ? headers : resumable);
      expect([method, path, [400, 404].includes(status)]).toEqual([method, path, true]);
      expect(text).not.toMatch(/root:|SQLite|ENOENT|\/tmp/);
    }
    const untrue = { hash: decodeURIComponent(name.replace(/%(?![0-9a-f]{2})/gi, "")) };
    expect([name, (await tus.create("Nok", bytes, untrue)).status]).toEqual([name, 400]);
  }
  expect(readdirSync(beside).length - before).toBeLessThanOrEqual(0);
  expect(existsSync(join(beside, "etc"))).toBe(false);
});

test("[S13] what an upload says of itself is taken for nothing but what it is", async () => {
  const meta = `hash ${said(hashOf(bytes))},type ${said("image/png")}`;
  const create = (headers: Record<string, string>) =>
    raw("POST", routes.files, {
      ...resumable,
      "upload-length": "21",
      "upload-metadata": meta,
      ...headers,
    });
  const refused: Record<string, string>[] = [
    { "upload-length": "-1" },
    { "upload-length": "1e9" },
    { "upload-length": "0x10" },
    { "upload-length": "99999999999999999999" },
    { "upload-length": String(25 * 1024 * 1024 + 1) },
    { "upload-length": "0" },
    { "upload-metadata": "" },
    { "upload-metadata": "hash" },
    { "upload-metadata": "hash !!!!,type ????" },
    { "upload-metadata": `${meta},account ${said(id("Rex"))},hash ${said("../x")}` },
    { "upload-metadata": `hash ${said(hashOf(bytes))},type ${said("text/html")}` },
    { "upload-metadata": `hash ${said(hashOf(bytes))},type ${said("image/svg+xml")}` },
    { "tus-resumable": "9.9.9" },
  ];
  for (const headers of refused) {
    const { status } = await create(headers);
    expect([headers, status >= 400 && status < 500]).toEqual([headers, true]);
  }
  // Uploads are not put together of others: who asks for it begins one of their own.
  for (const concat of ["partial", "final;/files/a /files/b"]) {
    const { status, text } = await create({ "upload-concat": concat });
    expect([concat, status < 500, text]).toEqual([
      concat,
      true,
      expect.not.stringContaining("secret"),
    ]);
  }
  // To bear another's name is of no use: the server says who made it.
  const borne = await tus.create("Nok", bytes);
  expect(borne.status).toBe(201);
  const method = { "x-http-method-override": "DELETE" };
  const override = await raw("POST", routes.files, { ...resumable, ...method });
  expect(override.status).toBeGreaterThanOrEqual(400);
  expect((await raw("DELETE", borne.headers.get("location") ?? "", resumable)).status).toBe(404);
  expect((await raw("GET", borne.headers.get("location") ?? "", resumable)).status).toBe(404);
});

test("[S13] [PAR-1] a foreign hash is handed out by no road: reading, asking, attaching, uploading anew", async () => {
  const hash = hashOf(theirs);
  expect((await tus.upload("Rex", theirs)).status).toBe(204);
  const nothing = "f".repeat(64);
  const same = async (ask: (hash: string) => Promise<Response>) => {
    const [one, other] = [await ask(hash), await ask(nothing)];
    expect([one.status, await one.text()]).toEqual([other.status, await other.text()]);
    expect(one.status).toBe(404);
  };
  await same((of) => tus.read("Nok", of));
  await same((of) =>
    fetch(`${stage.url}${blobRoute(of)}`, {
      method: "HEAD",
      headers: { authorization: "Bearer Nok" },
    }),
  );
  const named = {
    hash,
    name: "a.png",
    type: "image/png",
    size: theirs.length,
    thumb: null,
    caption: null,
  };
  const { verdicts } = await stage.server.push(
    "Tam",
    intent("Tam", "visit.attach", id("pump-visit"), named),
  );
  expect(verdicts[0]?.status).toBe("applied");
  await same((of) => tus.read("Tam", of));
  // Other bytes under its name are not taken, and do not take its place.
  expect((await tus.upload("Nok", bytes, { hash })).status).toBe(460);
  await same((of) => tus.read("Tam", of));
});

test("[S13] ranges are of the file, or of nothing", async () => {
  const hash = hashOf(bytes);
  expect((await tus.upload("Tam", bytes)).status).toBe(204);
  const named = {
    hash,
    name: "b.png",
    type: "image/png",
    size: bytes.length,
    thumb: null,
    caption: null,
  };
  await stage.server.push("Tam", intent("Tam", "visit.attach", id("pump-visit"), named));
  const read = async (range: string) => {
    const answer = await tus.read("Tam", hash, { range });
    return [answer.status, (await answer.arrayBuffer()).byteLength];
  };
  const whole = [200, bytes.length];
  const ranges: [string, number[]][] = [
    ["bytes=0-3", [206, 4]],
    ["bytes=-4", [206, 4]],
    ["bytes=-99999999999999999999", [206, bytes.length]],
    ["bytes=0-99999999999999999999", [206, bytes.length]],
    ["bytes=99999999999999999999-", [416, 0]],
    ["bytes=-0", [416, 0]],
    ["bytes=5-2", whole],
    ["bytes=-1--1", whole],
    ["bytes=0-0,0-0,0-0,0-0,0-0", whole],
    [`bytes=${Array.from({ length: 500 }, () => "0-").join(",")}`, whole],
    ["bytes=1e1-", whole],
    ["bytes= 0 - 1", whole],
    ["lines=0-1", whole],
  ];
  for (const [range, answer] of ranges) expect([range, await read(range)]).toEqual([range, answer]);
  const answer = await tus.read("Tam", hash);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "x-content-type-options": "nosniff",
    "content-disposition": "attachment",
    "cache-control": "private, no-cache",
    "content-type": "image/jpeg",
  });
});
