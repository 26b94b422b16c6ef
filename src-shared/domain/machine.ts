import { type Failure, fail } from "../failure.ts";

/** A state machine as data: for each move, the states it may start from and the one it leads to. */
export type Moves<State extends string> = Record<string, { from: readonly State[]; to: State }>;

/** Whether `move` may start from `state`: null, or the rule that refuses it. */
export const mayMove = <State extends string, M extends Moves<State>>(
  moves: M,
  move: keyof M & string,
  state: State,
): Failure | null => {
  const { from, to } = moves[move] as Moves<State>[string];
  if (from.includes(state)) return null;
  return state === to
    ? fail("already-in-state", { state })
    : fail("wrong-state", { state, allowed: from.join(", ") });
};
