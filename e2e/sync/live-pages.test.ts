import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { byId } from "#core/records/queries.ts";
import type { RecordWrite } from "#server/sync/record-row.ts";
import { writeRecords } from "#server/sync/write-records.ts";
import { devices } from "#server/testing/world.ts";
import { id, ticket } from "#shared/testing/builders.ts";
import { TestDevice, TestServer } from "./harness.ts";

describe("[S7] the live stream carries the change itself", () => {
  let server: TestServer;
  let nok: TestDevice;
  let pulls: number;
  /** What becomes of the next page on its way to the device; it is spoilt once. */
  let spoil: ((event: string) => string) | null;
  let passed: number;
  let pushing: Promise<void>;

  beforeEach(async () => {
    pulls = 0;
    passed = 0;
    spoil = null;
    pushing = Promise.resolve();
    server = new TestServer();
    await server.start(true);
    nok = new TestDevice("Nok", server);
    nok.fetch = async (input, init) => {
      const { pathname } = new URL(String(input));
      if (pathname === "/sync/pull") pulls += 1;
      if (pathname === "/sync/push") await pushing;
      const response = await fetch(input, init);
      return pathname === "/sync/live" ? tapped(response) : response;
    };
    await nok.open();
    await nok.upToDate();
  });
  afterEach(async () => {
    await nok.remove();
    await server.remove();
  });

  /** The same stream, event by event. */
  const tapped = (response: Response): Response => {
    let text = "";
    const decoder = new TextDecoder();
    const events = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, out) => {
        text += decoder.decode(chunk, { stream: true });
        const whole = text.split("\n\n");
        text = whole.pop() ?? "";
        for (const event of whole) {
          const page = event.startsWith("event: page");
          const told = page && spoil !== null ? spoil(event) : event;
          if (page) passed += 1;
          if (page) spoil = null;
          out.enqueue(new TextEncoder().encode(`${told}\n\n`));
        }
      },
    });
    return new Response(response.body?.pipeThrough(events));
  };
  const put = (...writes: RecordWrite[]) =>
    server.store.db.transaction().execute(async (tx) => {
      await server.store.announce(tx, await writeRecords(tx, writes, server.now()));
    });
  const name = (device: typeof devices.pump, to: string) =>
    put({ kind: "device", id: device.id, data: { ...device, name: to } });
  const held = async (device: typeof devices.pump) =>
    (await byId(nok.account.database.records, device.id))?.data.name;

  /** Changes the pump until a change has come without a pull: from then on all is quiet. */
  const quiet = async () => {
    let n = 0;
    const pulled = async () => {
      const before = pulls;
      n += 1;
      await name(devices.pump, `pump ${n}`);
      await expect.poll(() => held(devices.pump)).toBe(`pump ${n}`);
      return pulls - before;
    };
    await expect.poll(pulled).toBe(0);
  };
  const spoilt = async (by: (event: string) => string, to: string) => {
    spoil = by;
    await name(devices.pump, to);
    await expect.poll(() => spoil).toBeNull();
  };

  test("changes come one after the other, and nobody pulls", async () => {
    await quiet();
    const before = pulls;
    for (const n of [1, 2, 3, 4, 5]) {
      await name(devices.chiller, `chiller ${n}`);
      await name(devices.pump, `pump of ${n}`);
    }
    await expect.poll(() => held(devices.pump)).toBe("pump of 5");
    expect(await held(devices.chiller)).not.toBe("chiller");
    expect(pulls).toBe(before);
    expect(passed).toBeGreaterThan(0);
  });

  test("a page that is lost leaves a gap, and a pull closes it", async () => {
    await quiet();
    const before = pulls;
    await spoilt(() => ": lost", "lost");
    await name(devices.pump, "found");
    await put({ kind: "ticket", id: id("late"), data: ticket("late", devices.pump) });
    await expect.poll(() => held(devices.pump)).toBe("found");
    await expect.poll(() => byId(nok.account.database.records, id("late"))).toBeDefined();
    expect(pulls).toBeGreaterThan(before);
    await quiet();
  });

  test("a page that cannot be read is passed over, and pulled", async () => {
    await quiet();
    const before = pulls;
    await spoilt((event) => event.slice(0, -20), "torn");
    await expect.poll(() => held(devices.pump)).toBe("torn");
    expect(pulls).toBeGreaterThan(before);
  });

  test("a page of another lens is not taken", async () => {
    await quiet();
    const names: unknown[] = [];
    nok.account.database.records.$.subscribe((event) => names.push(event.documentData.data?.name));
    const foreign = (event: string) =>
      event.replace(/"lens":"[^"]*"/, '"lens":"another"').replaceAll("honest", "foreign");
    await spoilt(foreign, "honest");
    await expect.poll(() => held(devices.pump)).toBe("honest");
    expect(names).not.toContain("foreign");
  });

  test("[S4] a page that tells of a record on which changes wait loses neither", async () => {
    await quiet();
    const sending = Promise.withResolvers<void>();
    pushing = sending.promise;
    const target = ticket("pump-ticket", devices.pump);
    const note = (text: string) =>
      nok.account.maker.make({ type: "ticket.note", targetId: target.id, payload: { text } });
    await note("first");
    const before = passed;
    await put({ kind: "ticket", id: target.id, data: { ...target, title: "Renamed" } });
    await expect.poll(() => passed).toBeGreaterThan(before);
    await note("second");
    sending.resolve();
    await nok.upToDate();
    const record = await byId(nok.account.database.records, target.id);
    expect(record?.data.title).toBe("Renamed");
    expect(record?.data.notes).toMatchObject([{ text: "first" }, { text: "second" }]);
  });
});
