import { v5, validate, version } from "uuid";

export { v5, validate, version };

/** A process that makes ids: its clock, and how far its count has come. */
export interface IdMaker {
  wall(): number;
  millis: number;
  count: number;
}

let maker: IdMaker | null = null;
let made = 0;

/** Ids start over, for another schedule. */
export const forgetIds = (): void => {
  made = 0;
  maker = null;
};

/** From here on ids are made by this process; null is the server's. */
export const idsMadeBy = (by: IdMaker | null): void => {
  maker = by;
};

const server: IdMaker = { wall: () => Date.now(), millis: Number.NEGATIVE_INFINITY, count: 0 };

const hex = (n: number, digits: number) => n.toString(16).padStart(digits, "0");

/**
 * A UUIDv7 as the library makes it — the clock's milliseconds, then a count that goes on while the
 * clock stands or runs back — but by the clock of one simulated process, and the same each time.
 */
export const v7 = (): string => {
  const by = maker ?? server;
  const now = by.wall();
  made += 1;
  if (now > by.millis) {
    by.millis = now;
    by.count = made & 0x3ff;
  } else {
    by.count += 1;
  }
  const time = hex(Math.floor(by.millis), 12);
  const high = hex(0x7000 | (by.count >>> 14), 4);
  const low = hex(0x8000 | (by.count & 0x3fff), 4);
  return `${time.slice(0, 8)}-${time.slice(8)}-${high}-${low}-${hex(made, 12)}`;
};
