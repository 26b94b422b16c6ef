import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { buildDemoWorld } from "./build-world.ts";
import { describeDemoError } from "./demo-error.ts";
import { demoResources, readPlan } from "./plan.ts";
import { renderReport, total } from "./report.ts";
import { demoAt, moments } from "./testing.ts";
import { parseDuration, parseTime } from "./time.ts";
import { componentOf, priorityOf, titleOf } from "./work-orders.ts";

const now = new Date(moments[0] ?? "");
const originals = join(import.meta.dirname, "../../../shared/data");

const copies: string[] = [];
afterAll(() => {
  for (const dir of copies) rmSync(dir, { recursive: true });
});

/** A copy of the shipped sources in which one file is changed. */
const altered = (file: string, change: (text: string) => string): string => {
  const dir = mkdtempSync(join(tmpdir(), "demo-"));
  copies.push(dir);
  cpSync(demoResources, dir, { recursive: true });
  writeFileSync(join(dir, file), change(readFileSync(join(dir, file), "utf8")));
  return dir;
};

const wos = "assetops/all_wo_with_code_component_events.csv";

describe("the report", () => {
  it.each(moments.slice(0, 2))(
    "accounts for every row: read is mapped and skipped, at %s",
    (at) => {
      for (const { file, read, mapped, skipped } of demoAt(at).report) {
        expect([file, total(mapped) + total(skipped)]).toEqual([file, read]);
        expect(read).toBeGreaterThan(0);
      }
    },
  );

  it("names what is dirty, and prints as an aligned table", () => {
    const { report } = demoAt(moments[0] ?? "");
    const of = (file: string) => report.find((r) => r.file.endsWith(file));
    expect(of("components_events.csv") ?? of("component_events.csv")).toMatchObject({
      read: 4249,
      noted: { '"40:00:00" read as 40 hours': 7, "labour of zero hours read as not recorded": 120 },
    });
    expect(of("/event.csv")).toMatchObject({
      read: 6256,
      mapped: { "joined to a work order": 4249 },
      noted: { "work order id written with a hyphen": 1 },
    });
    expect(of("failure_codes.csv")?.noted).toEqual({ "byte order mark dropped": 1 });
    expect(of("machine_temperature_system_failure.csv")?.skipped["duplicate time"]).toBe(12);
    const lines = renderReport(report).split("\n");
    expect(lines[0]).toMatch(/^file\s+read\s+mapped\s+skipped$/);
    expect(lines[1]?.length).toBe(lines[0]?.length);
  });

  it("counts why rows are skipped", () => {
    const dir = altered(wos, (text) => {
      const [head = "", first = "", second = "", third = "", ...rest] = text.split(/\r?\n/);
      const bad = [
        first.replace("4/6/16 14:00", "2/31/16 14:00"),
        second.replaceAll("CWC04013", "CWC99999"),
        third.replace("Oil Analysis,MT010b,Routine Oil Analysis", ",MT010b,"),
        third,
        third,
        ...rest,
      ];
      return [head, ...bad].join("\n");
    });
    const built = buildDemoWorld({ now, sourceDir: dir });
    if (!built.ok) throw new Error(describeDemoError(built.error));
    const found = built.value.report.find((r) => r.file === wos);
    expect(found?.skipped).toMatchObject({
      "unreadable date": 1,
      "unknown equipment": 1,
      "missing description": 1,
      "duplicate id": 1,
    });
    expect(total(found?.mapped ?? {}) + total(found?.skipped ?? {})).toBe(found?.read);
    const events = built.value.report.find((r) => r.file.endsWith("/event.csv"));
    expect(events?.skipped).toEqual({ "no such work_order": 2 });
  });
});

describe("a malformed file", () => {
  const errorOf = (sourceDir: string) => {
    const built = buildDemoWorld({ now, sourceDir });
    return built.ok ? null : built.error;
  };

  it("is named with the line of a short row", () => {
    const dir = altered("assetops/alert_events.csv", (t) => t.replace(/,11\/25\/20 11:47/, ""));
    const error = errorOf(dir);
    expect(error).toMatchObject({
      code: "csv-malformed",
      file: "assetops/alert_events.csv",
      line: 3,
    });
    expect(error?.reason).toBe("4 cells under 5 columns");
  });

  it("is named with the line of a quote that is never closed", () => {
    const dir = altered("assetops/component.csv", (t) =>
      t.replace('condenser,"', 'condenser,"a "b'),
    );
    expect(errorOf(dir)).toMatchObject({ code: "csv-malformed", line: 3 });
  });

  it("is named with the column it lacks", () => {
    const dir = altered("assetops/anomaly_events.csv", (t) => t.replace("upper_bound", "upper"));
    expect(errorOf(dir)).toMatchObject({
      code: "column-missing",
      line: 1,
      reason: 'no column "upper_bound"',
    });
  });

  it("is named where it is empty or missing", () => {
    expect(errorOf(altered("assetops/alert_rule.csv", () => ""))).toMatchObject({ line: 1 });
    expect(errorOf(tmpdir())?.code).toBe("file-unreadable");
  });
});

describe("reading the sources", () => {
  const plan = readPlan();
  if (!plan.ok) throw new Error(describeDemoError(plan.error));
  const { wording } = plan.value;

  it.each([
    ["MT010b", "Routine Oil Analysis", "compressor", "Routine oil analysis · compressor"],
    ["MT004a", "Small Amount", "entire chiller system", "Small refrigerant top-up · whole chiller"],
    ["M013b", "Complete Plugging", "condenser", "Condenser plugged"],
    [
      "MT002b",
      "Internal Cleaning",
      "condenser|evaporator",
      "Internal cleaning · condenser and evaporator",
    ],
    ["XX", "Something New", "", "Something new"],
  ])("words %s as a person would", (code, description, collection, title) => {
    expect(titleOf(code, description, componentOf(collection, wording), wording)).toBe(title);
  });

  it("maps the three priorities of the source, errands one step below faults", () => {
    expect(["1", "2", "5"].map((p) => priorityOf(p, "M005b"))).toEqual([1, 2, 4]);
    expect(["1", "2"].map((p) => priorityOf(p, "MT001a"))).toEqual([2, 3]);
    expect(priorityOf("", "M005b")).toBeNull();
  });

  it("reads times as Bangkok's, and refuses dates there are not", () => {
    expect(parseTime("4/6/16 14:00")).toBe(Date.parse("2016-04-06T07:00:00Z"));
    expect(parseTime("2010-06-22 14:12:00")).toBe(Date.parse("2010-06-22T07:12:00Z"));
    for (const none of ["", "2/30/20 1:00", "13/1/20 1:00", "2020-01-01", "1/1/20 25:00"]) {
      expect(parseTime(none)).toBeNull();
    }
  });

  it("reads durations of both kinds", () => {
    expect(["3:00", "1:15", "40:00:00", "37:30:00", "0:00"].map(parseDuration)).toEqual([
      180, 75, 2400, 2250, 0,
    ]);
    expect(["", "3", "3:75", "-1:00"].map(parseDuration)).toEqual([null, null, null, null]);
  });

  it.skipIf(!existsSync(originals))("ships the sources as they are (needs the originals)", () => {
    for (const folder of ["assetops", "nab"]) {
      for (const file of readdirSync(join(demoResources, folder))) {
        if (file === "ATTRIBUTION.md" || file === "combined_windows.json") continue;
        const shipped = readFileSync(join(demoResources, folder, file));
        expect([file, shipped.equals(readFileSync(join(originals, folder, file)))]).toEqual([
          file,
          true,
        ]);
      }
    }
    const windows = (dir: string) =>
      JSON.parse(readFileSync(join(dir, "nab/combined_windows.json"), "utf8"));
    expect(windows(originals)).toMatchObject(windows(demoResources));
    expect(existsSync(join(demoResources, "kerala_dams"))).toBe(false);
  });
});
