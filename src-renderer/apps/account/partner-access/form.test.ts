import { expect, test } from "vitest";
import { GRANT_DAYS } from "#shared/domain/grant/intents.ts";
import { daysAllowed, defaultDay, termsOf } from "./form.ts";
import { nothingChosen } from "./reach.ts";

const now = Date.parse("2026-07-14T03:00:00.000Z");
const everything = { ...nothingChosen, width: "everything" } as const;

test("[PRT-3] a grant ends in a year where nobody says otherwise, at the end of that day", () => {
  const day = defaultDay(now);
  expect(day.slice(0, 4)).toBe("2027");
  const until = termsOf({ choice: everything, telemetry: false, day }, [], now)?.until ?? "";
  expect(new Date(until).getHours()).toBe(23);
});

test("[PRT-3] no day can be chosen that the rule refuses", () => {
  const { min, max } = daysAllowed(now);
  for (const day of [min, max]) {
    const until = termsOf({ choice: everything, telemetry: false, day }, [], now)?.until ?? "";
    const ahead = Date.parse(until) - now;
    expect(ahead).toBeGreaterThan(0);
    expect(ahead).toBeLessThanOrEqual(GRANT_DAYS * 86_400_000);
  }
  const late = { choice: everything, telemetry: false, day: "2036-01-01" };
  expect(termsOf(late, [], now)).toBeNull();
  expect(termsOf({ ...late, day: "2026-07-13" }, [], now)).toBeNull();
  expect(termsOf({ ...late, day: "" }, [], now)).toBeNull();
});

test("[PRT-3] there is nothing to grant while no place is chosen", () => {
  expect(
    termsOf({ choice: nothingChosen, telemetry: true, day: defaultDay(now) }, [], now),
  ).toBeNull();
});
