import { z } from "zod";
import { Id } from "../domain/common.ts";

/**
 * Where a role's permissions apply (layer 5, FED-10): only on the holder's own visits and their
 * devices, only in some regions, only for some customers. Null does not narrow; an empty list leaves
 * nothing.
 */
export const Scope = z.object({
  ownVisits: z.boolean(),
  regions: z.array(z.string().max(120)).max(200).nullable(),
  customerIds: z.array(Id).max(1000).nullable(),
});
export type Scope = z.infer<typeof Scope>;

/** All that the organisation may see. */
export const everywhere: Scope = { ownVisits: false, regions: null, customerIds: null };

/** The holder's own visits, and the devices on them. */
export const ownVisits: Scope = { ...everywhere, ownVisits: true };

type Names = string[] | null;

const both = (a: Names, b: Names): Names =>
  a === null || b === null ? (a ?? b) : a.filter((each) => b.includes(each));

/** What is inside both: an override narrows what a role gives, and never widens it (FED-10). */
export const narrowed = (scope: Scope, override: Scope | null): Scope =>
  override === null
    ? scope
    : {
        ownVisits: scope.ownVisits || override.ownVisits,
        regions: both(scope.regions, override.regions),
        customerIds: both(scope.customerIds, override.customerIds),
      };

/** Whether a device, on which a visit is the viewer's own or not, lies inside a scope. */
export const inScope = (
  { ownVisits: own, regions, customerIds }: Scope,
  device: { region: string; customerId: string },
  ownVisit: boolean,
): boolean =>
  (!own || ownVisit) &&
  (regions === null || regions.includes(device.region)) &&
  (customerIds === null || customerIds.includes(device.customerId));

/** Whether a scope narrows anything at all. */
export const narrows = ({ ownVisits: own, regions, customerIds }: Scope): boolean =>
  own || regions !== null || customerIds !== null;
