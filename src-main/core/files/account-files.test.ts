import { type ChildProcess, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import pino from "pino";
import { BehaviorSubject, Subject } from "rxjs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { MAX_FILE_BYTES } from "#shared/domain/visit/attachment.ts";
import type { SyncStatus } from "#shared/ipc/views.ts";
import { ok } from "#shared/result.ts";
import { bearer } from "../auth/access-token.ts";
import { openEncryptedDatabase } from "../storage/open-database.ts";
import { AccountFiles } from "./account-files.ts";
import { FileTable } from "./file-table.ts";
import { takeIn } from "./take-in.ts";

const KEY = "ab".repeat(32);
const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

let folder: string;
let named: Set<string>;
let erased$: Subject<void>;
let open: AccountFiles[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "files-"));
  named = new Set();
  erased$ = new Subject();
  open = [];
});
afterEach(async () => {
  for (const files of open) await files.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The files of a device that reaches nobody. */
const openFiles = async (): Promise<AccountFiles> => {
  const files = await AccountFiles.open({
    file: join(folder, "a-files.db"),
    keyHex: KEY,
    server: {
      serverUrl: "http://127.0.0.1:9",
      installation: "01890000-0000-7000-8000-000000000000",
      token: async () => ok(bearer("token")),
      fetch: async () => {
        throw new TypeError("no network");
      },
    },
    status$: new BehaviorSubject({ phase: "offline", waiting: 0 } as SyncStatus),
    named: async () => named,
    erased$,
    log: pino({ level: "silent" }),
  });
  if (!files.ok) throw new Error(files.error.code);
  open.push(files.value);
  return files.value;
};
const close = async (files: AccountFiles) => {
  open = open.filter((one) => one !== files);
  await files.close();
};

async function* inPieces(bytes: Uint8Array, size = 100_001): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const add = async (files: AccountFiles, bytes: Uint8Array, type = "image/jpeg") => {
  const added = await files.add(inPieces(bytes), type);
  if (!added.ok) throw new Error(added.error.code);
  named.add(added.value.hash);
  files.release(added.value.hash);
  return added.value;
};
/** The hash of what is shown of a file, or why nothing is. */
const shown = async (files: AccountFiles, hash: string) => {
  const opened = await files.open(hash);
  return opened.ok ? hashOf(opened.value) : opened.error.code;
};
/** Every byte that lies on the disk. */
const onDisk = () =>
  Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));

test.each([1, 262_143, 262_144, 262_145, 1_000_000])(
  "[S13] %i bytes come back as they were, under their hash, also after a restart",
  async (length) => {
    const photo = randomBytes(length);
    let files = await openFiles();
    expect(await add(files, photo)).toEqual({ hash: hashOf(photo), size: length });
    expect(await shown(files, hashOf(photo))).toBe(hashOf(photo));
    await close(files);
    files = await openFiles();
    expect(await shown(files, hashOf(photo))).toBe(hashOf(photo));
    expect(files.waiting$.value).toBe(1);
  },
);

test("[S13] nothing of a file lies on the disk as it is", async () => {
  const photo = Buffer.from("Exif nameplate of pump 7, ".repeat(40_000));
  const files = await openFiles();
  await add(files, photo);
  await close(files);
  const bytes = onDisk();
  expect(bytes.length).toBeGreaterThan(photo.length);
  expect(bytes.includes("nameplate of pump 7")).toBe(false);
  expect(bytes.includes(hashOf(photo))).toBe(false);
});

test("[S13] the same bytes twice are kept once", async () => {
  const photo = randomBytes(500_000);
  const files = await openFiles();
  await add(files, photo);
  await add(files, photo);
  expect(files.views()).toHaveLength(1);
});

test("[S13] what is too large, or of another type, leaves nothing behind", async () => {
  const files = await openFiles();
  async function* endless() {
    const piece = randomBytes(1024 * 1024);
    for (let sent = 0; sent <= MAX_FILE_BYTES; sent += piece.length) yield piece;
  }
  expect(await files.add(endless(), "image/png")).toMatchObject({
    error: { code: "file-too-large" },
  });
  expect(await files.add(inPieces(randomBytes(10)), "text/html")).toMatchObject({
    error: { code: "file-type-refused" },
  });
  expect(files.views()).toEqual([]);
});

test("[S13] a disk that is full refuses the file whole, and keeps what was there", async () => {
  const opened = openEncryptedDatabase({ file: join(folder, "b-files.db"), keyHex: KEY });
  if (!opened.ok) throw new Error(opened.code);
  const { database } = opened;
  const table = new FileTable(database);
  const before = randomBytes(300_000);
  await takeIn(table, inPieces(before), "image/jpeg");
  const pages = database.pragma("page_count", { simple: true }) as number;
  database.pragma(`max_page_count = ${pages + 100}`);
  expect(await takeIn(table, inPieces(randomBytes(2_000_000)), "image/jpeg")).toMatchObject({
    error: { code: "disk-full", layer: "storage" },
  });
  expect(table.all().map((row) => row.hash)).toEqual([hashOf(before)]);
  expect(database.prepare("SELECT count(*) FROM chunk").pluck().get()).toBe(2);
  table.close();
});

test("[S9] [S13] what nothing names any more is erased, and lies in no log", async () => {
  const files = await openFiles();
  const [stays, goes] = [randomBytes(300_000), randomBytes(300_000)];
  await add(files, stays);
  await add(files, goes);
  named.delete(hashOf(goes));
  await files.abandon(hashOf(goes));
  await files.abandon(hashOf(stays));
  expect(files.views().map((view) => view.hash)).toEqual([hashOf(stays)]);
  expect(readFileSync(join(folder, "a-files.db-wal"))).toHaveLength(0);
});

test("[S9] [S13] what waits to be sent is no longer shown once nothing names it, and still waits", async () => {
  const files = await openFiles();
  const photo = randomBytes(1000);
  await add(files, photo);
  named.clear();
  erased$.next();
  await expect.poll(() => files.views()).toEqual([]);
  expect(files.waiting$.value).toBe(1);
});

test("[S13] a file that no change named before a crash is gone after it; one that was named waits", async () => {
  const [half, whole] = [randomBytes(1000), randomBytes(1000)];
  let files = await openFiles();
  await files.add(inPieces(half), "image/jpeg");
  await files.add(inPieces(whole), "image/jpeg");
  named.add(hashOf(whole));
  await close(files);
  files = await openFiles();
  expect(files.views()).toMatchObject([{ hash: hashOf(whole), state: "waiting" }]);
});

/** A process that takes in one file after another, and says the hash of each once it is kept. */
const taker = (): ChildProcess => {
  const at = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
  const program = `
    const { AccountFiles } = await import(${at("./account-files.ts")});
    const { randomBytes } = await import("node:crypto");
    const { BehaviorSubject, NEVER } = await import("rxjs");
    const files = await AccountFiles.open({ file: ${JSON.stringify(join(folder, "a-files.db"))}, keyHex: "${KEY}",
      server: { serverUrl: "http://127.0.0.1:9", installation: "", token: async () => ok(bearer("")),
        fetch: async () => { throw new TypeError("no network"); } },
      status$: new BehaviorSubject({ phase: "offline", waiting: 0 }), named: async () => new Set(), erased$: NEVER, log: console });
    for (;;) {
      const added = await files.value.add((async function* () { yield randomBytes(700000); })(), "image/jpeg");
      process.stdout.write(added.value.hash + "\\n");
    }`;
  return spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
};

test("[S13] every photo that was said to be kept is there after the process was killed", async () => {
  const child = taker();
  if (child.stdout === null) throw new Error("no output");
  for await (const hash of createInterface({ input: child.stdout })) {
    named.add(hash);
    if (named.size === 5) child.kill("SIGKILL");
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  expect(child.signalCode).toBe("SIGKILL");
  const files = await openFiles();
  expect(files.waiting$.value).toBe(named.size);
  for (const hash of named) expect(await shown(files, hash)).toBe(hash);
});
