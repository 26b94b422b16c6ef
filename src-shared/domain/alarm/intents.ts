import { z } from "zod";
import { change } from "../intent.ts";
import { mayMove } from "../machine.ts";
import { type Alarm, alarmMoves } from "./alarm.ts";

const acknowledge = change({
  kind: "alarm",
  permission: "workload",
  payload: z.strictObject({ comment: z.string().trim().max(1000) }),
  guard: (alarm: Alarm) => mayMove(alarmMoves, "acknowledge", alarm.status),
  reduce: (alarm, p, on) => ({
    ...alarm,
    status: alarmMoves.acknowledge.to,
    acknowledgedAt: on.at,
    acknowledgedBy: on.actor.name,
    comment: p.comment === "" ? null : p.comment,
  }),
});

/** What can happen to an alarm. A ticket raised from it names it: see `ticket.raise`. */
export const alarmIntents = { "alarm.acknowledge": acknowledge };
