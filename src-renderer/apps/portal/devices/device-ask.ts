import { z } from "zod";
import type { HeldDevice } from "../../../data/holdings.ts";

const list = z.array(z.string()).catch([]);

const Ask = z.object({
  region: list,
  site: list,
  /** Tenants of partners; "nobody" for what nobody covers. */
  partner: list,
  q: z.union([z.string().max(200), z.number().transform(String)]).catch(""),
});

/** What the customer's list of devices is narrowed by. */
export type DeviceAsk = z.infer<typeof Ask>;

/** Nothing narrows. */
export const allDevices: DeviceAsk = { region: [], site: [], partner: [], q: "" };

/** Reads the list's address; whatever is wrong in it counts as not said. */
export const readAsk = (raw: Record<string, unknown>): DeviceAsk => Ask.parse(raw);

/** Writes the list's address, leaving out what says nothing. */
export const writeAsk = (ask: DeviceAsk): Record<string, unknown> =>
  Object.fromEntries(Object.entries(ask).filter(([, value]) => value.length > 0));

/** Whether anything narrows the list. */
export const narrows = (ask: DeviceAsk): boolean => Object.keys(writeAsk(ask)).length > 0;

const among = (list: readonly string[], value: string) => list.length === 0 || list.includes(value);

const coveredBy = ({ standings, agreement }: HeldDevice, wanted: readonly string[]): boolean =>
  wanted.length === 0 ||
  (agreement === null && wanted.includes("nobody")) ||
  standings.some(({ partnerId }) => wanted.includes(partnerId));

/** The devices that a search leaves, in their order. */
export const askDevices = (devices: readonly HeldDevice[], ask: DeviceAsk): HeldDevice[] => {
  const wanted = ask.q.trim().toLowerCase();
  return devices.filter((held) => {
    const { name, model, serial, siteName, region } = held.device;
    return (
      among(ask.region, region) &&
      among(ask.site, siteName) &&
      coveredBy(held, ask.partner) &&
      [name, model, serial, siteName, region].some((text) => text.toLowerCase().includes(wanted))
    );
  });
};
