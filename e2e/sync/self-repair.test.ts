import { copyFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3-multiple-ciphers";
import { beforeEach, describe, expect, test } from "vitest";
import { byId } from "#core/records/queries.ts";
import { readAudit } from "#server/audit/log.ts";
import { devices } from "#server/testing/world.ts";
import { id } from "#shared/testing/builders.ts";
import { nokOnline, type TestDevice, type TestServer } from "./harness.ts";

let server: TestServer;
let nok: TestDevice;
const stand = nokOnline();
beforeEach(() => {
  server = stand.server();
  nok = stand.nok();
});

const note = (text: string) =>
  nok.account.maker.make({
    type: "ticket.note",
    targetId: id("pump-ticket"),
    payload: { text },
  });
const record = (target: string) => byId(nok.account.database.records, target);

/** Does to the closed file what no code of ours does. */
const tamper = async (act: (file: Database.Database, table: string) => void) => {
  await nok.close();
  const file = new Database(nok.file);
  file.pragma("cipher = 'sqlcipher'");
  file.pragma(`key = "x'${nok.key}'"`);
  const row = file.prepare("SELECT id FROM rx_tables WHERE collection = 'records'").get() as {
    id: number;
  };
  act(file, `rx_${row.id}`);
  file.close();
  await nok.open();
};

describe("[S10] a copy that differs from the server's", () => {
  test("is found after the catch-up and mended: changed, missing and left over", async () => {
    await tamper((file, table) => {
      file.exec(
        `UPDATE "${table}" SET data = replace(data, 'Ticket pump-ticket', 'Something else')
         WHERE id = '${id("pump-ticket")}'`,
      );
      file.exec(`DELETE FROM "${table}" WHERE id = '${id("pump-visit")}'`);
      file.exec(
        `UPDATE "${table}" SET id = '${id("nobody")}', data = replace(data, '${id("Tam")}', '${id("nobody")}')
         WHERE id = '${id("Tam")}'`,
      );
    });
    expect((await record(id("pump-ticket")))?.data.title).toBe("Something else");
    const status = await nok.until((s) => s.repaired > 0);
    expect(status.repaired).toBe(4);
    expect((await record(id("pump-ticket")))?.data.title).toBe("Ticket pump-ticket");
    expect((await record(id("pump-visit")))?.data.status).toBe("scheduled");
    expect(await record(id("nobody"))).toBeUndefined();
    expect((await record(id("Tam")))?.data.name).toBe("Tam");
  });

  test("is mended without losing what waits on it", async () => {
    await server.stop();
    await nok.offline();
    await note("mine");
    await tamper((file, table) => {
      file.exec(`DELETE FROM "${table}" WHERE id = '${devices.pump.id}'`);
    });
    await server.start();
    nok.account.syncNow();
    await nok.until((s) => s.repaired > 0);
    expect((await record(devices.pump.id))?.data.name).toBe("pump");
    expect((await record(id("pump-ticket")))?.data.notes).toHaveLength(1);
  });
});

describe("[S12] a server that comes back from an old backup", () => {
  const files = () => readdirSync(server.folder).filter((name) => name.startsWith("server.db"));

  test("is noticed, and handed again what it lost; what it still has runs once", async () => {
    await note("before the backup");
    await nok.upToDate();
    await server.stop();
    for (const name of files()) {
      copyFileSync(join(server.folder, name), join(server.folder, `backup-${name}`));
    }
    await server.start();
    nok.account.syncNow();
    await nok.until((s) => s.failure === null);
    await note("after the backup");
    await nok.upToDate();
    await server.stop();
    await nok.offline();
    await note("offline");
    for (const name of files()) {
      copyFileSync(join(server.folder, `backup-${name}`), join(server.folder, name));
    }
    await server.start();
    nok.account.syncNow();
    await expect
      .poll(async () => (await record(id("pump-ticket")))?.data.notes, { timeout: 20_000 })
      .toMatchObject([
        { text: "before the backup" },
        { text: "after the backup" },
        { text: "offline" },
      ]);
    await nok.upToDate();
    const log = await readAudit(server.store.db, id("Acme"));
    expect(log.map(({ entry }) => (entry.intent.payload as { text: string }).text)).toEqual([
      "before the backup",
      "after the backup",
      "offline",
    ]);
    expect(await nok.account.desk.list()).toEqual([]);
  });
});
