import fc from "fast-check";
import type { Kind } from "#shared/domain/intent.ts";
import { type IntentType, intentDefs } from "#shared/domain/registry.ts";
import { id } from "#shared/testing/builders.ts";
import { valid } from "./arbitrary.ts";

/** Every intent type there is. */
export const intentTypes = Object.keys(intentDefs) as IntentType[];

/** Who of the test world may do what to records of a kind. */
export const makerOf = (type: IntentType): string => {
  const kind = intentDefs[type].kind;
  if (kind === "grant") return "Cora";
  return kind === "person" || kind === "role" ? "Ada" : "Nok";
};

/** A record of the maker's own for each kind that intents aim at. */
const ownTarget: Partial<Record<Kind, string>> = {
  ticket: id("pump-ticket"),
  alarm: id("pump-alarm"),
  visit: id("pump-visit"),
  person: id("Sai"),
  role: id("role of Sai"),
  grant: id("Acme→Nera"),
};

/** What an honest client would put into each field that takes an id. */
const ownIds: Record<string, string> = {
  deviceId: id("pump"),
  deviceIds: id("pump"),
  ticketId: id("pump-ticket"),
  alarmId: id("pump-alarm"),
  assigneeId: id("Ton"),
  itemId: id("item"),
  checklist: id("a new item"),
  partner: id("partner Nera"),
  roles: id("role of Nok"),
  roleId: id("role of Nok"),
  customerIds: id("Acme"),
};

const PLACE = id("an id goes here");

type Path = readonly string[];

/** A payload whose one id, at `path`, is put in by the attacker; all others are the maker's own. */
export interface Slot {
  type: IntentType;
  path: Path;
  payload(put: string): Record<string, unknown>;
}

const pathsIn = (value: unknown, path: Path = []): Path[] => {
  if (value === PLACE) return [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key]));
};

const named = (path: Path): string => path.filter((part) => !/^\d+$/.test(part)).join(".");

const fieldOf = (path: Path): string => path.find((part) => part in ownIds) ?? "";

const filled = (value: unknown, at: Path, put: string, path: Path = []): unknown => {
  if (value === PLACE) return path.join() === at.join() ? put : ownIds[fieldOf(path)];
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    return value.map((inner, i) => filled(inner, at, put, [...path, String(i)]));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, filled(inner, at, put, [...path, key])]),
  );
};

const samples = (type: IntentType): unknown[] =>
  fc.sample(valid(intentDefs[type].payload, { ids: [PLACE], texts: ["text"] }), {
    ...{ numRuns: 80, seed: 7 },
  });

/** A payload that an honest client could send. */
export const soundPayload = (type: IntentType): Record<string, unknown> =>
  filled(samples(type)[0], [], "") as Record<string, unknown>;

/** Every place in a payload of a type that takes an id, once, as its schema tells. */
export const slotsOf = (type: IntentType): Slot[] => {
  const found = new Map<string, Slot>();
  for (const sample of samples(type)) {
    for (const path of pathsIn(sample)) {
      if (fieldOf(path) === "") throw new Error(`say what stands in ${named(path)} of ${type}`);
      const slot: Slot = {
        ...{ type, path },
        payload: (put) => filled(sample, path, put) as Record<string, unknown>,
      };
      if (!found.has(named(path))) found.set(named(path), slot);
    }
  }
  return [...found.values()];
};

/** What an intent of a type can aim at that is its maker's own: a new id of what it makes. */
export const targetOf = (type: IntentType, name: string): string =>
  intentDefs[type].creates ? id(name) : (ownTarget[intentDefs[type].kind] ?? "");
