import { z } from "zod";
import { type App, apps } from "#shared/access/apps.ts";
import { personStates } from "#shared/domain/person/person.ts";

const listOf = <T extends z.ZodType>(one: T) => z.array(one).catch([]);

const Search = z.object({
  status: listOf(z.enum(personStates)),
  app: listOf(z.enum(apps)),
  role: listOf(z.string()),
  q: z.union([z.string().max(200), z.number().transform(String)]).catch(""),
});

/** What the list of users is narrowed by; empty lists narrow nothing. */
export interface UserAsk {
  search: string;
  statuses: (typeof personStates)[number][];
  apps: App[];
  /** Ids of roles. */
  roles: string[];
}

/** An ask that narrows nothing. */
export const everyone: UserAsk = { search: "", statuses: [], apps: [], roles: [] };

/** Reads the list's address; whatever is wrong in it counts as not said. */
export const askOfSearch = (raw: Record<string, unknown>): UserAsk => {
  const { status, app, role, q } = Search.parse(raw);
  return { search: q, statuses: status, apps: app, roles: role };
};

/** Writes the list's address, leaving out what says nothing. */
export const searchOfAsk = ({ search, statuses, apps: some, roles }: UserAsk) => ({
  ...(statuses.length > 0 ? { status: statuses } : {}),
  ...(some.length > 0 ? { app: some } : {}),
  ...(roles.length > 0 ? { role: roles } : {}),
  ...(search === "" ? {} : { q: search }),
});

/** Whether anything narrows the list. */
export const narrowsAsk = (ask: UserAsk): boolean => Object.keys(searchOfAsk(ask)).length > 0;
