import { z } from "zod";
import type { NavItem } from "../access/nav.ts";
import type { Failure } from "../failure.ts";
import { Id, Instant } from "./common.ts";

/** The kinds of record that replicate; each has a folder beside this file. */
export const kinds = [
  "customer",
  "device",
  "agreement",
  "grant",
  "ticket",
  "alarm",
  "visit",
  "person",
  "telemetry",
] as const;
export const Kind = z.enum(kinds);
export type Kind = z.infer<typeof Kind>;

/** A value of a top-level field that can be compared and shown by itself; lists and objects cannot. */
export const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type Scalar = z.infer<typeof Scalar>;

/**
 * A write (S1): what someone means to happen, never a patched document. `baseRev` is the revision
 * of the target it was made on, 0 for a create; `after` the maker's previous intent on the same
 * target that was still unanswered, which the server must know first. `skew` is the server's clock
 * minus the device's, ms, as the device knew it when the act was done; null where it never had. `saw`
 * is what stood, before its maker's eyes, in the fields it changes; `mends` the refused intent that
 * it makes anew.
 */
export const Intent = z.object({
  id: z.uuidv7(),
  type: z.string().max(64),
  target: z.object({ kind: Kind, id: Id }),
  payload: z.record(z.string(), z.unknown()),
  actor: Id,
  deviceTime: Instant,
  baseRev: z.int().min(0),
  after: z.uuidv7().nullable(),
  // An older client does not say these, and may still hand in what it holds (S12).
  skew: z.int().nullable().default(null),
  saw: z.record(z.string().max(64), Scalar).default({}),
  mends: z.uuidv7().nullable().default(null),
});
export type Intent = z.infer<typeof Intent>;

/** Who acts, as guards and reducers need to know it. */
export interface Actor {
  accountId: string;
  tenantId: string;
  name: string;
}

/** What an intent is judged with: the actor, the time the act took place, and records it named. */
export interface Judging {
  actor: Actor;
  /** ISO instant of the act: the device's time, inside the bounds the server allows. */
  at: string;
  intentId: string;
  targetId: string;
  /** The data of a record the intent declared in `needs`, as far as it is visible here. */
  get<T>(kind: Kind, id: string): T | undefined;
}

/** A kind of intent: its payload, what permission it takes, when it may happen, what it does. */
export interface IntentDef<Before = unknown, Payload = unknown, After = unknown> {
  kind: Kind;
  payload: z.ZodType<Payload>;
  /** True where the intent makes its target (`Before` is null), false where it must exist. */
  creates: boolean;
  /** The menu item on which the actor's role must be `full`. */
  permission: NavItem;
  /** True where a role narrowed to its own visits may not do it: it decides over others' work. */
  wholeCoverage?: boolean;
  /** Other records the guard or reducer reads. */
  needs?: (payload: Payload) => { kind: Kind; id: string }[];
  /** The device a created record is about: scope is asked of it, as there is no record yet. */
  deviceOf?: (payload: Payload) => string;
  /** Which rule forbids it now, or null. Access has been decided before. */
  guard: (before: Before, payload: Payload, on: Judging) => Failure | null;
  /** What the target becomes. Pure; never called where the guard refused. */
  reduce: (before: Before, payload: Payload, on: Judging) => After;
}

/** An intent that changes an existing record. Forgets the types, which the registry checks at run time. */
export const change = <Data, Payload>(
  def: Omit<IntentDef<Data, Payload, Data>, "creates">,
): IntentDef => ({ ...def, creates: false }) as unknown as IntentDef;

/** An intent that makes its target. */
export const create = <Data, Payload>(
  def: Omit<IntentDef<null, Payload, Data>, "creates"> & { deviceOf: (payload: Payload) => string },
): IntentDef => ({ ...def, creates: true }) as unknown as IntentDef;
