import type { Kind } from "#shared/domain/intent.ts";
import { kinds } from "#shared/domain/intent.ts";

/** A well-formed id that is the same in every run. */
export const fakeId = (kind: Kind, n: number): string =>
  `0190a00${kinds.indexOf(kind).toString(16)}-0000-7000-8000-${(n * 48_271 + 11).toString(16).padStart(12, "0")}`;

/** The instant `hours` after `now` (ms), ISO. */
export const hoursFrom = (now: number, hours: number): string =>
  new Date(now + hours * 3_600_000).toISOString();
