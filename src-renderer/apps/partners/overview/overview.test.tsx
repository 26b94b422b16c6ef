import { act, cleanup, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { ownVisits } from "#shared/access/scope.ts";
import enDevices from "../../../../resources/locales/en/devices.json";
import en from "../../../../resources/locales/en/overview.json";
import enWork from "../../../../resources/locales/en/work.json";
import thDevices from "../../../../resources/locales/th/devices.json";
import th from "../../../../resources/locales/th/overview.json";
import thWork from "../../../../resources/locales/th/work.json";
import { signedIn } from "../../../testing/fake-state.ts";
import { narrowedTo } from "../../../testing/fake-viewer.ts";
import { renderApp } from "../../../testing/render-app.tsx";
import { overviewFeature } from "./feature.tsx";

afterEach(cleanup);

const open = (options = {}) => renderApp("/partners", options, [overviewFeature]);

describe("[PAR-2] what needs me now", () => {
  it("gives figures that lead to the lines behind them", async () => {
    open();
    const alarms = await screen.findByRole("link", { name: /Active alarms/ });
    expect(decodeURIComponent(alarms.getAttribute("href") ?? "")).toContain('kind=["alarm"]');
    const nobody = screen.getByRole("link", { name: /Unassigned/ });
    expect(decodeURIComponent(nobody.getAttribute("href") ?? "")).toContain('["nobody"]');
    const overdue = screen.getByRole("link", { name: /^\d+ ?Overdue/ });
    expect(decodeURIComponent(overdue.getAttribute("href") ?? "")).toContain("due=overdue");
    const soon = screen.getByRole("link", { name: /Due soon/ });
    expect(decodeURIComponent(soon.getAttribute("href") ?? "")).toContain("due=soon");
    expect(screen.getByRole("region", { name: "Head of the queue" })).toBeDefined();
    expect(screen.getByRole("region", { name: "By customer" })).toBeDefined();
  });

  it("says calmly when nothing does", async () => {
    open({ world: "0" });
    expect(await screen.findByText("Nothing needs you now")).toBeDefined();
  });

  it("says that the work is on its way while it is fetched for the first time", async () => {
    open({ world: "0", phase: "first-sync", received: "1200" });
    expect(await screen.findByText("Your work is on its way")).toBeDefined();
    expect(screen.getByText(/1,200 records have arrived/)).toBeDefined();
  });

  it("shows a role narrowed to its own visits its day first, and no one else's work", async () => {
    const { state } = open();
    act(() => state.setSession(signedIn(narrowedTo(ownVisits))));
    const day = await screen.findByRole("region", { name: "My day" });
    const mine = screen.getByRole("region", { name: "My next work" });
    expect(day.compareDocumentPosition(mine) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
    expect(screen.queryByRole("region", { name: "By customer" })).toBeNull();
  });

  it("[PAR-5] tells a role without service work where its own work is", async () => {
    open({ template: "sales" });
    expect(await screen.findByText("Service work is not part of your role")).toBeDefined();
  });

  it("reads in Thai", async () => {
    open({ language: "th" });
    expect(await screen.findByText("เกินกำหนด", { selector: "span" })).toBeDefined();
  });
});

describe("every text in both languages", () => {
  const flat = (texts: object, path = ""): Map<string, string> =>
    new Map(
      Object.entries(texts).flatMap(([key, value]): [string, string][] =>
        typeof value === "string"
          ? [[path + key, value]]
          : [...flat(value as object, `${path}${key}.`)],
      ),
    );
  const holes = (text: string) =>
    [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

  it.each([
    ["overview", en, th],
    ["devices", enDevices, thDevices],
    ["work", enWork, thWork],
  ])("%s has the same keys and placeholders, none empty", (_name, english, thai) => {
    const a = flat(english);
    const b = flat(thai);
    expect([...b.keys()].sort()).toEqual([...a.keys()].sort());
    for (const [key, text] of a) {
      expect([key, holes(b.get(key) ?? "")]).toEqual([key, holes(text)]);
      expect(b.get(key)).not.toBe("");
    }
  });
});
