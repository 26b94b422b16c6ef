import { createHash, randomBytes } from "node:crypto";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { attach, detach } from "#core/files/attach.ts";
import { byId } from "#core/records/queries.ts";
import { attachmentsOf } from "#shared/domain/visit/attachment.ts";
import { id } from "#shared/testing/builders.ts";
import { TestDevice, TestServer } from "./harness.ts";

const VISIT = id("pump-visit");
const THUMB = "data:image/jpeg;base64,/9j/4AAQSkZJRg==";
const MB = 1024 * 1024;

const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const photoOf = (bytes: Uint8Array<ArrayBuffer>) => new Blob([bytes], { type: "image/jpeg" });

/** Tam is the technician on site, whose visit it is; Nok the coordinator in the office. */
describe("[S13] a photo taken on site", () => {
  let server: TestServer;
  let tam: TestDevice;
  let nok: TestDevice;

  beforeEach(async () => {
    server = new TestServer();
    await server.start(true);
    tam = new TestDevice("Tam", server);
    nok = new TestDevice("Nok", server);
    await Promise.all([tam.open(), nok.open()]);
    await Promise.all([tam.upToDate(), nok.upToDate()]);
  });
  afterEach(async () => {
    await Promise.all([tam.remove(), nok.remove()]);
    await server.remove();
  });

  const take = async (bytes: Uint8Array<ArrayBuffer>) => {
    const said = { name: "nameplate.jpg", thumb: THUMB, caption: "Nameplate" };
    return attach(tam.files, tam.account.maker, { visitId: VISIT, file: photoOf(bytes), ...said });
  };
  const seenBy = async (device: TestDevice) =>
    attachmentsOf((await byId(device.account.database.records, VISIT))?.data ?? {});
  /** The hash of what a device shows of a photo, or why it shows nothing. */
  const openedBy = async (device: TestDevice, photo: Uint8Array) => {
    const opened = await device.files.open(hashOf(photo));
    return opened.ok ? hashOf(opened.value) : opened.error.code;
  };
  const stateOf = (device: TestDevice, hash: string) =>
    device.files.views().find((view) => view.hash === hash)?.state;
  const shelf = () =>
    readdirSync(join(server.folder, "files"), { recursive: true })
      .map((path) => String(path).replaceAll(/[/\\]/g, ""))
      .filter((name) => name.length === 64);

  /** Hears what a device asks of the server, in order; `stop` may end a request before it leaves. */
  const listen = (device: TestDevice, stop: (asked: string) => Promise<void> | void = () => {}) => {
    const heard: string[] = [];
    device.fetch = async (input, init) => {
      const asked = `${init?.method ?? "GET"} ${new URL(String(input)).pathname}`;
      heard.push(asked);
      await stop(asked);
      return fetch(input, init);
    };
    return heard;
  };

  test("offline: it is here at once, then its thumbnail is there with the record, then its bytes", async () => {
    await server.stop();
    await tam.offline();
    const photo = randomBytes(3 * MB);
    expect(await take(photo)).toEqual({ ok: true, value: { hash: hashOf(photo) } });
    expect(await openedBy(tam, photo)).toBe(hashOf(photo));
    await tam.until((s) => s.files === 1);

    const heard = listen(tam);
    await server.start();
    tam.account.syncNow();
    await expect.poll(() => seenBy(nok)).toHaveLength(1);
    expect((await seenBy(nok))[0]).toMatchObject({
      hash: hashOf(photo),
      thumb: THUMB,
      caption: "Nameplate",
      by: { id: id("Tam"), name: "Tam" },
    });
    await tam.until((s) => s.files === 0);
    expect(stateOf(tam, hashOf(photo))).toBe("sent");
    const push = heard.indexOf("POST /sync/push");
    expect(push).toBeGreaterThanOrEqual(0);
    expect(heard.indexOf("POST /files")).toBeGreaterThan(push);

    expect(stateOf(nok, hashOf(photo))).toBeUndefined();
    expect(await openedBy(nok, photo)).toBe(hashOf(photo));
    expect(stateOf(nok, hashOf(photo))).toBe("sent");
    // Once it is here it can be looked at without a network.
    await server.stop();
    expect((await nok.files.open(hashOf(photo))).ok).toBe(true);
    await server.start();
  });

  test("whoever asks before it has arrived is told that it is on its way", async () => {
    let sent = () => {};
    const held = new Promise<void>((resolve) => {
      sent = resolve;
    });
    listen(tam, (asked) => (asked === "POST /files" ? held : undefined));
    const photo = randomBytes(MB);
    await take(photo);
    await expect.poll(() => seenBy(nok)).toHaveLength(1);
    expect(await nok.files.open(hashOf(photo))).toMatchObject({ error: { code: "file-unknown" } });
    expect(nok.files.views()).toEqual([]);
    sent();
    await tam.until((s) => s.files === 0);
    expect((await nok.files.open(hashOf(photo))).ok).toBe(true);
  });

  test("a line that is cut in the middle, and a restart: the upload goes on where it was", async () => {
    const photo = randomBytes(4 * MB);
    let pieces = 0;
    const first = listen(tam, (asked) => {
      if (!asked.startsWith("PATCH")) return;
      pieces += 1;
      if (pieces > 3) throw new TypeError("cut off");
    });
    await take(photo);
    await expect.poll(() => pieces).toBeGreaterThan(3);
    expect(first.filter((asked) => asked === "POST /files")).toHaveLength(1);
    await tam.close();

    const second = listen(tam);
    await tam.open();
    await tam.until((s) => s.files === 1);
    await tam.until((s) => s.files === 0);
    expect(second).not.toContain("POST /files");
    // Eight pieces in all, three of which had gone.
    expect(second.filter((asked) => asked.startsWith("PATCH"))).toHaveLength(5);
    expect(shelf()).toEqual([hashOf(photo)]);
    expect(await openedBy(nok, photo)).toBe(hashOf(photo));
  });

  test("the last answer of an upload is lost: nothing is sent twice", async () => {
    const photo = randomBytes(MB / 4);
    let lost = 0;
    const heard: string[] = [];
    tam.fetch = async (input, init) => {
      heard.push(init?.method ?? "GET");
      const answer = await fetch(input, init);
      if (init?.method === "PATCH" && lost++ === 0) throw new TypeError("cut off");
      return answer;
    };
    await take(photo);
    await tam.until((s) => s.files === 1);
    await tam.until((s) => s.files === 0);
    expect(heard.filter((method) => method === "PATCH")).toHaveLength(1);
    expect(shelf()).toEqual([hashOf(photo)]);
  });

  test("documents go first: a change made during an upload leaves before its next piece", async () => {
    let made = false;
    const heard = listen(tam, async (asked) => {
      if (!asked.startsWith("PATCH") || made) return;
      made = true;
      await tam.account.maker.make({
        type: "visit.note",
        targetId: VISIT,
        payload: { text: "seal worn" },
      });
    });
    await take(randomBytes(4 * MB));
    await tam.until((s) => s.files === 1);
    await tam.until((s) => s.files === 0);
    const after = heard.slice(heard.findIndex((asked) => asked.startsWith("PATCH")) + 1);
    const push = after.indexOf("POST /sync/push");
    const piece = after.findIndex((asked) => asked.startsWith("PATCH"));
    expect(push).toBeGreaterThanOrEqual(0);
    expect(piece).toBeGreaterThan(push);
  });

  test("bytes that changed on their way are refused by the server and sent again", async () => {
    const photo = randomBytes(MB / 4);
    let spoilt = 0;
    tam.fetch = async (input, init) => {
      if (init?.method !== "PATCH" || spoilt++ > 0) return fetch(input, init);
      return fetch(input, { ...init, body: new Blob([randomBytes(photo.length)]) });
    };
    await take(photo);
    await tam.until((s) => s.files === 1);
    await tam.until((s) => s.files === 0);
    expect(spoilt).toBeGreaterThan(1);
    expect(shelf()).toEqual([hashOf(photo)]);
  });

  test("bytes that always change on their way are given up, and said to be", async () => {
    const photo = randomBytes(1000);
    tam.fetch = async (input, init) =>
      fetch(
        input,
        init?.method === "PATCH" ? { ...init, body: new Blob([randomBytes(1000)]) } : init,
      );
    await take(photo);
    await expect.poll(() => stateOf(tam, hashOf(photo))).toBe("failed");
    expect(tam.files.views()[0]?.failure?.code).toBe("file-damaged");
    expect((await tam.files.open(hashOf(photo))).ok).toBe(true);
    expect(shelf()).toEqual([]);
  });

  test("what arrives damaged is never shown, and a broken download goes on where it was", async () => {
    const photo = randomBytes(2 * MB);
    await take(photo);
    await tam.until((s) => s.files === 1);
    await tam.until((s) => s.files === 0);
    await expect.poll(() => seenBy(nok)).toHaveLength(1);

    nok.fetch = async (input, init) => {
      if (!String(input).includes("/files/blob/")) return fetch(input, init);
      return new Response(randomBytes(photo.length));
    };
    expect(await nok.files.open(hashOf(photo))).toMatchObject({ error: { code: "file-damaged" } });
    expect(nok.files.views()).toEqual([]);

    const ranges: (string | null)[] = [];
    nok.fetch = async (input, init) => {
      const answer = await fetch(input, init);
      if (!String(input).includes("/files/blob/")) return answer;
      ranges.push(new Headers(init?.headers).get("range"));
      return ranges.length > 1 ? answer : new Response(cutAfter(answer, MB), answer);
    };
    expect(await nok.files.open(hashOf(photo))).toMatchObject({
      error: { code: "server-unreachable" },
    });
    expect(await openedBy(nok, photo)).toBe(hashOf(photo));
    expect(ranges[0]).toBeNull();
    expect(Number(/^bytes=(\d+)-$/.exec(ranges[1] ?? "")?.[1])).toBeGreaterThan(0);
  });

  test("taken away before it was sent it never is, and leaves both devices", async () => {
    await server.stop();
    await tam.offline();
    const photo = randomBytes(MB);
    await take(photo);
    const parts = { visitId: VISIT, hash: hashOf(photo) };
    expect(await detach(tam.files, tam.account.maker, parts)).toEqual({ ok: true, value: {} });
    expect(await seenBy(tam)).toEqual([]);
    // The change that added it still waits to be told.
    await server.start();
    tam.account.syncNow();
    await tam.upToDate();
    await tam.files.tidy();
    await tam.until((s) => s.files === 0);
    expect(await seenBy(nok)).toEqual([]);
  });

  test("[S9] what is revoked goes from the device; what was taken and not sent is sent first", async () => {
    const [known, fresh] = [randomBytes(MB / 2), randomBytes(MB / 2)];
    await take(known);
    await tam.until((s) => s.files === 1);
    await tam.until((s) => s.files === 0);
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    listen(tam, (asked) => (asked === "POST /files" ? held : undefined));
    await take(fresh);
    await expect.poll(() => seenBy(nok)).toHaveLength(2);
    await nok.account.maker.make({
      type: "visit.assign",
      targetId: VISIT,
      payload: { assigneeId: id("Ton") },
    });
    await expect.poll(() => byId(tam.account.database.records, VISIT)).toBeUndefined();
    await expect.poll(() => stateOf(tam, hashOf(known))).toBeUndefined();
    expect(stateOf(tam, hashOf(fresh))).toBeUndefined();
    goOn();
    await tam.until((s) => s.files === 0);
    expect(tam.files.views()).toEqual([]);
    expect(shelf()).toContain(hashOf(fresh));
    expect(await tam.files.open(hashOf(fresh))).toMatchObject({ error: { code: "file-unknown" } });
    expect((await nok.files.open(hashOf(fresh))).ok).toBe(true);
  });

  test("the rules refuse before anything is kept", async () => {
    const by = (device: TestDevice, file: Blob) =>
      attach(device.files, device.account.maker, {
        visitId: VISIT,
        file,
        name: "x",
        thumb: null,
        caption: null,
      });
    const program = new Blob([randomBytes(10)], { type: "application/x-sh" });
    expect(await by(tam, program)).toMatchObject({ error: { code: "file-type-refused" } });
    const huge = { size: 26 * MB, type: "image/png" } as Blob;
    expect(await by(tam, huge)).toMatchObject({ error: { code: "file-too-large" } });
    const others = await by(nok, photoOf(randomBytes(10)));
    expect(others).toMatchObject({ error: { code: "not-the-assignee" } });
    expect([tam.files.views(), nok.files.views()]).toEqual([[], []]);
  });

  test("a photo that is attached twice is refused, and the first one stays", async () => {
    const photo = randomBytes(1000);
    await take(photo);
    expect(await take(photo)).toMatchObject({ error: { code: "already-in-state" } });
    await tam.until((s) => s.files === 0);
    expect((await tam.files.open(hashOf(photo))).ok).toBe(true);
  });

  test("a server that lost its files is not believed to have them", async () => {
    const photo = randomBytes(1000);
    await take(photo);
    await tam.until((s) => s.files === 0);
    await expect.poll(() => seenBy(nok)).toHaveLength(1);
    rmSync(join(server.folder, "files", hashOf(photo).slice(0, 2)), { recursive: true });
    const opened = await nok.files.open(hashOf(photo));
    expect(opened.ok).toBe(false);
    expect(nok.files.views()).toEqual([]);
  });
});

/** The body of an answer that breaks off once so many bytes of it have come. */
const cutAfter = (answer: Response, bytes: number): ReadableStream<Uint8Array> => {
  let come = 0;
  const cut = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, control) => {
      come += chunk.byteLength;
      if (come > bytes) control.error(new TypeError("cut off"));
      else control.enqueue(chunk);
    },
  });
  return (answer.body ?? new ReadableStream()).pipeThrough(cut);
};
