import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { MAX_FILE_BYTES } from "#shared/domain/visit/attachment.ts";
import { routes } from "#shared/sync/wire.ts";
import { id, intent, NOW } from "#shared/testing/builders.ts";
import { serve } from "../testing/client.ts";
import { temporaryStore } from "../testing/temporary-store.ts";
import { seed } from "../testing/world.ts";
import { openBlobs } from "./blobs.ts";
import { FakeS3 } from "./testing/fake-s3.ts";
import { hashOf, uploader } from "./testing/uploader.ts";

const codeOf = async (answer: Response): Promise<[number, string]> => [
  answer.status,
  ((await answer.json()) as { error: { code: string } }).error.code,
];

const folder = mkdtempSync(join(tmpdir(), "files-"));
const s3 = new FakeS3();
let endpoint = "";
beforeAll(async () => {
  endpoint = await s3.start();
});
afterAll(async () => {
  await s3.stop();
  rmSync(folder, { recursive: true, force: true });
});

const stores = {
  "a local folder": () => openBlobs({ store: "local", folder }),
  "an S3 store": () =>
    openBlobs({
      store: "s3",
      endpoint,
      bucket: "files",
      region: "us-east-1",
      accessKeyId: "key",
      secretAccessKey: "secret",
    }),
};

describe.each(Object.entries(stores))("attachments in %s", (_name, openStore) => {
  let kept: Awaited<ReturnType<typeof temporaryStore>>;
  let server: Awaited<ReturnType<typeof serve>>;
  let tus: ReturnType<typeof uploader>;
  let photo: Uint8Array;

  beforeAll(async () => {
    kept = await temporaryStore();
    await seed(kept.store);
    server = await serve(kept.store, () => NOW, openStore());
    await server.app.listen({ port: 0, host: "127.0.0.1" });
    tus = uploader(`http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`);
  });
  afterAll(async () => {
    await server.app.close();
    await kept.remove();
  });
  beforeEach(() => {
    photo = randomBytes(300_000);
  });

  const attach = async (bytes: Uint8Array) => {
    const payload = {
      hash: hashOf(bytes),
      name: "nameplate.jpg",
      type: "image/jpeg",
      size: bytes.length,
      thumb: null,
      caption: null,
    };
    const { verdicts } = await server.push(
      "Tam",
      intent("Tam", "visit.attach", id("pump-visit"), payload),
    );
    expect(verdicts).toMatchObject([{ status: "applied" }]);
  };

  test("[S13] what was handed in is read by whoever is shown the record that names it", async () => {
    await attach(photo);
    expect((await tus.upload("Tam", photo)).status).toBe(204);
    const answer = await tus.read("Nok", hashOf(photo));
    expect(hashOf(new Uint8Array(await answer.arrayBuffer()))).toBe(hashOf(photo));
    expect(answer.headers.get("content-type")).toBe("image/jpeg");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    const again = await tus.read("Nok", hashOf(photo), {
      "if-none-match": answer.headers.get("etag") ?? "",
    });
    expect(again.status).toBe(304);
  });

  test("[S13] [PAR-1] to know a hash is not enough, in another tenant or in one's own", async () => {
    await tus.upload("Tam", photo);
    // No record names it yet.
    expect(await codeOf(await tus.read("Tam", hashOf(photo)))).toEqual([404, "file-unknown"]);
    await attach(photo);
    expect((await tus.read("Nok", hashOf(photo))).status).toBe(200);
    const foreign = await codeOf(await tus.read("Rex", hashOf(photo)));
    const nothing = await codeOf(await tus.read("Rex", hashOf(randomBytes(8))));
    expect(foreign).toEqual([404, "file-unknown"]);
    expect(foreign).toEqual(nothing);
    expect(await tus.has("Rex", hashOf(photo))).toBe(false);
    // A technician who sees only visits of their own is not shown this one.
    expect((await tus.read("Ton", hashOf(photo))).status).toBe(404);
  });

  test("[S13] [PAR-1] naming a foreign file in a record of one's own does not open it", async () => {
    await tus.upload("Rex", photo);
    await attach(photo);
    expect(await codeOf(await tus.read("Tam", hashOf(photo)))).toEqual([404, "file-unknown"]);
    await tus.upload("Tam", photo);
    expect((await tus.read("Tam", hashOf(photo))).status).toBe(200);
  });

  test("[S13] a file that is no longer named is no longer read", async () => {
    await attach(photo);
    await tus.upload("Tam", photo);
    expect((await tus.read("Nok", hashOf(photo))).status).toBe(200);
    await server.push(
      "Tam",
      intent("Tam", "visit.detach", id("pump-visit"), { hash: hashOf(photo) }),
    );
    expect((await tus.read("Nok", hashOf(photo))).status).toBe(404);
  });

  test("[S9] [S13] who has been suspended still hands in what they took, and reads nothing", async () => {
    await attach(photo);
    const suspend = (suspended: number) =>
      kept.store.db.updateTable("account").set({ suspended }).where("id", "=", id("Tam")).execute();
    await suspend(1);
    expect((await tus.upload("Tam", photo)).status).toBe(204);
    expect(await codeOf(await tus.read("Tam", hashOf(photo)))).toEqual([403, "account-suspended"]);
    await suspend(0);
    expect((await tus.read("Tam", hashOf(photo))).status).toBe(200);
  });

  test("[S13] an upload is resumed where it broke off", async () => {
    const location = (await tus.create("Tam", photo)).headers.get("location") ?? "";
    expect((await tus.send("Tam", location, photo.subarray(0, 100_000))).status).toBe(204);
    const stand = await tus.stand("Tam", location);
    expect(stand.headers.get("upload-offset")).toBe("100000");
    expect((await tus.send("Tam", location, photo.subarray(0, 5), 0)).status).toBe(409);
    expect(await tus.has("Tam", hashOf(photo))).toBe(false);
    const rest = await tus.send("Tam", location, photo.subarray(100_000), 100_000);
    expect(rest.status).toBe(204);
    expect(await tus.has("Tam", hashOf(photo))).toBe(true);
  });

  test("[S13] another's upload is not there, for its own colleagues and for strangers", async () => {
    const location = (await tus.create("Tam", photo)).headers.get("location") ?? "";
    for (const who of ["Nok", "Rex"]) {
      expect(await codeOf(await tus.send(who, location, photo))).toEqual([404, "file-unknown"]);
      expect((await tus.stand(who, location)).status).toBe(404);
    }
    expect((await tus.stand("Tam", location)).headers.get("upload-offset")).toBe("0");
  });

  test("[S13] bytes that are not those of the hash are refused, and nothing of them stays", async () => {
    const untrue = hashOf(randomBytes(8));
    const created = await tus.create("Tam", photo, { hash: untrue });
    const location = created.headers.get("location") ?? "";
    expect(await codeOf(await tus.send("Tam", location, photo))).toEqual([460, "file-damaged"]);
    expect((await tus.stand("Tam", location)).status).toBe(404);
    expect(await tus.has("Tam", untrue)).toBe(false);
    expect(await tus.has("Tam", hashOf(photo))).toBe(false);
  });

  test.each([
    ["one byte too many", { size: MAX_FILE_BYTES + 1 }, 413, "file-too-large"],
    ["a program", { type: "application/x-msdownload" }, 415, "file-type-refused"],
    ["a page", { type: "text/html" }, 415, "file-type-refused"],
    ["a path for a hash", { hash: "../../server.db" }, 400, "request-malformed"],
    ["an upper-case hash", { hash: "A".repeat(64) }, 400, "request-malformed"],
    ["nothing at all", { size: 0 }, 400, "request-malformed"],
  ])("[S13] %s is refused before a byte is taken", async (_case, untrue, status, code) => {
    expect(await codeOf(await tus.create("Tam", photo, untrue))).toEqual([status, code]);
  });

  test("[S13] more bytes than were announced are not taken", async () => {
    const created = await tus.create("Tam", photo, { size: 1000 });
    const sent = await tus.send("Tam", created.headers.get("location") ?? "", photo);
    expect(await codeOf(sent)).toEqual([413, "file-too-large"]);
  });

  test.each([
    "/files/blob/..%2f..%2fserver.db",
    "/files/blob/%2e%2e%2fserver.db",
    `/files/blob/${"0".repeat(63)}%00`,
    "/files/..%2fserver.db",
    "/files/uploads",
  ])("[S13] %s leads nowhere", async (path) => {
    for (const method of ["GET", "HEAD"]) {
      const answer = await server.app.inject({
        method: method as "GET",
        url: path,
        headers: { authorization: "Bearer Tam", "tus-resumable": "1.0.0" },
      });
      expect(answer.statusCode).toBe(404);
    }
  });

  test.each(["POST", "PATCH", "HEAD"])("[AUTH-1] %s without a token is refused", async (method) => {
    const url = method === "POST" ? routes.files : `${routes.files}/${"0".repeat(32)}`;
    const answer = await server.app.inject({
      method: method as "POST",
      url,
      headers: { "tus-resumable": "1.0.0" },
    });
    expect(answer.statusCode).toBe(401);
  });

  test("[S13] a part of a file is read, so that a broken download goes on", async () => {
    await attach(photo);
    await tus.upload("Tam", photo);
    const part = async (range: string) => {
      const answer = await tus.read("Nok", hashOf(photo), { range });
      const bytes = Buffer.from(await answer.arrayBuffer());
      return { status: answer.status, said: answer.headers.get("content-range"), bytes };
    };
    expect(await part("bytes=299990-")).toEqual({
      status: 206,
      said: "bytes 299990-299999/300000",
      bytes: Buffer.from(photo.subarray(299_990)),
    });
    expect((await part("bytes=5-9")).bytes).toEqual(Buffer.from(photo.subarray(5, 10)));
    expect((await part("bytes=-3")).bytes).toEqual(Buffer.from(photo.subarray(-3)));
    expect(await part("bytes=300000-")).toMatchObject({ status: 416, said: "bytes */300000" });
    expect((await part("bytes=9-5")).status).toBe(200);
  });
});

describe("a folder of files", () => {
  test("[S13] the same bytes lie there once, whoever handed them in, and nothing of uploads stays", async () => {
    const own = mkdtempSync(join(tmpdir(), "files-"));
    const kept = await temporaryStore();
    await seed(kept.store);
    const server = await serve(kept.store, () => NOW, openBlobs({ store: "local", folder: own }));
    await server.app.listen({ port: 0, host: "127.0.0.1" });
    const tus = uploader(`http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`);
    const photo = randomBytes(1000);
    const hash = hashOf(photo);
    for (const who of ["Tam", "Rex", "Tam"]) await tus.upload(who, photo);
    expect(readdirSync(own).sort()).toEqual([hash.slice(0, 2), "uploads"].sort());
    expect(readFileSync(join(own, hash.slice(0, 2), hash.slice(2)))).toEqual(photo);
    expect(readdirSync(join(own, "uploads"))).toEqual([]);
    await server.app.close();
    await kept.remove();
    rmSync(own, { recursive: true });
  });

  test("[S13] an upload that nobody finishes is forgotten", async () => {
    const own = mkdtempSync(join(tmpdir(), "files-"));
    const kept = await temporaryStore();
    await seed(kept.store);
    const start = async (unfinishedMs: number) => {
      const blobs = openBlobs({ store: "local", folder: own }, unfinishedMs);
      const server = await serve(kept.store, () => NOW, blobs);
      await server.app.listen({ port: 0, host: "127.0.0.1" });
      return server;
    };
    const first = await start(60_000);
    const { port } = first.app.server.address() as AddressInfo;
    const created = await uploader(`http://127.0.0.1:${port}`).create("Tam", randomBytes(10));
    const upload = join(own, "uploads", created.headers.get("location")?.split("/").at(-1) ?? "?");
    expect(existsSync(upload)).toBe(true);
    await first.app.close();
    const later = await start(1);
    await expect.poll(() => existsSync(upload)).toBe(false);
    await later.app.close();
    await kept.remove();
    rmSync(own, { recursive: true });
  });
});
