import { z } from "zod";
import { Failure, fail } from "../failure.ts";
import { err, ok, type Result } from "../result.ts";
import { Against } from "../sync/wire.ts";
import { canonical } from "./canonical.ts";
import { Hash, saltedHash } from "./merkle.ts";

/** What a line of an audit log tells (PRT-4): who did what, through what, to what, and when. */
export interface AuditEntry {
  actor: { accountId: string; name: string; tenantId: string; tenantName: string };
  via: { app: string; installation: string; appVersion: string };
  intent: { id: string; type: string; target: unknown; payload: unknown };
  outcome: { applied: true } | { applied: false; failure: Failure };
  /** Field → [before, after], of what changed. */
  changes: Record<string, [unknown, unknown]>;
  /** What an applied intent overwrote without its maker having seen it; absent where nothing. */
  overrode?: Against[];
  /** The time of the act by the device's clock. */
  deviceTime: string;
  /** What that clock was off, ms (the server's minus the device's); null where unknown. */
  skew?: number | null;
  /** When the act was done by the server's clock, as far as that is known. */
  workedAt?: string | null;
  /** Present where it was allowed by what was right then, and would not be now. */
  late?: true;
  /** When the server heard of it. */
  serverTime: string;
}

/**
 * An entry as it is hashed: instead of each value that a reader might not be allowed to see stands a
 * commitment to it, SHA-256 over a salt and the value's canonical text. `values` holds them by path:
 * `payload.<field>` (`payload` alone where it is no object), `changes.<field>`, `overrode`.
 */
export interface CommittedEntry extends Omit<AuditEntry, "intent" | "changes" | "overrode"> {
  intent: Omit<AuditEntry["intent"], "payload">;
  values: Record<string, Hash>;
}

/** What opens a commitment: its salt, 16 random bytes in hex, and the value. */
const Opening = z.object({ salt: z.string().regex(/^[0-9a-f]{32}$/), value: z.unknown() });
type Opening = z.infer<typeof Opening>;

/**
 * What `schema` accepts, handed on as it came: what is hashed may lose nothing, neither a field that
 * only a newer program knows nor a code that only a newer server has.
 */
const asItCame = <T>(schema: z.ZodType): z.ZodType<T> =>
  z.custom<T>((value) => schema.safeParse(value).success);

/** An object with any names, each of whose values `schema` accepts. */
const mapOf = <T>(schema: z.ZodType<T>): z.ZodType<Record<string, T>> =>
  z.custom<Record<string, T>>(
    (value) =>
      typeof value === "object" &&
      value !== null &&
      !Array.isArray(value) &&
      Object.values(value).every((one) => schema.safeParse(one).success),
  );

/** Path → what opens the commitment there; what its reader may not see is absent. */
export const Openings = mapOf(Opening);
export type Openings = Record<string, Opening>;

const texts = (...names: string[]) =>
  z.object(Object.fromEntries(names.map((name) => [name, z.string()])));

export const CommittedEntry = asItCame<CommittedEntry>(
  z.object({
    actor: texts("accountId", "name", "tenantId", "tenantName"),
    via: texts("app", "installation", "appVersion"),
    intent: z.object({ id: z.string(), type: z.string(), target: z.unknown() }),
    outcome: z.discriminatedUnion("applied", [
      z.object({ applied: z.literal(true) }),
      z.object({ applied: z.literal(false), failure: Failure }),
    ]),
    values: mapOf(Hash),
    deviceTime: z.string(),
    skew: z.number().nullish(),
    workedAt: z.string().nullish(),
    late: z.literal(true).optional(),
    serverTime: z.string(),
  }),
);

const WHOLE = "payload";
const PAYLOAD = "payload.";
const CHANGES = "changes.";
const OVERRODE = "overrode";

/** A payload of more fields than any of ours is committed to as one: each takes some hundred bytes. */
const MOST_FIELDS = 64;

const under = (prefix: string, fields: object): [string, unknown][] =>
  Object.entries(fields).map(([field, value]) => [prefix + field, value]);

const payloadValues = (payload: unknown): [string, unknown][] =>
  typeof payload === "object" &&
  payload !== null &&
  !Array.isArray(payload) &&
  Object.keys(payload).length <= MOST_FIELDS
    ? under(PAYLOAD, payload)
    : [[WHOLE, payload ?? null]];

/** Commits to an entry. `salt` gives 16 fresh random bytes, in hex, each time it is asked. */
export const commit = (
  { intent: { payload, ...intent }, changes, overrode, ...rest }: AuditEntry,
  salt: () => string,
): { entry: CommittedEntry; openings: Openings } => {
  const values = [
    ...payloadValues(payload),
    ...under(CHANGES, changes),
    ...(overrode === undefined ? [] : [[OVERRODE, overrode] satisfies [string, unknown]]),
  ].filter(([, value]) => value !== undefined);
  const openings = values.map(([path, value]): [string, Opening] => [
    path,
    { salt: salt(), value },
  ]);
  const commitments = openings.map(([path, opening]) => [path, commitmentOf(opening)]);
  return {
    entry: { ...rest, intent, values: Object.fromEntries(commitments) },
    openings: Object.fromEntries(openings),
  };
};

const commitmentOf = ({ salt, value }: Opening): Hash => saltedHash(salt, canonical(value));

const Opened = z.object({
  changes: mapOf(z.tuple([z.unknown(), z.unknown()])),
  overrode: z.array(Against).optional(),
});

/**
 * The entry as far as its openings go: a masked field is absent, a masked whole payload undefined.
 * Refuses (`audit-opening-false`) an opening that is not what was committed to.
 */
export const open = (line: {
  entry: CommittedEntry;
  openings: Openings;
}): Result<AuditEntry, Failure> => {
  const { values, intent, ...rest } = line.entry;
  const openings = Object.entries(line.openings);
  const isFalse = ([path, opening]: [string, Opening]) => commitmentOf(opening) !== values[path];
  const wrong = openings.find(isFalse)?.[0];
  if (wrong !== undefined) return err(fail("audit-opening-false", { field: wrong }));
  const fields = (prefix: string) =>
    Object.fromEntries(
      openings
        .filter(([path]) => path.startsWith(prefix))
        .map(([path, { value }]) => [path.slice(prefix.length), value]),
    );
  const opened = Opened.safeParse({
    changes: fields(CHANGES),
    overrode: line.openings[OVERRODE]?.value,
  });
  if (!opened.success) return err(fail("audit-opening-false", { field: "changes" }));
  const { changes, overrode } = opened.data;
  const payload = Object.hasOwn(values, WHOLE) ? line.openings[WHOLE]?.value : fields(PAYLOAD);
  return ok({
    ...rest,
    intent: { ...intent, payload },
    changes,
    ...(overrode === undefined ? {} : { overrode }),
  });
};

/** A line without the openings of the values that its reader may not see, by their path. */
export const mask = <L extends { openings: Openings }>(
  line: L,
  isVisible: (path: string) => boolean,
): L => ({
  ...line,
  openings: Object.fromEntries(Object.entries(line.openings).filter(([path]) => isVisible(path))),
});
