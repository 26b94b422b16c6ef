/** How long after the end of a right work done before that end is still taken: 30 days, ms. */
export const LATE_WORK_MS = 30 * 24 * 3_600_000;

/** What is known of when an intent's work was done. Instants are ISO 8601. */
export interface WorkClocks {
  /** The device's clock when the work was done. */
  deviceTime: string;
  /** The server's clock minus the device's, ms, as the device knew it then; null where it did not. */
  skew: number | null;
  /** The same, ms, as the server sees it when the intent is handed in; null where that is not told. */
  sentSkew: number | null;
  /** Before this it cannot have been done, by the server's clock; null where nothing is known. */
  floor: string | null;
  /** The server's clock. */
  now: string;
}

/**
 * When work was done, by the server's clock (two clocks): the device's time put right by what its
 * clock was off, never later than now and never before the floor. ISO with milliseconds, so that
 * instants sort as text.
 */
export const timeOfWork = (clocks: WorkClocks): string => {
  const { deviceTime, skew, sentSkew, floor, now } = clocks;
  const told = Date.parse(deviceTime) + (skew ?? sentSkew ?? 0);
  const earliest = floor === null ? 0 : Date.parse(floor);
  return new Date(Math.min(Math.max(told, earliest), Date.parse(now))).toISOString();
};

/** What a device's clock is off when it sends, ms: the server's clock minus the device's. */
export const sentSkewOf = (sentAt: string | null, now: string): number | null =>
  sentAt === null ? null : Date.parse(now) - Date.parse(sentAt);
