import { createReadStream, mkdirSync } from "node:fs";
import { mkdir, open, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { FileStore } from "@tus/file-store";
import type { Blobs } from "./blobs.ts";
import { checkedHash } from "./checked-hash.ts";

/** Files in a folder: `ab/cdef…` by their hash, and beside them `uploads` for what is under way. */
export class LocalBlobs extends FileStore implements Blobs {
  readonly #folder: string;

  constructor(folder: string, unfinishedMs: number) {
    const directory = join(folder, "uploads");
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    super({ directory, expirationPeriodInMilliseconds: unfinishedMs });
    this.#folder = folder;
  }

  async keep(uploadId: string, hash: string): Promise<void> {
    const upload = join(this.directory, uploadId);
    const file = this.#path(hash);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await toDisk(upload);
    // One that is there already has the same bytes: the name is their hash.
    await rename(upload, file);
    await toDisk(dirname(file));
    await this.configstore.delete(uploadId);
  }

  async bytes(hash: string, start: number, end: number): Promise<Readable> {
    const stream = createReadStream(this.#path(hash), { start, end });
    await new Promise((resolve, reject) => stream.once("open", resolve).once("error", reject));
    return stream;
  }

  #path(hash: string): string {
    return join(this.#folder, checkedHash(hash).slice(0, 2), hash.slice(2));
  }
}

/** A loss of power no longer undoes what was written to `path`. */
const toDisk = async (path: string): Promise<void> => {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
