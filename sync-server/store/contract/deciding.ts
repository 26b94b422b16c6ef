import { expect, test } from "vitest";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import { DeskResponse, routes } from "#shared/sync/wire.ts";
import { id, intent, NOW } from "#shared/testing/builders.ts";
import { suspendAccount } from "../../access/change-account.ts";
import { readAudit } from "../../audit/log.ts";
import type { Ground } from "./ground.ts";

/** What people decide about changes on their desk (S6). */
export const deciding = (on: Ground): void => {
  const AT = "2026-06-15T02:45:00.000Z";
  const decide = async (who: string, intentId: string, decision = "discarded") =>
    DeskResponse.parse(
      (
        await on.server.post(who, routes.desk, {
          protocol: PROTOCOL,
          decisions: [{ intentId, decision, reason: "not needed any more", at: AT }],
        })
      ).json(),
    ).noted;
  const linesOf = async (log: string, intentId: string) =>
    (await readAudit(on.store.db, id(log)))
      .map(({ entry }) => entry)
      .filter((entry) => entry.intent.id === intentId && entry.intent.type.startsWith("desk."));

  test("[S6] a decision is noted once, in the log of the customer whom the change concerned", async () => {
    const refused = intent("Nok", "ticket.resolve", id("pump-ticket"), { resolution: "done" });
    await on.server.push("Nok", refused);
    expect(await decide("Nok on tablet", refused.id)).toEqual([refused.id]);
    expect(await decide("Nok on tablet", refused.id, "kept")).toEqual([refused.id]);
    const lines = await linesOf("Acme", refused.id);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      actor: { name: "Nok" },
      via: { installation: id("tablet") },
      intent: { type: "desk.discarded", payload: { reason: "not needed any more" } },
      deviceTime: AT,
      serverTime: NOW,
    });
  });

  test("[S6] one that the server never saw is noted in the caller's own log", async () => {
    const parked = intent("Nok", "ticket.take", id("pump-ticket"));
    expect(await decide("Nok", parked.id, "kept")).toEqual([parked.id]);
    expect(await linesOf("Nera", parked.id)).toMatchObject([{ intent: { type: "desk.kept" } }]);
  });

  test("[PAR-1] another's intent is to the caller as one that never was", async () => {
    const others = intent("Nok", "ticket.resolve", id("pump-ticket"), { resolution: "done" });
    await on.server.push("Nok", others);
    expect(await decide("Rex", others.id)).toEqual([others.id]);
    expect(await linesOf("Acme", others.id)).toEqual([]);
    expect(await linesOf("Rival", others.id)).toHaveLength(1);
    expect(await decide("Nok", others.id)).toEqual([others.id]);
    expect(await linesOf("Acme", others.id)).toHaveLength(1);
  });

  test("[S9] a suspended account may still say what it decided", async () => {
    const refused = intent("Nok", "ticket.resolve", id("pump-ticket"), { resolution: "done" });
    await on.server.push("Nok", refused);
    await suspendAccount(on.store, id("Nok"), on.admin());
    expect((await on.server.pullRaw("Nok")).statusCode).toBe(403);
    expect(await decide("Nok", refused.id)).toEqual([refused.id]);
    expect(await linesOf("Acme", refused.id)).toHaveLength(1);
  });
};
