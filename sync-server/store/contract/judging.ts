import { beforeEach, expect, test } from "vitest";
import type { Intent } from "#shared/domain/intent.ts";
import { grant, id, intent } from "#shared/testing/builders.ts";
import {
  assignRole,
  restoreAccount,
  revokeInstallation,
  suspendAccount,
} from "../../access/change-account.ts";
import { readAudit } from "../../audit/log.ts";
import { devices } from "../../testing/world.ts";
import type { Ground } from "./ground.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Work is judged by when it was done and what was allowed then. */
export const judging = (on: Ground): void => {
  const later = (ms: number, from = on.now) => new Date(Date.parse(from) + ms).toISOString();
  /** When the current test began: everyone has pulled by then. */
  let start = "";
  const at = (hours: number) => later(hours * HOUR, start);

  beforeEach(async () => {
    on.now = start = later(DAY);
    for (const who of ["Nok", "Sai", "Tam"]) await on.server.pull(who);
  });

  const note = (deviceTime: string, over: Partial<Intent> = {}, ticket = "pump-ticket") =>
    intent("Nok", "ticket.note", id(ticket), { text: "done" }, { deviceTime, ...over });
  const verdictsOn = async (who: string, ...intents: Intent[]) => {
    const { verdicts } = await on.server.push(who, ...intents);
    return verdicts.map((v) => (v.status === "refused" ? v.failure.code : v.status));
  };
  const audited = async (made: Intent, log = "Acme") =>
    (await readAudit(on.store.db, id(log))).find((l) => l.entry.intent.id === made.id)?.entry;

  test("[S9] what was done before an account was suspended is taken, what was done after is not", async () => {
    on.now = at(2);
    await suspendAccount(on.store, id("Nok"), on.admin());
    on.now = at(4);
    const before = note(at(1));
    const after = note(at(3));
    const answer = await on.server.push("Nok", before, after);
    expect(answer.verdicts[0]?.status).toBe("applied");
    expect(answer.verdicts[1]).toMatchObject({ failure: { code: "account-suspended" } });
    expect(answer.records).toMatchObject([{ rev: 0, data: null }]);
    expect(await audited(before)).toMatchObject({ late: true, workedAt: at(1), serverTime: at(4) });
    expect((await on.server.push("Nok", before)).verdicts[0]).toEqual(answer.verdicts[0]);
    await restoreAccount(on.store, id("Nok"), on.admin());
    const ticket = (await on.server.pull("Nok")).records.find((r) => r.id === id("pump-ticket"));
    const notes = ticket?.data?.notes as { at: string }[];
    expect(notes.filter((n) => n.at === at(1))).toHaveLength(1);
  });

  test("[S9] work done under a role that is no longer held is judged by that role", async () => {
    on.now = at(2);
    await assignRole(on.store, id("Nok"), "partners", id("role of Sai"), on.admin());
    on.now = at(4);
    expect(await verdictsOn("Nok", note(at(1)), note(at(3)))).toEqual([
      "applied",
      "permission-missing",
    ]);
    await assignRole(on.store, id("Nok"), "partners", id("role of Nok"), on.admin());
  });

  test("[S9] [PRT-3] work on what the customer granted then is taken after the grant was withdrawn", async () => {
    const given = grant("Acme", "Nera", { regions: ["North"] });
    on.now = at(2);
    await on.put({ kind: "grant", id: given.id, data: { ...given, status: "withdrawn" } });
    on.now = at(4);
    const raise = (name: string, deviceTime: string) =>
      intent(
        "Nok",
        "ticket.raise",
        id(name),
        { deviceId: devices.pump.id, title: "Leak", detail: "", priority: 3, alarmId: null },
        { deviceTime, baseRev: 0 },
      );
    const answer = await on.server.push(
      "Nok",
      note(at(1)),
      raise("seen then", at(1)),
      note(at(3)),
      raise("seen no more", at(3)),
    );
    const codes = answer.verdicts.map((v) => (v.status === "refused" ? v.failure.code : v.status));
    expect(codes).toEqual(["applied", "applied", "not-granted", "not-granted"]);
    expect(answer.records.map((r) => r.data)).toEqual([null, null, null]);
    await on.put({ kind: "grant", id: given.id, data: given });
  });

  test("[S9] work on a revoked device is judged by when the device was revoked", async () => {
    await on.server.pull("Nok on tablet");
    on.now = at(2);
    await revokeInstallation(on.store, id("tablet"), on.admin());
    on.now = at(4);
    expect(await verdictsOn("Nok on tablet", note(at(1)), note(at(3)))).toEqual([
      "applied",
      "device-revoked",
    ]);
  });

  test("[S9] the rules of the record itself are those of now", async () => {
    on.now = at(2);
    await on.server.push(
      "Nok",
      intent(
        "Nok",
        "visit.assign",
        id("pump-visit"),
        { assigneeId: id("Ton") },
        { deviceTime: on.now },
      ),
    );
    on.now = at(4);
    const arrived = intent("Tam", "visit.arrive", id("pump-visit"), {}, { deviceTime: at(1) });
    expect(await verdictsOn("Tam", arrived)).toEqual(["not-the-assignee"]);
    const late = intent("Tam", "visit.arrive", id("pump-visit"), {}, { deviceTime: at(3) });
    expect(await verdictsOn("Tam", late)).toEqual(["outside-scope"]);
  });

  test("[S9] work is taken for thirty days after its right ended, and no longer", async () => {
    on.now = at(2);
    await suspendAccount(on.store, id("Nok"), on.admin());
    on.now = later(30 * DAY, at(2));
    expect(await verdictsOn("Nok", note(at(1)))).toEqual(["applied"]);
    on.now = later(1);
    expect(await verdictsOn("Nok", note(at(1)))).toEqual(["intent-too-late"]);
    await restoreAccount(on.store, id("Nok"), on.admin());
  });

  test("[S9] who was never allowed gains nothing by dating work back", async () => {
    const foreign = note("2026-06-01T00:00:00.000Z", {}, "rival-ticket");
    expect(await verdictsOn("Nok", foreign)).toEqual(["target-unknown"]);
    const sales = { ...note("2026-06-01T00:00:00.000Z"), actor: id("Sai") };
    expect(await verdictsOn("Sai", sales)).toEqual(["permission-missing"]);
  });

  test("[S3] work is dated no earlier than its maker can have seen the record, and no later than now", async () => {
    const entered = await on.store.db
      .selectFrom("feed")
      .select("since")
      .where("record_id", "=", id("pump-ticket"))
      .where("lens_id", "=", (await on.server.me("Nok")).lens)
      .executeTakeFirstOrThrow();
    on.now = at(4);
    const years = 20 * 365 * DAY;
    const made = {
      past: note("2001-01-01T00:00:00.000Z"),
      slow: note(at(1), { skew: -years }),
      fast: note(at(1), { skew: years }),
      future: note("2099-01-01T00:00:00.000Z"),
      dead: note(later(-years, at(1)), { skew: years }),
    };
    expect(new Set(await verdictsOn("Nok", ...Object.values(made)))).toEqual(new Set(["applied"]));
    const dated = Object.fromEntries(
      await Promise.all(
        Object.entries(made).map(async ([name, one]) => [name, (await audited(one))?.workedAt]),
      ),
    );
    const { since } = entered;
    expect(dated).toEqual({ past: since, slow: since, fast: at(4), future: at(4), dead: at(1) });
  });

  test("[S3] a clock that is off is put right by what the device says when it sends", async () => {
    on.now = at(4);
    const made = note(at(1));
    await on.server.pushRaw("Nok", [made], at(3));
    expect(await audited(made)).toMatchObject({
      deviceTime: at(1),
      skew: HOUR,
      workedAt: at(2),
      serverTime: at(4),
    });
  });

  test("[S3] work that was built on other work was done after it", async () => {
    on.now = at(4);
    const first = note(at(3));
    const second = note(at(1), { after: first.id });
    expect(await verdictsOn("Nok", first, second)).toEqual(["applied", "applied"]);
    expect((await audited(second))?.workedAt).toBe(at(3));
  });
};
