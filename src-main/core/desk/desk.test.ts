import { describe, expect, test } from "vitest";
import type { Intent } from "#shared/domain/intent.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import type { DeskResponse } from "#shared/sync/wire.ts";
import { id, intent, ticket } from "#shared/testing/builders.ts";
import { DeskDevice, leak, pump } from "./desk-fixture.ts";
import { deskItem } from "./desk-item.ts";
import type { DeskDecision } from "./desk-row.ts";
import { tellDecisions } from "./tell-decisions.ts";

const at = "2026-06-15T04:00:00.000Z";
const refusal = { failure: fail("wrong-state", { state: "resolved" }), at, against: [] };
const overwrote = {
  failure: null,
  at,
  against: [{ field: "assigneeName", value: "Tam", by: id("Tam"), at }],
};

const put = async (on: DeskDevice, change: Intent, word: Parameters<typeof deskItem>[2]) =>
  on.desk.put(await deskItem(on.database.records, change, word));
const resolution = () => intent("Nok", "ticket.note", leak.id, { text: "Seal worn" });

/** The log of a server: it writes each decision once, and can be out of reach or lose an answer. */
class Log {
  lines: DeskDecision[] = [];
  away = false;
  losesAnswer = false;

  async desk(decisions: DeskDecision[]): Promise<Result<DeskResponse, Failure>> {
    if (this.away) return err(fail("server-unreachable"));
    const known = new Set(this.lines.map(({ intentId }) => intentId));
    this.lines.push(...decisions.filter(({ intentId }) => !known.has(intentId)));
    if (this.losesAnswer) return err(fail("server-unreachable"));
    return ok({ protocol: 1, noted: decisions.map(({ intentId }) => intentId) });
  }
}

describe("the desk on the disk", () => {
  test("[S6] a refused change lies there whole, after a crash too", async () => {
    const device = await DeskDevice.open();
    const change = resolution();
    await put(device, change, refusal);
    await device.restart();
    expect(await device.desk.list()).toMatchObject([
      { id: change.id, intent: change, failure: refusal.failure, decidedAt: at },
    ]);
  });

  test("[S6] what is owed soonest comes first, what nothing is owed for last", async () => {
    const device = await DeskDevice.open();
    const early = ticket("early", pump);
    await device.holds("ticket", { ...early, openedAt: "2026-06-14T00:00:00.000Z" } as never);
    const gone = intent("Nok", "ticket.note", id("gone"), { text: "x" });
    const late = resolution();
    const first = intent("Nok", "ticket.note", early.id, { text: "x" });
    for (const change of [gone, late, first]) await put(device, change, refusal);
    const listed = await device.desk.list();
    expect(listed.map((item) => item.id)).toEqual([first.id, late.id, gone.id]);
  });
});

describe("sending again", () => {
  test("[S6] makes the change anew, says what it mends, and clears the desk", async () => {
    const device = await DeskDevice.open();
    const change = resolution();
    await put(device, change, refusal);
    const sent = await device.desk.resend(change.id, { text: "Seal worn through" }, device.maker);
    expect(sent.ok).toBe(true);
    expect(await device.pending()).toMatchObject([
      { type: "ticket.note", mends: change.id, payload: { text: "Seal worn through" } },
    ]);
    expect(await device.desk.list()).toEqual([]);
  });

  test("[S6] twice at once makes it once", async () => {
    const device = await DeskDevice.open();
    const change = resolution();
    await put(device, change, refusal);
    const sent = await Promise.all(
      [1, 2].map(() => device.desk.resend(change.id, null, device.maker)),
    );
    expect(sent.map(({ ok }) => ok)).toEqual([true, false]);
    expect(await device.pending()).toHaveLength(1);
  });

  test("[S6] what is refused again here stays as it lay", async () => {
    const device = await DeskDevice.open();
    const change = intent("Nok", "ticket.resolve", leak.id, { resolution: "Done" });
    await put(device, change, refusal);
    const sent = await device.desk.resend(change.id, null, device.maker);
    expect(sent).toMatchObject({ ok: false, error: { layer: "rule" } });
    expect(await device.desk.list()).toHaveLength(1);
    expect(await device.pending()).toEqual([]);
  });

  test("[S6] a crash between making it and clearing the desk: it is made once, and once only", async () => {
    const device = await DeskDevice.open();
    const change = resolution();
    await put(device, change, refusal);
    const dies = {
      make: async (wanted: Parameters<typeof device.maker.make>[0]) => {
        await device.maker.make(wanted);
        throw new Error("the power went");
      },
    };
    await expect(device.desk.resend(change.id, null, dies)).rejects.toThrow("the power went");
    await device.restart();
    expect(await device.desk.list()).toHaveLength(1);
    await device.desk.reconcile(await device.pending());
    expect(await device.desk.list()).toEqual([]);
    expect(await device.pending()).toMatchObject([{ mends: change.id }]);
  });
});

describe("deciding", () => {
  test("[S6] a decision leaves the list at once, and is told when there is a way, once", async () => {
    const device = await DeskDevice.open();
    const [refused, applied] = [resolution(), resolution()];
    await put(device, refused, refusal);
    await put(device, applied, overwrote);
    const log = new Log();
    log.away = true;
    await device.desk.discard(refused.id, "Done another way", new Date(at));
    await device.desk.discard(applied.id, "", new Date(at));
    expect(await device.desk.list()).toEqual([]);
    const kept = await device.database.desk.find().exec();
    expect(JSON.stringify(kept.map((row) => row.toJSON()))).not.toContain("Acme");
    expect((await tellDecisions(device.desk, log)).ok).toBe(false);
    await device.restart();
    log.away = false;
    log.losesAnswer = true;
    expect((await tellDecisions(device.desk, log)).ok).toBe(false);
    expect(await device.desk.decided()).toHaveLength(2);
    log.losesAnswer = false;
    expect((await tellDecisions(device.desk, log)).ok).toBe(true);
    expect(log.lines).toEqual([
      { intentId: refused.id, decision: "discarded", reason: "Done another way", at },
      { intentId: applied.id, decision: "kept", reason: "", at },
    ]);
    expect(await device.desk.decided()).toEqual([]);
  });

  test("[S3] [S6] a verdict that is repeated brings back nothing that was decided", async () => {
    const device = await DeskDevice.open();
    const change = resolution();
    await put(device, change, refusal);
    await device.desk.discard(change.id, "Made by mistake", new Date(at));
    await put(device, change, refusal);
    expect(await device.desk.list()).toEqual([]);
    expect(await device.desk.decided()).toHaveLength(1);
  });

  test("[S6] what is decided can be neither decided again nor sent", async () => {
    const device = await DeskDevice.open();
    const change = resolution();
    await put(device, change, refusal);
    await device.desk.discard(change.id, "Made by mistake", new Date(at));
    const again = [
      await device.desk.discard(change.id, "x", new Date(at)),
      await device.desk.resend(change.id, null, device.maker),
    ];
    expect(again).toMatchObject([
      { error: { code: "not-found" } },
      { error: { code: "not-found" } },
    ]);
    expect(await device.desk.decided()).toMatchObject([{ reason: "Made by mistake" }]);
  });

  test("[S6] what the server does not note is kept, and what it never heard of is not removed", async () => {
    const device = await DeskDevice.open();
    const [one, other] = [resolution(), resolution()];
    for (const change of [one, other]) await put(device, change, refusal);
    await device.desk.discard(one.id, "No longer needed", new Date(at));
    await device.desk.noted([other.id, id("nothing here")]);
    expect(await device.desk.list()).toHaveLength(1);
    expect(await device.desk.decided()).toHaveLength(1);
  });
});

test("[S9] of a record that is no longer ours the desk keeps our own words, and nothing we saw", async () => {
  const device = await DeskDevice.open();
  const change = intent("Nok", "ticket.assign", leak.id, { assigneeId: id("Tam") });
  await put(device, { ...change, saw: { status: "new" } }, { ...refusal, ...overwrote });
  await device.desk.forget(new Set([leak.id]));
  const [item] = await device.desk.list();
  expect(item).toMatchObject({
    intent: { payload: { assigneeId: id("Tam") }, saw: {} },
    customerName: null,
    subject: null,
    against: [],
    mine: { status: [null, "assigned"] },
  });
  expect(JSON.stringify(item)).not.toContain("Acme");
});

test("[S9] what was to be made on a device that is no longer ours tells nothing of it either", async () => {
  const device = await DeskDevice.open();
  const payload = { deviceId: pump.id, title: "Leak", detail: "", priority: 2, alarmId: null };
  await put(device, intent("Nok", "ticket.raise", id("never made"), payload), refusal);
  await device.desk.forget(new Set([pump.id]));
  const [item] = await device.desk.list();
  expect(item).toMatchObject({ customerName: null, subject: null, intent: { payload } });
});

test("[S9] a later change of what was made there goes with the device too", async () => {
  const device = await DeskDevice.open();
  await put(device, intent("Nok", "ticket.take", leak.id, {}), refusal);
  await device.desk.forget(new Set([pump.id]));
  expect(JSON.stringify(await device.desk.list())).not.toContain("Acme");
});
