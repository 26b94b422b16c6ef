import { type Place, placeOf, type SlaTier } from "#shared/domain/common.ts";
import type { Threshold } from "#shared/domain/device/device.ts";
import type { Plan, When } from "./plan.ts";
import { bangkokMidnight, DAY, iso, nextFirstOfAugust } from "./time.ts";
import { type DemoRecordOf, demoId } from "./world.ts";

/** Someone who does the work of a partner. */
export interface Worker {
  id: string;
  name: string;
  partner: string;
  regions: string[];
}

/** Who covers what, asked by the makers of work. */
export interface Coverage {
  agreements: DemoRecordOf<"agreement">[];
  grants: DemoRecordOf<"grant">[];
  devices: DemoRecordOf<"device">[];
  /** The place of a device, by serial. */
  place: (serial: string) => Place;
  /** The partner that covers a device at an instant; before all agreements, the first one's. */
  partnerAt: (serial: string, at: number) => string | null;
  /** Whether the customer lets that partner see the device. */
  granted: (serial: string, partner: string) => boolean;
  /** Who of a partner goes to a device: whoever's regions hold it, else the first who takes work. */
  workerFor: (serial: string, partner: string) => Worker | null;
  workers: Worker[];
  /** Who triages at a partner. */
  coordinator: (partner: string) => { id: string; name: string } | null;
}

interface Facts {
  now: number;
  /** When each device was first heard of, and what its readings are held against. */
  installedAt: (serial: string) => number;
  chillerThresholds: Threshold[];
  chillerComponents: string[];
}

interface Term {
  partner: string;
  tier: SlaTier;
  starts: number;
  ends: number;
  devices: string[];
}

const whenIn = (now: number) => (when: When) =>
  when === "next 1 August" ? nextFirstOfAugust(now) : bangkokMidnight(now) + when * DAY;

const tenant = (key: string) => demoId(`tenant:${key}`);
const deviceId = (serial: string) => demoId(`device:${serial}`);

/** The tier a device's clocks run by: of the agreement in force, else the next, else the last. */
const tierOf = (terms: readonly Term[], serial: string, now: number): SlaTier => {
  const mine = terms.filter((t) => t.devices.includes(serial)).sort((a, b) => a.starts - b.starts);
  const force = mine.find((t) => t.starts <= now && now < t.ends);
  return (force ?? mine.find((t) => t.starts > now) ?? mine.at(-1))?.tier ?? "essential";
};

const makeDevices = (plan: Plan, facts: Facts, terms: readonly Term[], name: NameOf) => {
  const chillers = plan.devices.map((d) => ({
    ...d,
    type: "chiller" as const,
    model: plan.chillerModel,
    components: facts.chillerComponents,
    thresholds: facts.chillerThresholds,
  }));
  const stations = plan.stations.map((d) => {
    const { metric, unit, high, low, component } = plan.series[d.series];
    const thresholds = [{ metric, unit, high, low }];
    const model = plan.stationModel;
    return { ...d, type: "sensor-station" as const, model, components: [component], thresholds };
  });
  return [...chillers, ...stations].map((d): DemoRecordOf<"device"> => {
    const id = deviceId(d.serial);
    const { serial, model, type, components, thresholds, region } = d;
    const own = { id, name: d.name, model, serial, type, siteName: d.site, region, components };
    const data = {
      ...own,
      customerId: tenant(d.customer),
      customerName: name(d.customer),
      tier: tierOf(terms, serial, facts.now),
      installedAt: iso(facts.installedAt(serial)),
      thresholds,
    };
    return { kind: "device", id, data };
  });
};

type NameOf = (key: string) => string;

const makeAgreements = (plan: Plan, date: (when: When) => number, name: NameOf) =>
  plan.agreements.map((a): DemoRecordOf<"agreement"> => {
    const id = demoId(`agreement:${a.number}`);
    const endsAt = iso(date(a.ends));
    const data = {
      id,
      number: a.number,
      customerId: tenant(a.customer),
      customerName: name(a.customer),
      partnerId: tenant(a.partner),
      tier: a.tier,
      deviceIds: a.devices.map(deviceId),
      startsAt: iso(date(a.starts)),
      endsAt,
      status: "active" as const,
      successor: a.successor === undefined ? null : { partnerName: name(a.successor), at: endsAt },
    };
    return { kind: "agreement", id, data };
  });

const makeGrants = (plan: Plan, date: (when: When) => number, name: NameOf) =>
  plan.grants.map((g): DemoRecordOf<"grant"> => {
    const id = demoId(`grant:${g.customer}:${g.partner}`);
    const data = {
      id,
      customerId: tenant(g.customer),
      customerName: name(g.customer),
      partnerId: tenant(g.partner),
      regions: g.regions,
      deviceIds: g.devices.map(deviceId),
      telemetry: g.telemetry,
      until: iso(date(g.until)),
      status: g.withdrawn ? ("withdrawn" as const) : ("active" as const),
    };
    return { kind: "grant", id, data };
  });

/** Makes devices, agreements and grants, and answers who covers what. */
export const makeCoverage = (plan: Plan, facts: Facts): Coverage => {
  const date = whenIn(facts.now);
  const names = new Map([...plan.partners, ...plan.customers].map(({ key, name }) => [key, name]));
  const name: NameOf = (key) => names.get(key) ?? key;
  const terms = plan.agreements
    .map((a): Term => ({ ...a, starts: date(a.starts), ends: date(a.ends) }))
    .sort((a, b) => a.starts - b.starts);
  const devices = makeDevices(plan, facts, terms, name);
  const bySerial = new Map(devices.map((d) => [d.data.serial, d.data]));
  const keyed = new Map([...plan.devices, ...plan.stations].map((d) => [d.serial, d]));
  const ofPartner = plan.people.map((p) => ({ ...p, id: demoId(`account:${p.login}`) }));
  const workers = ofPartner
    .filter((p) => p.takesWork)
    .map(({ id, name: own, tenant: partner, regions }) => ({ id, name: own, partner, regions }));
  return {
    agreements: makeAgreements(plan, date, name),
    grants: makeGrants(plan, date, name),
    devices,
    workers,
    place: (serial) => {
      const device = bySerial.get(serial);
      // Readers drop rows of machines the plan does not know, so this is a mistake of ours.
      if (device === undefined) throw new Error(`no device ${serial} in the plan`);
      return placeOf(device);
    },
    partnerAt: (serial, at) => {
      const mine = terms.filter((t) => t.devices.includes(serial));
      const first = mine[0];
      if (first !== undefined && at < first.starts) return first.partner;
      return mine.find((t) => t.starts <= at && at < t.ends)?.partner ?? null;
    },
    granted: (serial, partner) => {
      const device = keyed.get(serial);
      return plan.grants.some(
        (g) =>
          g.partner === partner &&
          g.customer === device?.customer &&
          !g.withdrawn &&
          (g.regions.length === 0 || g.regions.includes(device.region)) &&
          (g.devices.length === 0 || g.devices.includes(serial)),
      );
    },
    workerFor: (serial, partner) => {
      const region = keyed.get(serial)?.region ?? "";
      const own = workers.filter((w) => w.partner === partner);
      return own.find((w) => w.regions.includes(region)) ?? own[0] ?? null;
    },
    coordinator: (partner) =>
      ofPartner.find((p) => p.tenant === partner && p.role === "coordinator") ?? null,
  };
};
