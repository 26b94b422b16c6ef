import { expect, test } from "vitest";
import { isStoreAway } from "./store-away.ts";

test.each(["SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_READONLY", "53100", "08006", "ENOSPC"])(
  "[S5] %s says nothing of what was asked",
  (code) => expect(isStoreAway(Object.assign(new Error(""), { code }))).toBe(true),
);

test.each([
  "Connection terminated unexpectedly",
  "Connection terminated due to connection timeout",
  "Client has encountered a connection error and is not queryable",
  "timeout exceeded when trying to connect",
])("[S5] %s says nothing of what was asked", (message) =>
  expect(isStoreAway(new Error(message))).toBe(true),
);

test.each(["SQLITE_CONSTRAINT_UNIQUE", "SQLITE_ERROR", "23505", "42P01", undefined])(
  "[S5] %s is about what was asked",
  (code) => expect(isStoreAway(Object.assign(new Error(""), { code }))).toBe(false),
);
