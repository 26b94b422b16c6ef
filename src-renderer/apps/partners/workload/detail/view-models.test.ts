import { describe, expect, it } from "vitest";
import { ownVisits } from "#shared/access/scope.ts";
import type { Visit } from "#shared/domain/visit/visit.ts";
import { fakeViewer, narrowedTo } from "../../../../testing/fake-viewer.ts";
import { pictureOf } from "./alarm-picture.ts";
import { nextStep, progressOf } from "./next-step.ts";
import { permitted } from "./permitted.ts";
import { standingOf } from "./sla-clock.tsx";

describe("[PAR-5] which actions a role can hold, by the intents' own data", () => {
  it("gives a coordinator everything on work", () => {
    expect(permitted(fakeViewer("reseller", "coordinator"), "ticket.assign")).toBe(true);
    expect(permitted(fakeViewer("reseller", "coordinator"), "visit.schedule")).toBe(true);
  });

  it("keeps what decides over others' work from a role narrowed to its own visits", () => {
    const technician = narrowedTo(ownVisits);
    expect(permitted(technician, "ticket.assign")).toBe(false);
    expect(permitted(technician, "visit.schedule")).toBe(false);
    expect(permitted(technician, "visit.complete")).toBe(true);
  });

  it("gives sales nothing of it", () => {
    expect(permitted(fakeViewer("reseller", "sales"), "ticket.raise")).toBe(false);
  });
});

describe("[PAR-2] a visit asks for its next step", () => {
  const visit = (more: Partial<Visit>) =>
    ({ status: "scheduled", assigneeId: "a", checklist: [], ...more }) as Visit;

  it("goes from travel to arrival to completion, and asks for someone first", () => {
    expect(nextStep(visit({ assigneeId: null }))).toBe("visit.assign");
    expect(nextStep(visit({}))).toBe("visit.start-travel");
    expect(nextStep(visit({ status: "travelling" }))).toBe("visit.arrive");
    expect(nextStep(visit({ status: "on-site" }))).toBe("visit.complete");
    expect(nextStep(visit({ status: "completed" }))).toBeNull();
  });

  it("counts the checklist, and what of it holds up completion", () => {
    const item = (required: boolean, done: boolean) => ({
      id: `${required}${done}`,
      text: "",
      required,
      done,
      doneAt: null,
    });
    const checklist = [item(true, true), item(true, false), item(false, false)];
    expect(progressOf(visit({ checklist }))).toEqual({ done: 1, total: 3, required: 1 });
  });
});

describe("[PAR-2] an alarm's value against its bounds", () => {
  it("stands outside the bound it broke, inside the picture", () => {
    const picture = pictureOf({ value: 9.2, lower: 2, upper: 8 });
    expect(picture?.outside?.of).toBe("upper");
    expect(picture?.outside?.by).toBeCloseTo(1.2);
    expect(picture?.value).toBeGreaterThan(picture?.upper ?? 1);
    expect(picture?.value).toBeLessThan(1);
  });

  it("draws one open side, a value on its bound, and nothing without value or bounds", () => {
    expect(pictureOf({ value: 1, lower: 2, upper: null })?.outside?.of).toBe("lower");
    expect(pictureOf({ value: 2, lower: 2, upper: null })?.outside).toBeNull();
    expect(pictureOf({ value: 0, lower: null, upper: 0 })?.upper).toBeGreaterThan(0);
    expect(pictureOf({ value: null, lower: 1, upper: 2 })).toBeNull();
    expect(pictureOf({ value: 5, lower: null, upper: null })).toBeNull();
  });
});

describe("[PAR-2] both promises of a ticket", () => {
  const opened = "2026-07-14T03:00:00.000Z";
  const ticket = {
    tier: "critical" as const,
    priority: 2 as const,
    openedAt: opened,
    respondedAt: "2026-07-14T03:30:00.000Z",
    resolvedAt: null,
  };
  const at = (hours: number) => Date.parse(opened) + hours * 3_600_000;

  it("stops the response clock at the first answer, and lets the resolution run", () => {
    expect(standingOf("response", ticket, at(3))).toEqual({
      due: at(1),
      keptAt: at(0.5),
      used: 0.5,
    });
    expect(standingOf("resolution", ticket, at(2))).toEqual({
      due: at(8),
      keptAt: null,
      used: 0.25,
    });
    expect(standingOf("resolution", ticket, at(30)).used).toBe(1);
  });
});
