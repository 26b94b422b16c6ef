import { afterEach, describe, expect, test } from "vitest";
import { firstOf } from "../harness/core-client.ts";
import { workOf } from "../harness/work.ts";
import type { Device } from "./device.ts";
import { readDevice } from "./device-file.ts";
import { MARK, readLedger } from "./ledger.ts";
import { SmallDisk } from "./small-disk.ts";
import { Stand } from "./stand.ts";

const unavailable = SmallDisk.unavailable();
const MEGABYTES = 192;

let stand: Stand | null = null;
let disk: SmallDisk | null = null;
afterEach(async () => {
  await stand?.remove();
  disk?.remove();
  stand = null;
  disk = null;
});

const ticketOf = (device: Device): Promise<string> =>
  device.with(async (core) => (await workOf(core, { kinds: ["ticket"] }))[0]?.id ?? "");

/** What lies on the desk of people, by its reason. */
const onDesk = (device: Device): Promise<string[]> =>
  device.with(async (core) => {
    const items = await firstOf((signal) => core.desk.watch(undefined, { signal }));
    return items.map(({ failure }) => failure?.code ?? "");
  });

const everythingIsThere = async (at: Stand, confirmed: number) => {
  const { wrong, verdicts } = await readLedger(at);
  expect(wrong).toEqual([]);
  expect([...verdicts.values()]).toEqual(Array(confirmed).fill("applied"));
};

describe.skipIf(unavailable !== null)(
  `a disk that is full or read-only${unavailable ?? ""}`,
  () => {
    test("[S2] a core whose disk is full says so, keeps what it had, and goes on when there is room", async () => {
      disk = new SmallDisk(MEGABYTES);
      stand = await Stand.set();
      const device = await stand.device("nok@nera.example", { folder: disk.folder });
      const ticket = await ticketOf(device);
      expect(await device.note(ticket, `${MARK}before`)).toBeNull();
      await device.upToDate();
      disk.fill();
      const heard: (string | null)[] = [];
      // A log may have room for a few more; what is confirmed counts, what is refused says why.
      for (let n = 0; n < 60; n += 1) {
        heard.push(await device.note(ticket, `${MARK}while full ${n} ${"x".repeat(2000)}`));
      }
      expect(new Set(heard)).toContain("disk-full");
      expect([...new Set(heard)].filter((code) => code !== null)).toEqual(["disk-full"]);
      await device.core.kill();
      // A core that starts upon a full disk fails no worse than by saying so.
      await device.start().catch((cause: Error) => expect(cause.message).toMatch(/ENOSPC|full/i));
      await device.core.kill();
      disk.empty();
      expect(readDevice(device.dataFolder).damage).toEqual([]);
      await device.start();
      expect(await device.note(ticket, `${MARK}after`)).toBeNull();
      await device.upToDate();
      await everythingIsThere(stand, 2 + heard.filter((code) => code === null).length);
    });

    test("[S3] [S5] a server whose disk is full decides nothing, and everything is sent when there is room", async () => {
      disk = new SmallDisk(MEGABYTES);
      stand = await Stand.set({ folder: disk.folder, time: { haste: 15 } });
      const device = await stand.device();
      const ticket = await ticketOf(device);
      // A server that has ended in order leaves no log behind that would still have room.
      await stand.server.stop();
      await stand.server.start();
      disk.fill();
      const texts = Array.from({ length: 30 }, (_, n) => `${MARK}${n} ${"x".repeat(3000)}`);
      for (const text of texts) expect(await device.note(ticket, text)).toBeNull();
      // Long enough for anyone who counts failed tries to have counted them all.
      for (let n = 0; n < 8; n += 1) {
        await device.with((core) => core.sync.now());
        await new Promise((resolve) => setTimeout(resolve, 1100));
      }
      const heard = (await readLedger(stand)).verdicts.size;
      expect(heard).toBeLessThan(texts.length);
      expect(await onDesk(device)).toEqual([]);
      disk.empty();
      await device.upToDate();
      await everythingIsThere(stand, texts.length);
      expect(await onDesk(device)).toEqual([]);
    });

    test("[S2] a core and a server upon a read-only disk say so at once, and start when it can be written", async () => {
      disk = new SmallDisk(MEGABYTES);
      stand = await Stand.set({ folder: disk.folder });
      const device = await stand.device("nok@nera.example", { folder: `${disk.folder}/device` });
      const ticket = await ticketOf(device);
      expect(await device.note(ticket, `${MARK}before`)).toBeNull();
      await device.core.kill();
      await stand.server.kill();
      disk.readOnly(true);
      await expect(stand.server.start()).rejects.toThrow(/cannot be written/);
      const said = await device.start().then(
        () =>
          device.with((core) =>
            firstOf((signal) => core.session.watch(undefined, { signal })).then((session) =>
              session.state === "signed-out" ? (session.failure?.code ?? "") : session.state,
            ),
          ),
        (cause: Error) => cause.message,
      );
      expect(said).toMatch(/EROFS|storage-unwritable|vault-unavailable/);
      await device.core.kill();
      disk.readOnly(false);
      await stand.server.start();
      await device.start();
      await device.upToDate();
      expect(await device.note(ticket, `${MARK}after`)).toBeNull();
      await device.upToDate();
      await everythingIsThere(stand, 2);
    });
  },
);
