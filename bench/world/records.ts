import type { Kind } from "#shared/domain/intent.ts";
import type { DataOf } from "#shared/domain/registry.ts";
import { id } from "./id.ts";
import { makePlaces, type Places } from "./places.ts";
import { Random } from "./random.ts";
import { makeAlarm, makeTicket, makeVisit } from "./work.ts";

/** The partner whose copy is measured, and the two of its people who use it. */
export const partner = { id: id("Nera"), name: "Nera" };
export const people = [
  "Nok",
  "Som",
  ...Array.from({ length: 18 }, (_, i) => `Technician ${i + 1}`),
].map((name) => ({ id: id(name), name }));

/** A record with its kind, as the store takes it. */
export interface WorldRecord {
  kind: Kind;
  id: string;
  data: DataOf<Kind>;
}

/** What stands around the work. Of `total` records a fiftieth are devices, at most 2,000. */
const placesOf = (random: Random, total: number): Places =>
  makePlaces(random, Math.max(40, Math.min(2000, Math.floor(total / 50))), partner.id, people);

/** `total` records of about 1 KB, the same ones in every run. */
export function* worldRecords(total: number): Generator<WorldRecord> {
  const random = new Random(7);
  const places = placesOf(random, total);
  const of = (kind: Kind, all: DataOf<Kind>[]) =>
    all.map((data): WorldRecord => ({ kind, id: data.id, data }));
  const around = [
    ...of("customer", places.customers),
    ...of("device", places.devices),
    ...of("agreement", places.agreements),
    ...of("grant", places.grants),
    ...of("person", places.people),
  ];
  yield* around;
  const work = total - around.length;
  for (let i = 0; i < work; i += 1) {
    const on = places.devices[i % places.devices.length] as DataOf<"device">;
    const person = random.pick(places.people);
    const share = i / work;
    const dice = random.next();
    if (dice < 0.45) yield record("ticket", makeTicket(random, on, person, share));
    else if (dice < 0.75) yield record("alarm", makeAlarm(random, on, person, share));
    else yield record("visit", makeVisit(random, on, person, share));
  }
}

const record = (kind: Kind, data: DataOf<Kind>): WorldRecord => ({ kind, id: data.id, data });
