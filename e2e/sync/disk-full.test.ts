import { expect, test } from "vitest";
import { byId } from "#core/records/queries.ts";
import { StorageFault } from "#core/storage/storage-fault.ts";
import { id } from "#shared/testing/builders.ts";
import { TestDevice, TestServer } from "./harness.ts";

test("[S2] on a full disk a change is refused with a remedy, and nothing of it is there or sent", async () => {
  const server = new TestServer();
  await server.start(true);
  const nok = new TestDevice("Nok", server);
  await nok.open();
  await nok.upToDate();
  const ticket = id("pump-ticket");
  const { storageInstance } = nok.account.database.records;
  const write = storageInstance.bulkWrite.bind(storageInstance);
  const note = (text: string) =>
    nok.account.maker.make({ type: "ticket.note", targetId: ticket, payload: { text } });
  // That a full disk makes the storage throw this, and keep the file whole, its own tests hold.
  storageInstance.bulkWrite = () => Promise.reject(new StorageFault("disk-full", "disk is full"));
  expect(await note("lost")).toMatchObject({ ok: false, error: { code: "disk-full" } });
  storageInstance.bulkWrite = write;
  expect(await note("kept")).toMatchObject({ ok: true });
  await nok.upToDate();
  const texts = (await byId(nok.account.database.records, ticket))?.data.notes as {
    text: string;
  }[];
  expect(texts.map((n) => n.text)).toEqual(["kept"]);
  await nok.remove();
  await server.remove();
});
