import Database from "better-sqlite3-multiple-ciphers";
import { expect, test } from "vitest";
import { TestDevice, TestServer } from "./harness.ts";

test("[S9] a record is in the file once: RxDB's memory of the server holds no second copy", async () => {
  const server = new TestServer();
  await server.start(true);
  const nok = new TestDevice("Nok", server);
  await nok.open();
  await nok.upToDate();
  await nok.close();
  const file = new Database(nok.file);
  file.pragma("cipher = 'sqlcipher'");
  file.pragma(`key = "x'${nok.key}'"`);
  const tables = file.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as {
    name: string;
  }[];
  const holding = tables.filter(({ name }) =>
    file
      .prepare(`SELECT * FROM "${name}"`)
      .all()
      .some((row) => JSON.stringify(row).includes("serial-of-pump")),
  );
  expect(holding).toHaveLength(1);
  file.close();
  await nok.open();
  await nok.remove();
  await server.remove();
});
