import { expect, test } from "vitest";
import { templateLevels } from "#shared/access/nav.ts";
import { everywhere } from "#shared/access/scope.ts";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import { INSTALLATION, routes } from "#shared/sync/wire.ts";
import { id, intent } from "#shared/testing/builders.ts";
import {
  assignRole,
  changeRole,
  restoreAccount,
  revokeInstallation,
  suspendAccount,
} from "../../access/change-account.ts";
import { readAudit } from "../../audit/log.ts";
import { devices } from "../../testing/world.ts";
import type { Ground } from "./ground.ts";

/** What an administrator changes takes effect at once. */
export const standing = (on: Ground): void => {
  const reading = [routes.pull, routes.revocations, routes.digest, routes.fetch];
  const bodies = {
    protocol: PROTOCOL,
    after: null,
    limit: 10,
    kinds: ["device"],
    ids: [devices.pump.id],
  };
  const codes = async (who: string) =>
    new Set(
      await Promise.all(
        reading.map(async (url) => (await on.server.post(who, url, bodies)).json().error?.code),
      ),
    );
  const periods = (name: string) =>
    on.store.db
      .selectFrom("standing")
      .select(["since", "until"])
      .where("account_id", "=", id(name))
      .orderBy("since")
      .execute();

  test("[S9] a suspended account is told nothing from that moment on, and its stream ends", async () => {
    const live = await on.server.live("Nok");
    await live.next("head");
    on.now = "2026-06-15T04:00:00.000Z";
    expect((await suspendAccount(on.store, id("Nok"), on.admin())).ok).toBe(true);
    await live.next("changed");
    expect(await codes("Nok")).toEqual(new Set(["account-suspended"]));
    expect((await on.server.pushRaw("Nok", [{}])).statusCode).toBe(200);
    on.now = "2026-06-15T05:00:00.000Z";
    await restoreAccount(on.store, id("Nok"), on.admin());
    expect(await codes("Nok")).toEqual(new Set([undefined]));
    expect(await periods("Nok")).toEqual([
      { since: "", until: "2026-06-15T04:00:00.000Z" },
      { since: "2026-06-15T04:00:00.000Z", until: "2026-06-15T05:00:00.000Z" },
      { since: "2026-06-15T05:00:00.000Z", until: null },
    ]);
    const acts = (await readAudit(on.store.db, id("Nera"))).map((l) => l.entry.intent.type);
    expect(acts).toEqual(expect.arrayContaining(["account.suspend", "account.restore"]));
  });

  test("[S9] a role that changes ends the streams of those who hold it, and of nobody else", async () => {
    const sai = await on.server.live("Sai");
    const nok = await on.server.live("Nok");
    await sai.next("head");
    await nok.next("head");
    const before = (await on.server.me("Sai")).lens;
    const levels = templateLevels("reseller", "coordinator");
    await changeRole(on.store, id("role of Sai"), { levels, scope: everywhere }, on.admin());
    await sai.next("changed");
    expect((await on.server.me("Sai")).lens).not.toBe(before);
    await on.server.push(
      "Nok",
      intent("Nok", "ticket.note", id("pump-ticket"), { text: "still here" }),
    );
    await nok.next("page");
    expect(nok.names).toEqual(["head", "page"]);
    nok.close();
  });

  test("[S9] an account without a role is told nothing; one of another tenant cannot be given", async () => {
    expect((await assignRole(on.store, id("Ton"), "partners", null, on.admin())).ok).toBe(true);
    expect(await codes("Ton")).toEqual(new Set(["no-role-in-app"]));
    expect((await on.server.me("Ton")).lens).toBe("");
    const foreign = await assignRole(
      on.store,
      id("Ton"),
      "partners",
      id("role of Rex"),
      on.admin(),
    );
    expect(foreign).toMatchObject({ ok: false, error: { code: "not-found" } });
    await assignRole(on.store, id("Ton"), "partners", id("role of Ton"), on.admin());
    expect(await codes("Ton")).toEqual(new Set([undefined]));
  });

  test("[S9] a revoked device is told nothing, whatever else its account does elsewhere", async () => {
    const tablet = await on.server.live("Nok on tablet");
    await tablet.next("head");
    await on.server.pull("Nok on desk");
    await revokeInstallation(on.store, id("tablet"), on.admin());
    await tablet.next("changed");
    expect(await codes("Nok on tablet")).toEqual(new Set(["device-revoked"]));
    expect(await codes("Nok on desk")).toEqual(new Set([undefined]));
    expect(await codes("Rex on tablet")).toEqual(new Set([undefined]));
    const pushed = await on.server.push(
      "Nok on tablet",
      intent("Nok", "ticket.note", id("pump-ticket"), { text: "x" }, { deviceTime: on.now }),
    );
    expect(pushed.records).toMatchObject([{ rev: 0, data: null }]);
  });

  test("[S9] a revoked device is known by its key, whatever its requests say of themselves", async () => {
    const ask = async (key: string, installation?: string) => {
      const headers = {
        authorization: `Bearer Sai#${key}`,
        ...(installation === undefined ? {} : { [INSTALLATION]: id(installation) }),
      };
      const payload = { protocol: PROTOCOL, after: null, limit: 10 };
      const answer = await on.server.app.inject({
        method: "POST",
        url: routes.pull,
        headers,
        payload,
      });
      return answer.json().error?.code;
    };
    expect(await ask("lost key", "lost")).toBeUndefined();
    await revokeInstallation(on.store, id("lost"), on.admin());
    const stolen = [ask("lost key", "lost"), ask("lost key"), ask("lost key", "made up")];
    expect(new Set(await Promise.all(stolen))).toEqual(new Set(["device-revoked"]));
    expect(await ask("other key", "desk")).toBeUndefined();
  });

  test("[S9] a wiped device is noted and audited once", async () => {
    const wiped = () => on.server.post("Nok on tablet", routes.wiped, {});
    expect([(await wiped()).statusCode, (await wiped()).statusCode]).toEqual([200, 200]);
    const row = await on.store.db
      .selectFrom("installation")
      .select(["app_version", "wiped_at"])
      .where("id", "=", id("tablet"))
      .where("account_id", "=", id("Nok"))
      .executeTakeFirst();
    expect(row).toEqual({ app_version: "test", wiped_at: on.now });
    const log = await readAudit(on.store.db, id("Nera"));
    expect(log.filter((l) => l.entry.intent.type === "device.wiped")).toHaveLength(1);
  });

  test("[S9] that a device is in use is written down no more than once a minute", async () => {
    const lastSeen = async () => {
      await on.server.pull("Nok on phone");
      const rows = await on.store.db
        .selectFrom("installation")
        .select("last_seen")
        .where("id", "=", id("phone"))
        .execute();
      return rows.map((r) => r.last_seen);
    };
    on.now = "2026-06-15T06:00:00.000Z";
    expect(await lastSeen()).toEqual(["2026-06-15T06:00:00.000Z"]);
    on.now = "2026-06-15T06:00:59.000Z";
    expect(await lastSeen()).toEqual(["2026-06-15T06:00:00.000Z"]);
    on.now = "2026-06-15T06:01:00.000Z";
    expect(await lastSeen()).toEqual(["2026-06-15T06:01:00.000Z"]);
  });

  test("[S9] news of very many feeds and accounts reaches whoever listens, whole", async () => {
    const lenses = Array.from({ length: 500 }, (_, i) => id(`lens ${i}`));
    const heard = new Set<string>();
    const whole = new Promise<void>((resolve) => {
      on.store.listen((heads, accounts) => {
        for (const one of [...Object.keys(heads), ...accounts]) heard.add(one);
        if (heard.size === lenses.length + 200) resolve();
      });
    });
    const heads = Object.fromEntries(lenses.map((l) => [l, { seq: 2 ** 31, revoked: false }]));
    const accounts = Array.from({ length: 200 }, (_, i) => id(`account ${i}`));
    await on.store.db.transaction().execute((tx) => on.store.announce(tx, heads, accounts));
    await whole;
    expect(heard.size).toBe(700);
  });
};
