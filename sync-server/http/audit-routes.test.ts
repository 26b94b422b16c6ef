import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyExport } from "#shared/audit/export.ts";
import { Keys, readHead } from "#shared/audit/head.ts";
import { auditRoutes, HeadResponse } from "#shared/audit/wire.ts";
import { auditEntry } from "#shared/testing/audit.ts";
import { id } from "#shared/testing/builders.ts";
import { appendAudit } from "../audit/log.ts";
import { serve } from "../testing/client.ts";
import { temporaryStore } from "../testing/temporary-store.ts";
import { seed } from "../testing/world.ts";

let kept: Awaited<ReturnType<typeof temporaryStore>>;
let server: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  kept = await temporaryStore();
  await seed(kept.store);
  server = await serve(kept.store);
});
afterAll(async () => {
  await server.app.close();
  await kept.remove();
});

const get = (who: string, url: string) =>
  server.app.inject({ url, headers: { authorization: `Bearer ${who}` } });

const append = (texts: readonly string[]) =>
  kept.store.db
    .transaction()
    .execute((tx) => appendAudit(tx, id("Acme"), ...texts.map((text) => auditEntry(text))));

test("[PRT-4] the public keys are there for anybody, and are public", async () => {
  const answer = await server.app.inject({ url: auditRoutes.keys });
  expect(answer.statusCode).toBe(200);
  expect(Keys.parse(answer.json()).keys).toHaveLength(1);
  expect(answer.json().keys[0]).not.toHaveProperty("d");
});

test("[PRT-4] a log that nothing stands in has a head all the same", async () => {
  const { head } = HeadResponse.parse((await get("Una", auditRoutes.head)).json());
  const keys = Keys.parse((await server.app.inject({ url: auditRoutes.keys })).json());
  expect(await readHead(head, keys)).toMatchObject({ value: { log: id("Nera"), size: 0 } });
});

test("[PRT-4] what is written while a log is handed out is not in it: it is as its head says", async () => {
  const texts = (name: string) => Array.from({ length: 1200 }, (_, n) => `${name} ${n}`);
  await append(texts("before"));
  const answer = await server.app.inject({
    url: auditRoutes.export,
    headers: { authorization: "Bearer Cora" },
    payloadAsStream: true,
  });
  const chunks = answer.stream().setEncoding("utf8")[Symbol.asyncIterator]();
  const first = await chunks.next();
  await append(texts("meanwhile"));
  let text = String(first.value);
  for (let chunk = await chunks.next(); !chunk.done; chunk = await chunks.next())
    text += chunk.value;
  async function* lines() {
    yield* text.split("\n");
  }
  expect(await verifyExport(lines())).toMatchObject({ value: { head: { size: 1200 } } });
  expect(text).not.toContain("meanwhile");
});

test("[S9] a suspended account is shown no log", async () => {
  await kept.store.db
    .updateTable("account")
    .set({ suspended: 1 })
    .where("id", "=", id("Cora"))
    .execute();
  for (const url of [auditRoutes.log, auditRoutes.head, auditRoutes.export]) {
    const answer = await get("Cora", url);
    expect(answer.json()).toMatchObject({ error: { code: "account-suspended" } });
  }
  const receipts = await server.post("Cora", auditRoutes.receipts, { intentIds: [id("any")] });
  expect(receipts.statusCode).toBe(403);
});
