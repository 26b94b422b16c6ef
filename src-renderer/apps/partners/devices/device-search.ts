import { z } from "zod";

const list = z.array(z.string()).catch([]);

const Search = z.object({
  customer: list,
  region: list,
  q: z.union([z.string().max(200), z.number().transform(String)]).catch(""),
});

/** What the device list is narrowed by. */
export interface DeviceAsk {
  search: string;
  customers: string[];
  regions: string[];
}

/** Reads the list's address; whatever is wrong in it counts as not said. */
export const askOfSearch = (raw: Record<string, unknown>): DeviceAsk => {
  const { customer, region, q } = Search.parse(raw);
  return { search: q, customers: customer, regions: region };
};

/** Writes the list's address, leaving out what says nothing. */
export const searchOfAsk = (ask: DeviceAsk): Record<string, unknown> => ({
  ...(ask.customers.length > 0 ? { customer: ask.customers } : {}),
  ...(ask.regions.length > 0 ? { region: ask.regions } : {}),
  ...(ask.search === "" ? {} : { q: ask.search }),
});

/** Whether anything narrows the list. */
export const narrows = (ask: DeviceAsk): boolean => Object.keys(searchOfAsk(ask)).length > 0;
