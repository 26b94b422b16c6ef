import { agreementsAt, type DeviceFacts, grantsAt } from "#shared/access/device-facts.ts";
import type { Agreement } from "#shared/domain/agreement/agreement.ts";
import type { Device } from "#shared/domain/device/device.ts";
import type { Grant } from "#shared/domain/grant/grant.ts";
import type { Partner } from "#shared/domain/partner/partner.ts";

/** All that says who may do what with a customer's devices, as far as the viewer may see it. */
export interface Holdings {
  devices: readonly Device[];
  agreements: readonly Agreement[];
  grants: readonly Grant[];
  /** The directory of partners, by name. */
  partners: readonly Partner[];
}

/** How one partner stands to one device, now. */
export interface Standing {
  /** The partner's tenant. */
  partnerId: string;
  /** The agreements in force that name the device, the longest first. */
  agreements: readonly Agreement[];
  /** The grants in force that reach it, the longest first. */
  grants: readonly Grant[];
  /** Whether it sees the device: that takes one of each (PAR-1, PRT-3). */
  sees: boolean;
  telemetry: boolean;
  /** When it stops seeing the device; null where it sees nothing. ISO. */
  until: string | null;
}

const byEnd = <T>(end: (one: T) => string) => {
  return (a: T, b: T) => end(b).localeCompare(end(a));
};

/** The tenants of the partners that an agreement or a grant names. */
export const partnersNamed = ({ agreements, grants }: Holdings): string[] => [
  ...new Set([...agreements, ...grants].map(({ partnerId }) => partnerId)),
];

/** How a partner stands to a device at the instant `at`, by the rules the server decides with. */
export const standingOf = (
  { agreements, grants }: Pick<Holdings, "agreements" | "grants">,
  partnerId: string,
  device: DeviceFacts["device"],
  at: string,
): Standing => {
  const own = ({ partnerId: other }: { partnerId: string }) => other === partnerId;
  const facts = {
    device,
    agreements: agreements.filter((a) => own(a) && a.deviceIds.includes(device.id)),
    grants: grants.filter(own),
    ownVisit: false,
  };
  const covering = (agreementsAt(facts, at) as Agreement[]).sort(byEnd((a) => a.endsAt));
  const reaching = (grantsAt(facts, at) as Grant[]).sort(byEnd((g) => g.until));
  const [agreement] = covering;
  const [grant] = reaching;
  const sees = agreement !== undefined && grant !== undefined;
  return {
    ...{ partnerId, agreements: covering, grants: reaching, sees },
    telemetry: sees && reaching.some(({ telemetry }) => telemetry),
    until: sees ? (agreement.endsAt < grant.until ? agreement.endsAt : grant.until) : null,
  };
};

/** A device with everyone who covers it or was granted it. */
export interface HeldDevice {
  device: Device;
  /** Those who see it first. */
  standings: readonly Standing[];
  /** The agreement in force that lasts longest, whoever's; null where nobody covers the device. */
  agreement: Agreement | null;
  /** The agreement that begins next, where one is signed. */
  next: Agreement | null;
}

/** Every device with who covers and who sees it at the instant `at`, by name. */
export const heldDevices = (holdings: Holdings, at: string): HeldDevice[] => {
  const partners = partnersNamed(holdings);
  const papers = new Map(
    partners.map((id) => [
      id,
      {
        agreements: holdings.agreements.filter(({ partnerId }) => partnerId === id),
        grants: holdings.grants.filter(({ partnerId }) => partnerId === id),
      },
    ]),
  );
  const coming = holdings.agreements
    .filter((a) => a.status === "active" && a.startsAt > at)
    .sort((a, b) => a.startsAt.localeCompare(b.startsAt));
  return holdings.devices
    .map((device): HeldDevice => {
      const standings = partners
        .map((id) => standingOf(papers.get(id) ?? holdings, id, device, at))
        .filter(({ agreements, grants }) => agreements.length + grants.length > 0)
        .sort((a, b) => Number(b.sees) - Number(a.sees));
      const [agreement = null] = standings
        .flatMap(({ agreements }) => agreements)
        .sort(byEnd((a) => a.endsAt));
      const next = coming.find(({ deviceIds }) => deviceIds.includes(device.id)) ?? null;
      return { device, standings, agreement, next };
    })
    .sort((a, b) => a.device.name.localeCompare(b.device.name, undefined, { numeric: true }));
};

/** The name of a partner by its tenant; null where the directory does not have it. */
export const partnerName = (
  { partners }: Pick<Holdings, "partners">,
  partnerId: string,
): string | null => partners.find(({ tenantId }) => tenantId === partnerId)?.name ?? null;
