import { afterEach, expect, test } from "vitest";
import { grant, id, intent } from "#shared/testing/builders.ts";
import { readAudit } from "../../audit/log.ts";
import { seen } from "../../testing/client.ts";
import { devices } from "../../testing/world.ts";
import type { Ground } from "./ground.ts";

/** The channel that tells what has left a lens. */
export const revoking = (on: Ground): void => {
  const given = grant("Acme", "Nera", { regions: ["North"] });
  const withdraw = () =>
    on.put({ kind: "grant", id: given.id, data: { ...given, status: "withdrawn" } });
  const give = () => on.put({ kind: "grant", id: given.id, data: given });
  afterEach(give);

  test("[S9] who holds nothing is told only where the channel stands", async () => {
    const { head } = await on.server.pull("Nok");
    const start = await on.server.revocations("Nok");
    expect(start).toMatchObject({ reset: false, gone: [], more: false });
    expect(start.checkpoint.seq).toBe(head);
  });

  test("[S9] what has left is told by revocations alone, and the pull goes on past it", async () => {
    const held = await on.server.pull("Nok");
    const start = await on.server.revocations("Nok");
    await withdraw();
    const pulled = await on.server.pull("Nok", held.checkpoint);
    expect(pulled.records).toEqual([]);
    expect([pulled.more, pulled.checkpoint.seq]).toEqual([false, pulled.head]);
    const told = await on.server.revocations("Nok", start.checkpoint);
    const left = held.records.filter((r) => r.kind !== "person").map((r) => r.id);
    expect(told.gone.map((g) => g.id).sort()).toEqual(left.sort());
    expect(told.checkpoint.seq).toBe(pulled.head);
    expect((await on.server.revocations("Nok", told.checkpoint)).gone).toEqual([]);
  });

  test("[S9] what has entered again is no longer told, and has a later revision than what left", async () => {
    const start = await on.server.revocations("Nok");
    await withdraw();
    const told = await on.server.revocations("Nok", start.checkpoint);
    await give();
    expect((await on.server.revocations("Nok", start.checkpoint)).gone).toEqual([]);
    const again = await on.server.pull("Nok", start.checkpoint);
    const pump = again.records.find((r) => r.id === devices.pump.id);
    const gone = told.gone.find((g) => g.id === devices.pump.id);
    expect(pump?.rev).toBeGreaterThan(gone?.rev ?? Number.POSITIVE_INFINITY);
  });

  test("[S9] pages of revocations follow each other without a gap or a repeat", async () => {
    const start = await on.server.revocations("Nok");
    await withdraw();
    const whole = await on.server.revocations("Nok", start.checkpoint);
    const ids: string[] = [];
    let page = await on.server.revocations("Nok", start.checkpoint, 2);
    for (;;) {
      ids.push(...page.gone.map((g) => g.id));
      if (!page.more) break;
      page = await on.server.revocations("Nok", page.checkpoint, 2);
    }
    expect(ids).toEqual(whole.gone.map((g) => g.id));
    expect(page.checkpoint).toEqual(whole.checkpoint);
  });

  test("[S9] another role's checkpoint, or another epoch's, says that all that is held goes", async () => {
    const { checkpoint } = await on.server.revocations("Sai");
    expect(await on.server.revocations("Nok", checkpoint)).toMatchObject({ reset: true, gone: [] });
    const own = await on.server.revocations("Nok");
    const restored = { ...own.checkpoint, epoch: "another" };
    expect(await on.server.revocations("Nok", restored)).toMatchObject({ reset: true, gone: [] });
  });

  test("[S9] another tenant's revocations are refused, and that is audited", async () => {
    const { checkpoint } = await on.server.revocations("Rex");
    const answer = await on.server.revocationsRaw("Nok", checkpoint);
    expect([answer.statusCode, answer.json().error.code]).toEqual([403, "scope-not-yours"]);
    const last = (await readAudit(on.store.db, id("Nera"))).at(-1);
    expect(last?.entry.intent.type).toBe("sync.revocations");
    expect(last?.entry.outcome).toMatchObject({ failure: { code: "scope-not-yours" } });
  });

  test("[S9] the live stream says at once when something has left, and only to whom it concerns", async () => {
    const nok = await on.server.live("Nok");
    const rex = await on.server.live("Rex");
    await nok.next("head");
    await rex.next("head");
    await withdraw();
    const { seq } = await nok.next("revoked");
    expect(seq).toBe((await on.server.pull("Nok")).head);
    await on.server.push("Rex", intent("Rex", "ticket.take", id("rival-ticket")));
    await rex.next("page");
    expect(rex.names).toEqual(["head", "page"]);
    nok.close();
    rex.close();
  });

  test("[S11] a customer lasts as long as the last coverage of its devices that is seen", async () => {
    const untilOf = async (kind: string) =>
      (await on.server.pull("Nok")).records.find((r) => r.kind === kind)?.until;
    expect(await untilOf("customer")).toBe(await untilOf("device"));
    const held = await on.server.pull("Nok");
    const until = "2026-09-01T00:00:00.000Z";
    await on.put({ kind: "grant", id: given.id, data: { ...given, until } });
    const again = await on.server.pull("Nok", held.checkpoint);
    expect(seen(again.records)).toEqual(expect.arrayContaining(["customer:Acme", "device:pump"]));
    expect(again.records.find((r) => r.kind === "customer")?.until).toBe(until);
  });
};
