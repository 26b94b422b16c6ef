import { beforeAll, expect, test } from "vitest";
import type { DataOf } from "#shared/domain/registry.ts";
import type { Verdict } from "#shared/sync/wire.ts";
import { grant, id, intent, NOW, ticket } from "#shared/testing/builders.ts";
import { readAudit } from "../../audit/log.ts";
import { devices } from "../../testing/world.ts";
import type { Ground } from "./ground.ts";

/** When everyone had it before their eyes: nobody works on what they have not seen. */
const SEEN = "2026-06-15T01:30:00.000Z";
const EARLIER = "2026-06-15T02:00:00.000Z";
const LATER = "2026-06-15T02:30:00.000Z";

/** What is told to two who change the same fields without having seen each other's change (S6). */
export const overwriting = (on: Ground): void => {
  const unassigned = { status: "new", assigneeId: null, assigneeName: null };

  /** A ticket of its own for each test: what stands against whom hangs on who came before. */
  const fresh = async (name: string, over: Partial<DataOf<"ticket">> = {}): Promise<string> => {
    const data = { ...ticket(name, devices.pump), ...over };
    on.now = SEEN;
    await on.put({ kind: "ticket", id: data.id, data });
    on.now = NOW;
    return data.id;
  };
  const assign = (by: string, target: string, to: string, at: string, saw: object = unassigned) =>
    intent(
      by,
      "ticket.assign",
      target,
      { assigneeId: id(to) },
      { deviceTime: at, skew: 0, saw: { ...saw } },
    );
  const one = async (who: string, made: Parameters<typeof on.server.push>[1]): Promise<Verdict> => {
    const [verdict] = (await on.server.push(who, made)).verdicts;
    if (verdict === undefined) throw new Error("no verdict");
    return verdict;
  };

  beforeAll(async () => {
    const nok = await on.store.db
      .selectFrom("account")
      .selectAll()
      .where("id", "=", id("Nok"))
      .executeTakeFirstOrThrow();
    await on.store.db
      .insertInto("account")
      .values({ ...nok, id: id("Noi"), login: "Noi", name: "Noi", email: "noi@example.org" })
      .execute();
    await on.store.db
      .insertInto("account_role")
      .values({ account_id: id("Noi"), app: "partners", role_id: id("role of Nok") })
      .execute();
    on.now = SEEN;
    for (const who of ["Nok", "Noi"]) await on.server.pull(who);
  });

  test.each([
    ["the later work", "Nok", EARLIER, "Noi", LATER],
    ["the earlier work", "Nok", LATER, "Noi", EARLIER],
  ])("[S6] whoever comes second is told what it overwrote, be it %s", async (...row) => {
    const [name, first, firstAt, second, secondAt] = row;
    const target = await fresh(`assigned twice, ${name}`);
    const applied = await one(first, assign(first, target, "Tam", firstAt));
    expect(applied).toMatchObject({ status: "applied", against: [] });
    const over = assign(second, target, "Ton", secondAt);
    const verdict = await one(second, over);
    expect(verdict.status).toBe("applied");
    // The status was overwritten with the same value: nothing of it is lost.
    expect(verdict.against).toEqual([
      { field: "assigneeId", value: id("Tam"), by: first, at: firstAt },
      { field: "assigneeName", value: "Tam", by: first, at: firstAt },
    ]);
    expect(await one(second, over)).toEqual(verdict);
    const line = (await readAudit(on.store.db, id("Acme"))).find(
      ({ entry }) => entry.intent.id === over.id,
    );
    expect(line?.entry.overrode).toEqual(verdict.against);
  });

  test("[S6] nothing stands against who sets what already stands, has seen it, or did it before", async () => {
    const target = await fresh("agreed");
    await one("Nok", assign("Nok", target, "Tam", EARLIER));
    const same = await one("Noi", assign("Noi", target, "Tam", LATER));
    expect(same.against).toEqual([]);
    const seen = { status: "assigned", assigneeId: id("Tam"), assigneeName: "Tam" };
    expect((await one("Nok", assign("Nok", target, "Ton", LATER, seen))).against).toEqual([]);
    // From another device of the same person, which had not heard of the last one yet.
    expect((await one("Nok", assign("Nok", target, "Tam", LATER, seen))).against).toEqual([]);
  });

  test("[S6] a refused change on a resolved ticket is told who resolved it, and when", async () => {
    const target = await fresh("resolved meanwhile", {
      ...{ status: "assigned", assigneeId: id("Nok"), assigneeName: "Nok" },
    });
    const resolve = intent(
      "Nok",
      "ticket.resolve",
      target,
      { resolution: "seal replaced" },
      { deviceTime: EARLIER, skew: 0 },
    );
    expect((await one("Nok", resolve)).status).toBe("applied");
    const seen = { status: "assigned", assigneeId: id("Nok"), assigneeName: "Nok" };
    const refused = await one("Noi", assign("Noi", target, "Ton", LATER, seen));
    expect(refused).toMatchObject({ status: "refused", failure: { code: "wrong-state" } });
    expect(refused.against).toEqual([
      { field: "status", value: "resolved", by: "Nok", at: EARLIER },
    ]);
  });

  test("[S6] of changes in one batch, each is held against what those before it left", async () => {
    const target = await fresh("twice in a batch");
    await one("Nok", assign("Nok", target, "Tam", EARLIER));
    const first = intent("Noi", "ticket.note", target, { text: "on my way" });
    const { verdicts } = await on.server.push("Noi", first, assign("Noi", target, "Ton", LATER));
    expect(verdicts.map((v) => v.against.map((a) => a.value))).toEqual([[], [id("Tam"), "Tam"]]);
  });

  test("[S8] what the viewer may not see is never told, nor what it may not see any more", async () => {
    const target = await fresh("out of sight");
    await one("Nok", assign("Nok", target, "Tam", EARLIER));
    const saw = { ...unassigned, notes: null, secretField: "x", customerName: "Someone" };
    const over = assign("Noi", target, "Ton", LATER, saw);
    const verdict = await one("Noi", over);
    expect(verdict.against.map((a) => a.field)).toEqual(["assigneeId", "assigneeName"]);
    const foreign = intent(
      "Noi",
      "ticket.take",
      id("rival-ticket"),
      {},
      { saw: { status: "resolved", title: "" } },
    );
    expect((await one("Noi", foreign)).against).toEqual([]);
    const none = grant("Acme", "Nera", { regions: ["Nowhere"] });
    await on.put({ kind: "grant", id: none.id, data: none });
    const repeated = await one("Noi", over);
    expect(repeated).toEqual({ ...verdict, against: [] });
    const narrow = grant("Acme", "Nera", { regions: ["North"] });
    await on.put({ kind: "grant", id: narrow.id, data: narrow });
  });
};
