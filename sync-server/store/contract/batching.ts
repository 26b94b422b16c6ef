import { sql } from "kysely";
import { expect, test } from "vitest";
import { id, intent, ticket } from "#shared/testing/builders.ts";
import { brokenAt, readAudit } from "../../audit/log.ts";
import { devices } from "../../testing/world.ts";
import { transact } from "../transact.ts";
import type { Ground } from "./ground.ts";

/** Many intents in one transaction, and several transactions beside each other. */
export const batching = (on: Ground): void => {
  const raise = (name: string) =>
    intent("Nok", "ticket.raise", id(name), {
      ...{ deviceId: devices.pump.id, title: name, detail: "", priority: 3, alarmId: null },
    });

  test("[S3] within a batch each intent is judged by what those before it left", async () => {
    const made = raise("raised in a batch");
    const target = made.target.id;
    const note = intent("Nok", "ticket.note", target, { text: "one" }, { after: made.id });
    const again = intent("Nok", "ticket.note", target, { text: "two" }, { after: note.id });
    const take = intent("Nok", "ticket.take", target, {}, { after: again.id });
    const twice = intent("Nok", "ticket.take", target, {}, { after: take.id });
    const before = await on.server.pull("Nok");
    const { verdicts, records } = await on.server.push("Nok", made, note, again, take, twice, made);
    expect(verdicts.map((v) => (v.status === "refused" ? v.failure.code : v.status))).toEqual([
      ...["applied", "applied", "applied", "applied", "already-in-state", "applied"],
    ]);
    expect(records[0]?.data).toMatchObject({ status: "assigned", assigneeName: "Nok" });
    expect(records[0]?.data?.notes).toHaveLength(2);
    const { records: told } = await on.server.pull("Nok", before.checkpoint);
    expect(told.map((r) => r.id)).toEqual([target]);
    const log = await readAudit(on.store.db, id("Acme"));
    expect(log.slice(-5).map(({ entry }) => entry.intent.id)).toEqual(
      [made, note, again, take, twice].map((i) => i.id),
    );
    expect(brokenAt(log)).toBeNull();
  });

  test("[S3] an assignment in a batch takes effect before the next intent of it", async () => {
    await on.server.pull("Ton");
    const { verdicts } = await on.server.push(
      "Nok",
      intent("Nok", "visit.assign", id("pump-visit"), { assigneeId: id("Ton") }),
      intent("Nok", "ticket.note", id("pump-ticket"), { text: "Ton goes" }),
    );
    expect(verdicts.map((v) => v.status)).toEqual(["applied", "applied"]);
    const visits = (await on.server.pull("Ton")).records.filter((r) => r.kind === "visit");
    expect(visits.map((r) => r.id)).toEqual([id("pump-visit")]);
  });

  test("[S5] what fails in the middle of a batch leaves nothing of it, and one by one the rest goes in", async () => {
    const name = "with a row in its way";
    const data = ticket(name, devices.pump);
    await on.put({ kind: "ticket", id: data.id, data });
    const good = intent("Nok", "ticket.note", id("pump-ticket"), { text: "good" });
    const bad = intent("Nok", "ticket.note", data.id, { text: "bad" });
    // A record that the server itself cannot read makes it fail, not refuse.
    const spoil = (text: string) =>
      on.store.db.updateTable("record").set({ data: text }).where("id", "=", data.id).execute();
    await spoil("{");
    expect((await on.server.pushRaw("Nok", [good, bad])).statusCode).toBe(503);
    const heard = await on.store.db
      .selectFrom("verdict")
      .select("intent_id")
      .where("intent_id", "in", [good.id, bad.id])
      .execute();
    expect(heard).toEqual([]);
    expect((await on.server.push("Nok", good)).verdicts[0]?.status).toBe("applied");
    expect((await on.server.pushRaw("Nok", [bad])).statusCode).toBe(503);
    await spoil(JSON.stringify(data));
    expect((await on.server.push("Nok", bad)).verdicts[0]?.status).toBe("applied");
  });

  test("[S3] many batches at once, over the same records, apply each intent once", async () => {
    const names = ["contended, one", "contended, two", "contended, three"];
    for (const name of names) {
      await on.put({ kind: "ticket", id: id(name), data: ticket(name, devices.pump) });
    }
    const batches = Array.from({ length: 6 }, (_, n) => {
      const notes = names.map((target) =>
        intent("Nok", "ticket.note", id(target), { text: `of batch ${n}` }),
      );
      return n % 2 === 0 ? notes : notes.reverse();
    });
    const answers = await Promise.all([
      ...batches.map((batch) => on.server.push("Nok", ...batch)),
      // A lost answer: the same intents are already on their way a second time.
      ...batches.map((batch) => on.server.push("Nok", ...batch)),
    ]);
    expect(answers.flatMap((a) => a.verdicts.map((v) => v.status))).toEqual(
      Array.from({ length: 36 }, () => "applied"),
    );
    const { records } = await on.server.pull("Nok");
    const record = records.find((r) => r.id === id("contended, two"));
    const notes = (record?.data?.notes ?? []) as { text: string }[];
    const texts = notes.map((n) => n.text);
    expect(texts.filter((t) => t.startsWith("of batch")).sort()).toEqual(
      batches.map((_, n) => `of batch ${n}`),
    );
    expect(brokenAt(await readAudit(on.store.db, id("Acme")))).toBeNull();
  });

  test("[S3] two transactions that wait for each other both go through in the end", async () => {
    const rows = ["one way", "the other way"];
    for (const key of rows) {
      await on.store.db.insertInto("meta").values({ key, value: "" }).execute();
    }
    // Where there is only one transaction at a time, the second cannot be waited for.
    const beside = on.store.dialect === "postgres";
    const began = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const crossing = (order: string[], mine: number) =>
      transact(on.store.db, async (tx) => {
        for (const key of order) {
          const value = sql<string>`value || ${String(mine)}`;
          await tx.updateTable("meta").set({ value }).where("key", "=", key).execute();
          began[mine]?.resolve();
          if (beside) await began[1 - mine]?.promise;
        }
      });
    await Promise.all([crossing(rows, 0), crossing([...rows].reverse(), 1)]);
    const written = await on.store.db
      .selectFrom("meta")
      .select("value")
      .where("key", "in", rows)
      .execute();
    expect(written.map((row) => [...row.value].sort().join(""))).toEqual(["01", "01"]);
  });

  test("[S3] a transaction that another stood in the way of is run again, a few times", async () => {
    const stood = Object.assign(new Error("deadlock detected"), { code: "40P01" });
    let runs = 0;
    const answer = await transact(on.store.db, async () => {
      runs += 1;
      if (runs < 3) throw stood;
      return "through";
    });
    expect([answer, runs]).toEqual(["through", 3]);
    const never = transact(on.store.db, async () => {
      runs += 1;
      throw stood;
    });
    await expect(never).rejects.toBe(stood);
    expect(runs).toBe(8);
    const broken = transact(on.store.db, () => Promise.reject(new Error("broken")));
    await expect(broken).rejects.toThrow("broken");
  });
};
