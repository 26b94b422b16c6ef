import { DateTime } from "luxon";
import type { Device } from "#shared/domain/device/device.ts";
import { GRANT_DAYS } from "#shared/domain/grant/intents.ts";
import type { Terms } from "./exposure.ts";
import { type Choice, placesOf } from "./reach.ts";

/** What the form holds: the places, telemetry, and the last day, ISO date. */
export interface Draft {
  choice: Choice;
  telemetry: boolean;
  day: string;
}

/** The day a grant ends where nobody says otherwise: in a year. */
export const defaultDay = (now: number): string =>
  DateTime.fromMillis(now).plus({ years: 1 }).toISODate() ?? "";

/** The first and last day that can be chosen. */
export const daysAllowed = (now: number): { min: string; max: string } => ({
  min: DateTime.fromMillis(now).toISODate() ?? "",
  // A day less: the last one is granted to its end.
  max:
    DateTime.fromMillis(now)
      .plus({ days: GRANT_DAYS - 1 })
      .toISODate() ?? "",
});

/** The day an instant lies in, where the reader is. */
export const dayOf = (at: string): string => DateTime.fromISO(at).toISODate() ?? "";

/** What a draft would grant: to the end of its last day; null while it is not whole. */
export const termsOf = (
  { choice, telemetry, day }: Draft,
  devices: readonly Device[],
  now: number,
): Terms | null => {
  const places = placesOf(choice, devices);
  const { min, max } = daysAllowed(now);
  if (places === null || day < min || day > max) return null;
  const until = DateTime.fromISO(day).endOf("day").toUTC().toISO();
  return until === null ? null : { ...places, telemetry, until };
};
