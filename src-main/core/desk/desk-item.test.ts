import { describe, expect, test } from "vitest";
import { slaDue } from "#shared/domain/sla.ts";
import { fail } from "#shared/failure.ts";
import { id, intent } from "#shared/testing/builders.ts";
import { byId } from "../records/queries.ts";
import { DeskDevice, leak, pump } from "./desk-fixture.ts";
import { deskItem, wordOf } from "./desk-item.ts";

const at = "2026-06-15T04:00:00.000Z";
const against = [{ field: "status", value: "resolved", by: id("Tam"), at }];
const failure = fail("wrong-state", { state: "resolved" });
const refused = { failure, at, against };

/** The only change that waits on the ticket, as it was made. */
const onlyPending = async (device: DeskDevice) => {
  const [made] = await device.pending();
  if (made === undefined) throw new Error("nothing waits");
  return made;
};

describe("what a change on the desk says", () => {
  test("[S6] what it is about, and when that is owed, as the server last told of it", async () => {
    const device = await DeskDevice.open();
    await device.maker.make({ type: "ticket.take", targetId: leak.id, payload: {} });
    const change = await onlyPending(device);
    const item = await deskItem(device.database.records, change, refused);
    expect(item).toMatchObject({
      customerId: pump.customerId,
      customerName: "Acme",
      subject: "T-000000 · Ticket leak · pump",
      tier: "premium",
      due: slaDue("response", "premium", 2, leak.openedAt),
      against,
      failure,
    });
  });

  test("[S6] field by field what was seen and what was wanted", async () => {
    const device = await DeskDevice.open();
    await device.maker.make({
      type: "ticket.assign",
      targetId: leak.id,
      payload: { assigneeId: id("Tam") },
    });
    const change = await onlyPending(device);
    const { mine } = await deskItem(device.database.records, change, refused);
    expect(mine).toEqual({
      status: ["new", "assigned"],
      assigneeId: [null, id("Tam")],
      assigneeName: [null, "Tam"],
      respondedAt: [null, change.deviceTime],
    });
  });

  test("[S6] also where the record has moved on, and the rules would refuse it by now", async () => {
    const device = await DeskDevice.open();
    await device.maker.make({ type: "ticket.take", targetId: leak.id, payload: {} });
    const change = await onlyPending(device);
    await device.holds("ticket", { ...leak, status: "resolved", assigneeName: "Tam" } as never);
    const { mine } = await deskItem(device.database.records, change, refused);
    expect(mine).toMatchObject({ status: ["new", "assigned"], assigneeName: [null, "Nok"] });
  });

  test("[S6] of the second of two changes that wait, what stood between them", async () => {
    const device = await DeskDevice.open();
    await device.maker.make({ type: "ticket.take", targetId: leak.id, payload: {} });
    await device.maker.make({
      type: "ticket.resolve",
      targetId: leak.id,
      payload: { resolution: "Replaced the seal" },
    });
    const [, second] = await device.pending();
    if (second === undefined) throw new Error("two were made");
    const { mine, due } = await deskItem(device.database.records, second, refused);
    expect(mine).toEqual({
      status: ["assigned", "resolved"],
      resolvedAt: [null, second.deviceTime],
      resolution: [null, "Replaced the seal"],
    });
    // Here it is resolved, at the server it is not: it is still owed.
    expect(due).not.toBeNull();
  });

  test("[S6] of what makes a record, what was said; its customer by the device it names", async () => {
    const device = await DeskDevice.open();
    const payload = { deviceId: pump.id, title: "Leak", detail: "", priority: 2, alarmId: null };
    const change = intent("Nok", "ticket.raise", id("never made"), payload);
    const item = await deskItem(device.database.records, change, refused);
    expect(item).toMatchObject({
      customerName: "Acme",
      subject: "Leak · pump",
      tier: "premium",
      mine: { title: [null, "Leak"], priority: [null, 2], deviceId: [null, pump.id] },
    });
    expect(item.mine).not.toHaveProperty("alarmId");
  });

  test("[S9] of a record that is gone from here, what it meant without what it was", async () => {
    const device = await DeskDevice.open();
    const change = intent("Nok", "visit.check", id("gone"), { itemId: id("item"), done: true });
    const item = await deskItem(device.database.records, change, refused);
    expect(item).toMatchObject({ customerName: null, subject: null, due: null, mine: {} });
    expect(item.intent.payload).toEqual(change.payload);
  });

  test("[S12] of a kind this version does not know, what its payload says", async () => {
    const device = await DeskDevice.open();
    const change = { ...intent("Nok", "ticket.note", leak.id), type: "ticket.merge" };
    const odd = { ...change, payload: { into: "T-1", parts: [1] } };
    const { mine } = await deskItem(device.database.records, odd, refused);
    expect(mine).toEqual({ into: [null, "T-1"] });
  });

  test("asking changes nothing of the record", async () => {
    const device = await DeskDevice.open();
    await device.maker.make({ type: "ticket.take", targetId: leak.id, payload: {} });
    const before = await byId(device.database.records, leak.id);
    await deskItem(device.database.records, await onlyPending(device), refused);
    expect(await byId(device.database.records, leak.id)).toEqual(before);
  });
});

test("[S6] a verdict needs a person where it refuses, or replaced what its maker had not seen", () => {
  const head = { intentId: id("one"), at };
  expect(wordOf({ ...head, status: "applied", against: [] })).toBeNull();
  expect(wordOf({ ...head, status: "applied", against })).toEqual({ failure: null, at, against });
  expect(wordOf({ ...head, status: "refused", failure, against: [] })).toEqual({
    failure,
    at,
    against: [],
  });
});
