import {
  assignRole,
  changeRole,
  restoreAccount,
  revokeInstallation,
  suspendAccount,
} from "#server/access/change-account.ts";
import { writeRecords } from "#server/sync/write-records.ts";
import type { Role } from "#shared/access/viewer.ts";
import { id } from "#shared/testing/builders.ts";
import type { Dice } from "../engine/dice.ts";
import type { Stored } from "../oracle/model.ts";
import { canary } from "./canary.ts";
import type { Sim } from "./sim.ts";
import { devices, levels, people } from "./world.ts";

/** Something others do at the server: what it was, or null where there was nothing to do it to. */
export type Change = (sim: Sim, dice: Dice) => Promise<string | null>;

const HOUR = 3_600_000;

const ofKind = (sim: Sim, kind: string): Stored[] =>
  [...sim.model.stored.values()].filter((record) => record.kind === kind);

/** Writes a record as other systems do, with all that follows from it. */
const write = async (sim: Sim, record: Stored, changed: object): Promise<void> => {
  const data = { ...record.data, ...changed };
  const { store } = sim.server;
  sim.journal.write(record.id, data);
  await store.db.transaction().execute(async (tx) => {
    const kind = record.kind as Parameters<typeof writeRecords>[1][number]["kind"];
    const heads = await writeRecords(tx, [{ kind, id: record.id, data }], sim.time.iso());
    await store.announce(tx, heads);
  });
};

/** One of a kind is changed by `how`. */
const changing =
  (kind: string, how: (record: Stored, dice: Dice, sim: Sim) => object): Change =>
  async (sim, dice) => {
    const record = dice.pick(ofKind(sim, kind));
    if (record === undefined) return null;
    const changed = how(record, dice, sim);
    await write(sim, record, changed);
    return `${kind} ${record.data.number ?? record.data.name ?? record.id.slice(0, 8)} ${JSON.stringify(changed)}`;
  };

const inHours = (sim: Sim, hours: number) => new Date(sim.time.now() + hours * HOUR).toISOString();

/** Some of these, perhaps none, perhaps all. */
const some = <T>(dice: Dice, from: readonly T[]): T[] => from.filter(() => dice.chance(0.5));

const devicesOf = (customerId: string) => devices.filter((d) => d.customerId === customerId);

const terminate = changing("agreement", () => ({ status: "terminated" }));
const revive = changing("agreement", (_r, dice, sim) => ({
  status: "active",
  startsAt: inHours(sim, -1),
  endsAt: inHours(sim, dice.pick([0.02, 1, 20, 2000]) ?? 1),
}));
const cover = changing("agreement", (record, dice) => ({
  deviceIds: some(dice, devicesOf(record.data.customerId)).map((d) => d.id),
}));
const withdraw = changing("grant", () => ({ status: "withdrawn" }));
const restore = changing("grant", (_r, dice, sim) => ({
  status: "active",
  until: inHours(sim, dice.pick([0.02, 1, 20, 2000]) ?? 1),
}));
const narrow = changing("grant", (record, dice) => ({
  regions: dice.pick([[], ["North"], ["South"]]),
  deviceIds: dice.chance(0.6) ? [] : some(dice, devicesOf(record.data.customerId)).map((d) => d.id),
}));
const telemetry = changing("grant", (record) => ({ telemetry: !record.data.telemetry }));
const reassign = changing("visit", (_r, dice) => {
  const { name } = dice.pick(people) ?? { name: "Tam" };
  return dice.chance(0.3)
    ? { assigneeId: null, assigneeName: null }
    : { assigneeId: id(name), assigneeName: name };
});
const move = changing("device", (record, dice) => ({
  region: dice.pick(["North", "South"]),
  siteName: `site ${canary(record.id, `site ${dice.next()}`)}`,
}));
const measure = changing("telemetry", (_r, dice) => ({ readings: [[1, dice.int(100)]] }));
const ring = changing("alarm", () => ({ status: "active", acknowledgedAt: null }));
const person = changing("person", (record) => ({ takesWork: !record.data.takesWork }));

const by = { accountId: "", name: "Administrator", tenantId: "", tenantName: "" };
const changeNow = (sim: Sim) => ({ by, at: sim.time.iso() });

const someone = (sim: Sim, dice: Dice): string => dice.pick(sim.devices)?.who ?? "Nok";

/** Changes somebody's role, and says how. */
const roleOf = async (
  sim: Sim,
  who: string,
  how: (role: Pick<Role, "levels" | "scope">) => Pick<Role, "levels" | "scope">,
): Promise<string> => {
  const { store } = sim.server;
  const row = await store.db
    .selectFrom("role")
    .select(["levels", "scope"])
    .where("id", "=", id(`role of ${who}`))
    .executeTakeFirstOrThrow();
  const to = how({
    levels: JSON.parse(row.levels) as Role["levels"],
    scope: JSON.parse(row.scope) as Role["scope"],
  });
  await changeRole(store, id(`role of ${who}`), to, changeNow(sim));
  return `role of ${who} ${JSON.stringify(to)}`;
};

const relevel: Change = (sim, dice) => {
  const to = dice.pick(Object.values(levels)) ?? {};
  return roleOf(sim, someone(sim, dice), ({ scope }) => ({ levels: to, scope }));
};
const rescope: Change = (sim, dice) => {
  // Narrowed to their own visits, to a region, to both or to neither (FED-10).
  const scope = {
    ownVisits: dice.chance(0.4),
    regions: dice.chance(0.3) ? ["North"] : null,
    customerIds: dice.chance(0.15) ? [id("Acme")] : null,
  };
  return roleOf(sim, someone(sim, dice), (role) => ({ levels: role.levels, scope }));
};
const suspend: Change = async (sim, dice) => {
  const who = someone(sim, dice);
  await suspendAccount(sim.server.store, id(who), changeNow(sim));
  return `${who} is suspended`;
};
const readmit: Change = async (sim) => {
  for (const { who } of sim.devices) {
    await restoreAccount(sim.server.store, id(who), changeNow(sim));
    await assignRole(sim.server.store, id(who), "partners", id(`role of ${who}`), changeNow(sim));
  }
  return "everyone is readmitted";
};
const swapRole: Change = async (sim, dice) => {
  const who = someone(sim, dice);
  const role = dice.pick([null, id("role of Sai"), id(`role of ${who}`)]) ?? null;
  await assignRole(sim.server.store, id(who), "partners", role, changeNow(sim));
  return `${who} has another role`;
};
const revoke: Change = async (sim, dice) => {
  const device = dice.pick(sim.devices);
  if (device === undefined) return null;
  await revokeInstallation(sim.server.store, id(device.name), changeNow(sim));
  return `${device.name} is revoked`;
};

/** What can change underneath, and how often it does. */
export const changes: readonly (readonly [Change, number])[] = [
  [terminate, 3],
  [revive, 4],
  [cover, 3],
  [withdraw, 3],
  [restore, 4],
  [narrow, 4],
  [telemetry, 3],
  [reassign, 5],
  [move, 3],
  [measure, 2],
  [ring, 2],
  [person, 1],
  [relevel, 3],
  [rescope, 3],
  [suspend, 2],
  [readmit, 3],
  [swapRole, 2],
  [revoke, 1],
];
