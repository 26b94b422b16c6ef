import { grantReaches } from "#shared/access/device-facts.ts";
import type { Device } from "#shared/domain/device/device.ts";
import type { Grant } from "#shared/domain/grant/grant.ts";

/** How much a grant reaches: everything, or what is chosen of one kind. */
export const widths = ["everything", "regions", "sites", "devices"] as const;
export type Width = (typeof widths)[number];

/** A site: its name alone may stand in several regions. */
export interface Site {
  region: string;
  siteName: string;
}

/** What somebody has chosen in the form. */
export interface Choice {
  width: Width;
  regions: readonly string[];
  /** Keys of sites, by {@link siteKey}. */
  sites: readonly string[];
  deviceIds: readonly string[];
}

/** The places a grant names; an empty list means all (PRT-3). */
export type Places = Pick<Grant, "regions" | "deviceIds"> & { sites: string[] };

/** What tells a site from one of the same name in another region. */
export const siteKey = ({ region, siteName }: Site): string => JSON.stringify([region, siteName]);

const siteOf = (key: string): Site => {
  const [region = "", siteName = ""] = JSON.parse(key) as string[];
  return { region, siteName };
};

const unique = (values: readonly string[]): string[] => [...new Set(values)].sort();

/** Nothing is chosen yet: that is no reach, where an empty grant would reach everything. */
export const nothingChosen: Choice = { width: "regions", regions: [], sites: [], deviceIds: [] };

const all: Places = { regions: [], sites: [], deviceIds: [] };

/**
 * The sites named, where a grant can name them: its regions and sites are asked for apart, so that
 * two sites of two regions may reach a third. Then their devices are named instead: never more is
 * granted than was chosen.
 */
const namesOf = (keys: readonly string[], devices: readonly Device[]): Places => {
  const sites = keys.map(siteOf);
  const places = {
    ...all,
    regions: unique(sites.map(({ region }) => region)),
    sites: unique(sites.map(({ siteName }) => siteName)),
  };
  const chosen = devices.filter((device) => keys.includes(siteKey(device)));
  const reached = devices.filter((device) => grantReaches(places, device));
  return reached.length === chosen.length
    ? places
    : { ...all, deviceIds: unique(chosen.map(({ id }) => id)) };
};

/**
 * The places that a choice names, null where it names none. An empty list in a grant means all, so
 * that a choice of nothing must never become one.
 */
export const placesOf = (choice: Choice, devices: readonly Device[]): Places | null => {
  if (choice.width === "everything") return all;
  if (choice.width === "regions") {
    return choice.regions.length === 0 ? null : { ...all, regions: unique(choice.regions) };
  }
  if (choice.width === "devices") {
    return choice.deviceIds.length === 0 ? null : { ...all, deviceIds: unique(choice.deviceIds) };
  }
  return choice.sites.length === 0 ? null : namesOf(choice.sites, devices);
};

/** The choice that a grant is, so that it can be changed. */
export const choiceOf = (
  { regions, sites = [], deviceIds }: Pick<Grant, "regions" | "sites" | "deviceIds">,
  devices: readonly Device[],
): Choice => {
  if (deviceIds.length > 0) return { ...nothingChosen, width: "devices", deviceIds };
  if (sites.length > 0) {
    const reached = devices.filter(
      ({ siteName, region }) =>
        sites.includes(siteName) && (regions.length === 0 || regions.includes(region)),
    );
    return { ...nothingChosen, width: "sites", sites: unique(reached.map(siteKey)) };
  }
  return regions.length > 0
    ? { ...nothingChosen, width: "regions", regions }
    : { ...nothingChosen, width: "everything" };
};
