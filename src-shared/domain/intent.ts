import { z } from "zod";
import type { Item, MenuOwner } from "../access/menu.ts";
import type { Viewer } from "../access/viewer.ts";
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
  "role",
  "partner",
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

/** Who acts, and for which organisation, as guards and reducers need to know it. */
export interface Actor extends MenuOwner {
  accountId: string;
  tenantId: string;
  tenantName: string;
  name: string;
}

/** The actor a viewer is. */
export const actorOf = ({ accountId, name, tenant }: Viewer): Actor => ({
  ...{ accountId, name, tenantId: tenant.id, tenantName: tenant.name },
  ...{ kind: tenant.kind, subtype: tenant.subtype },
});

/** What an intent is judged with: the actor, the time the act took place, and records it named. */
export interface Judging {
  actor: Actor;
  /** ISO instant of the act: the device's time, inside the bounds the server allows. */
  at: string;
  intentId: string;
  targetId: string;
  /** The data of a record the intent declared in `needs`, as far as it is visible here. */
  get<T>(kind: Kind, id: string): T | undefined;
  /** The data of every record of a kind the intent declared in `needsAll`, as far as visible here. */
  all<T>(kind: Kind): readonly T[];
}

/** A kind of intent: its payload, what permission it takes, when it may happen, what it does. */
export interface IntentDef<Before = unknown, Payload = unknown, After = unknown> {
  kind: Kind;
  payload: z.ZodType<Payload>;
  /** True where the intent makes its target (`Before` is null), false where it must exist. */
  creates: boolean;
  /** The menu item on which the actor's role must be `full`. */
  permission: Item;
  /** True where the act is dangerous: its maker must have proved who they are just before (ID-3). */
  stepUp?: true;
  /** What the world is told has happened, where that is not the intent's own name. */
  event?: string;
  /** True where a role narrowed to its own visits may not do it: it decides over others' work. */
  wholeCoverage?: boolean;
  /** Other records the guard or reducer reads. */
  needs?: (payload: Payload) => { kind: Kind; id: string }[];
  /** Kinds of which the guard or reducer reads all there are: small ones, such as people and roles. */
  needsAll?: readonly Kind[];
  /**
   * The device a created record is about: scope is asked of it, as there is no record yet. What is
   * made without one is the actor's own organisation's.
   */
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
  def: Omit<IntentDef<null, Payload, Data>, "creates">,
): IntentDef => ({ ...def, creates: true }) as unknown as IntentDef;
