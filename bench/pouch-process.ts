import { createRequire } from "node:module";
import { answer, clockMs } from "./lib/answer.ts";

/** As much of PouchDB as is used here. */
interface Pouch {
  info(): Promise<{ doc_count: number }>;
  close(): Promise<void>;
}
interface PouchClass {
  new (name: string, options?: { adapter: string }): Pouch;
  replicate(
    from: string,
    to: Pouch,
    options: { batch_size: number; batches_limit: number },
  ): Promise<{ docs_written: number }>;
}

const load = createRequire(new URL("./peers/package.json", import.meta.url));

const handlers = {
  /** Pulls a database by PouchDB's own replication into leveldb. */
  sync: async ({ url, folder, limit }: { url: string; folder: string; limit: number }) => {
    const PouchDB = load("pouchdb") as PouchClass;
    const began = clockMs();
    const db = new PouchDB(`${folder}/pouch`, { adapter: "leveldb" });
    const { docs_written } = await PouchDB.replicate(url, db, {
      batch_size: limit,
      batches_limit: 2,
    });
    const seconds = (clockMs() - began) / 1000;
    const { doc_count } = await db.info();
    await db.close();
    return { seconds, records: Math.min(docs_written, doc_count) };
  },
};

export type PouchHandlers = typeof handlers;

answer(handlers, () => {});
