import type { KyselyPlugin } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LivePage } from "#shared/sync/wire.ts";
import { id, ticket } from "#shared/testing/builders.ts";
import type { Store } from "../store/store.ts";
import type { RecordWrite } from "../sync/record-row.ts";
import { writeRecords } from "../sync/write-records.ts";
import { serve } from "../testing/client.ts";
import { temporaryStore } from "../testing/temporary-store.ts";
import { devices, seed } from "../testing/world.ts";

let kept: Awaited<ReturnType<typeof temporaryStore>>;
let server: Awaited<ReturnType<typeof serve>>;
let accounts: ReturnType<typeof slowAccounts>;

beforeEach(async () => {
  kept = await temporaryStore();
  await seed(kept.store);
  await giveRole(kept.store.db, "Sai", "role of Nok");
  accounts = slowAccounts(kept.store);
  server = await serve({ ...kept.store, reading: accounts.reading });
});
afterEach(async () => {
  await server.app.close();
  await kept.remove();
});

/** Answers to who an account is come only while this is open. */
const slowAccounts = (store: Store) => {
  let passed = Promise.resolve();
  const reading: Store["reading"] = async (tenant, read) => {
    let asked = false;
    const plugin: KyselyPlugin = {
      transformQuery: ({ node }) => {
        asked ||= JSON.stringify(node).includes('"name":"entitlements"');
        return node;
      },
      transformResult: async ({ result }) => result,
    };
    const told = await store.reading(tenant, (tx) => read(tx.withPlugin(plugin)));
    // Out of the transaction: it holds the one connection, and others go on meanwhile.
    if (asked) await passed;
    return told;
  };
  const close = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    passed = promise;
    return resolve;
  };
  return { reading, close };
};

/** Nok and Sai look through one lens, Rex through another. */
const listen = async (who: string) => {
  const stream = await server.live(who);
  const { seq = -1 } = await stream.next("head");
  return { ...stream, seq };
};

const giveRole = (db: Store["db"], who: string, role: string) =>
  db
    .updateTable("account_role")
    .set({ role_id: id(role) })
    .where("account_id", "=", id(who))
    .execute();

/** Writes records, and tells that feeds have grown and that accounts are not what they were. */
const put = (
  writes: RecordWrite[],
  changed: string[] = [],
  also?: (tx: Store["db"]) => Promise<unknown>,
) =>
  kept.store.db.transaction().execute(async (tx) => {
    await also?.(tx);
    const heads = await writeRecords(tx, writes, new Date().toISOString());
    await kept.store.announce(tx, heads, changed);
  });

const pump = (n: number): RecordWrite => ({
  kind: "device",
  id: devices.pump.id,
  data: { ...devices.pump, name: `pump ${n}` },
});

test("[S7] a change is told itself, in the same bytes to all viewers of a lens, one after the other", async () => {
  const nok = await listen("Nok");
  const sai = await listen("Sai");
  await put([pump(1)]);
  const first = LivePage.parse(await nok.next("page"));
  expect(first).toMatchObject({ after: nok.seq, checkpoint: { seq: first.head } });
  expect(first.records.map((r) => r.data?.name)).toEqual(["pump 1"]);
  const pulled = await server.pull("Nok", { ...first.checkpoint, seq: first.after });
  const { after: _after, serverTime: _at, ...told } = first;
  expect(pulled).toMatchObject(told);
  await put([pump(2)]);
  const second = LivePage.parse(await nok.next("page"));
  expect(second.after).toBe(first.checkpoint.seq);
  await sai.next("page");
  await sai.next("page");
  expect(sai.texts).toEqual(nok.texts);
});

test("[S7] [S8] each lens is told its own page, and nothing of what it does not hold", async () => {
  const rex = await listen("Rex");
  const nok = await listen("Nok");
  await put([pump(1)]);
  await nok.next("page");
  await put([{ kind: "device", id: devices.rival.id, data: { ...devices.rival, name: "moved" } }]);
  await rex.next("page");
  expect(rex.texts.join()).not.toContain("pump 1");
  expect(rex.texts.join()).toContain("moved");
});

test("[S7] what is too much for one page is told by its head, and the next change by a page again", async () => {
  const nok = await listen("Nok");
  const many = Array.from({ length: 201 }, (_, n): RecordWrite => {
    const data = ticket(`many ${n}`, devices.pump);
    return { kind: "ticket", id: data.id, data };
  });
  await put(many);
  const { seq } = await nok.next("head");
  await put([pump(1)]);
  expect((await nok.next("page")).after).toBe(seq);
  expect(nok.names).toEqual(["head", "head", "page"]);
});

test("[S9] a role that changes in the same instant as the feed: not a byte of it goes to the old viewer", async () => {
  const nok = await listen("Nok");
  const sai = await listen("Sai");
  const open = accounts.close();
  await put([pump(1)], [id("Nok")], (tx) => giveRole(tx, "Nok", "role of Tam"));
  await sai.next("page");
  await put([pump(2)]);
  await sai.next("page");
  open();
  await nok.next("changed");
  expect(nok.names).toEqual(["head", "changed"]);
});

test("[S9] news of an account that is what it was delays its pages, and loses none", async () => {
  const nok = await listen("Nok");
  const sai = await listen("Sai");
  const open = accounts.close();
  await put([pump(1)], [id("Nok")]);
  await sai.next("page");
  await put([pump(2)]);
  await sai.next("page");
  open();
  const page = LivePage.parse(await nok.next("page"));
  expect([page.after, page.records[0]?.data?.name]).toEqual([nok.seq, "pump 2"]);
});

test("[S7] who reads slowly is not sent ever more, and hears of the rest once it reads", async () => {
  const nok = await listen("Nok");
  const sai = await listen("Sai");
  const long = (n: number): RecordWrite => ({
    kind: "device",
    id: devices.pump.id,
    data: { ...devices.pump, name: `${n}${"x".repeat(200_000)}` },
  });
  let head = 0;
  for (let n = 0; n < 20; n += 1) {
    await put([long(n)]);
    head = (await sai.next("page")).head ?? 0;
  }
  let told = nok.seq;
  while (told < head) {
    const page = LivePage.parse(await nok.next("page"));
    expect(page.after).toBe(told);
    told = page.checkpoint.seq;
  }
  expect(nok.texts.join("").length).toBeLessThan(sai.texts.join("").length / 2);
});
