import { intentDefs } from "#shared/domain/registry.ts";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import { INSTALLATION, routes } from "#shared/sync/wire.ts";
import { id } from "#shared/testing/builders.ts";
import type { Dice } from "../engine/dice.ts";
import { idsMadeBy, v7 } from "../engine/ids.ts";
import type { SimDevice } from "../world/device.ts";
import type { Sim } from "../world/sim.ts";
import { wish } from "../world/wishes.ts";
import { type Do, on } from "./do.ts";

/** A device that is on, and has met the server once. */
const inUse = (sim: Sim, dice: Dice): SimDevice | undefined =>
  dice.pick(on(sim).filter((device) => device.account?.viewer$.value));

/** Somebody makes changes on a device, as far as it lets them. */
export const act: Do = async (sim, dice) => {
  const device = inUse(sim, dice);
  const account = device?.account;
  if (device === undefined || !account) return null;
  const held = (await sim.time.drive(account.database.records.find().exec()))
    .map((record) => record.toJSON())
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const said: string[] = [];
  for (let tries = dice.between(2, 14); tries > 0; tries -= 1) {
    const wanted = wish(dice, held as Parameters<typeof wish>[1]);
    if (wanted === null) continue;
    idsMadeBy(device.ids);
    const made = await sim.time.drive(account.maker.make(wanted));
    idsMadeBy(null);
    said.push(`${wanted.type} ${made.ok ? made.value.intentId.slice(-6) : made.error.code}`);
    if (!made.ok) continue;
    const { intentId, targetId } = made.value;
    const kind = intentDefs[wanted.type as keyof typeof intentDefs].kind;
    const target = { kind, id: targetId };
    sim.journal.make({ ...wanted, id: intentId, target }, device.who, device.name);
    if (dice.chance(0.6)) break;
  }
  return `${device.name}: ${said.join(", ")}`;
};

/** The intents the server has judged. */
const judged = (sim: Sim): string[] =>
  sim.model.db
    .prepare("SELECT intent_id FROM verdict ORDER BY intent_id")
    .pluck()
    .all() as string[];

/** Someone asks past any client: for what is not theirs, as somebody else, or the same id again. */
export const forge: Do = async (sim, dice) => {
  const device = dice.pick(sim.devices);
  if (device === undefined || sim.server.running === null) return null;
  const stored = [...sim.model.stored.values()];
  const wanted = wish(dice, stored as Parameters<typeof wish>[1]);
  const actor = id(dice.chance(0.7) ? device.who : (dice.pick(sim.devices)?.who ?? ""));
  if (wanted === null) return null;
  const again = dice.chance(0.2) ? dice.pick(judged(sim)) : undefined;
  const kind = intentDefs[wanted.type as keyof typeof intentDefs].kind;
  const intent = {
    id: again ?? v7(),
    type: wanted.type,
    target: { kind, id: wanted.targetId ?? v7() },
    payload: wanted.payload,
    actor,
    deviceTime: sim.time.iso(),
    baseRev: 1,
    after: null,
  };
  if (again === undefined) sim.journal.make(intent, device.who, null);
  else sim.journal.forge(intent);
  const body = {
    protocol: PROTOCOL,
    installation: id("forger"),
    appVersion: "0",
    intents: [intent],
  };
  const answer = await sim.time.drive(
    sim.ask({
      who: device.who,
      from: "a forger",
      method: "POST",
      path: routes.push,
      headers: {
        authorization: `Bearer ${device.who}`,
        "content-type": "application/json",
        [INSTALLATION]: id(`forger ${device.who}`),
      },
      body: JSON.stringify(body),
    }),
  );
  if (answer.status !== 200 && again === undefined) sim.journal.made.delete(intent.id);
  return `${device.who} forges ${wanted.type} ${answer.status}`;
};

/** Somebody asks for a round of sync. */
export const nudge: Do = async (sim, dice) => {
  const device = dice.pick(on(sim));
  device?.account?.syncNow();
  return device === undefined ? null : `${device.name} syncs now`;
};

/** Somebody deals with what lies on their desk. */
export const tidy: Do = async (sim, dice) => {
  const device = inUse(sim, dice);
  const account = device?.account;
  if (device === undefined || !account) return null;
  const item = dice.pick(await sim.time.drive(account.desk.list()));
  if (item === undefined) return null;
  if (dice.chance(0.5)) {
    const at = new Date(device.machine.wall());
    const done = await sim.time.drive(account.desk.discard(item.id, "no longer needed", at));
    if (done.ok) sim.journal.decide(item.id);
    return `${device.name} discards ${item.intent.type} ${done.ok}`;
  }
  idsMadeBy(device.ids);
  const again = await sim.time.drive(
    account.desk.resend(item.id, null, {
      make: async (wanted) => {
        const made = await account.maker.make(wanted);
        if (made.ok) {
          const target = { kind: item.intent.target.kind, id: made.value.targetId };
          const intent = { ...wanted, id: made.value.intentId, target };
          sim.journal.make(intent, device.who, device.name);
        }
        return made;
      },
    }),
  );
  idsMadeBy(null);
  if (again.ok) sim.journal.decide(item.id);
  return `${device.name} resends ${item.intent.type} ${again.ok ? "ok" : again.error.code}`;
};
