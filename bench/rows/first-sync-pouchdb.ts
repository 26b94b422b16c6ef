import type { CouchHandlers } from "../couch-process.ts";
import { BATCH, type Bench, type Row, row, type Skipped, WHO } from "../lib/bench.ts";
import { installPeers } from "../lib/peers.ts";
import { Peer } from "../lib/process.ts";
import type { PouchHandlers } from "../pouch-process.ts";
import { ourFirstSync } from "./first-sync.ts";

/** Our first sync against PouchDB's, of the same records. */
export const firstSyncPouch = async (bench: Bench): Promise<Row | Skipped> => {
  const missing = installPeers(bench.say);
  if (missing !== null) return { name: "first-sync-pouchdb", skipped: missing };
  const ours = await ourFirstSync(bench);
  const couch = await Peer.start<CouchHandlers>("couch-process.ts", "couch endpoint");
  const { url } = await couch.ask("start", { url: bench.url, who: WHO });
  const pouch = await Peer.start<PouchHandlers>("pouch-process.ts", "pouchdb");
  const folder = bench.newFolder("pouch");
  const { seconds, records } = await pouch.ask("sync", { url, folder, limit: BATCH });
  await pouch.stop();
  await couch.stop();
  if (records !== bench.total) throw new Error(`PouchDB got ${records} records`);
  const peer = { name: "PouchDB 9 with leveldb, records/s", value: records / seconds };
  return row("first-sync-pouchdb", { value: ours.rate, unit: "records/s" }, peer);
};
