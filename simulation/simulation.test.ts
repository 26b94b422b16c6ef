import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const run = promisify(execFile);
const program = fileURLToPath(new URL("./run.ts", import.meta.url));

/** Runs the simulation as a person would; answers its exit code and what it printed. */
const simulate = async (...args: string[]): Promise<{ code: number; text: string }> => {
  try {
    const { stdout, stderr } = await run(process.execPath, [program, ...args]);
    return { code: 0, text: stdout + stderr };
  } catch (cause) {
    const { code, stdout, stderr } = cause as { code: number; stdout: string; stderr: string };
    return { code, text: stdout + stderr };
  }
};

/** How many schedules are run with each test run; thousands are run by hand. */
const SEEDS = 20;

/** A schedule for each rule that finds it broken: see README.md. */
const finders = [
  ["S3", 1],
  ["S4", 14],
  ["S5", 7],
  ["S6", 7],
  ["S7", 1],
  ["S8", 2],
  ["S9", 2],
  ["S9-bytes", 1],
] as const;

describe("the simulation", () => {
  test("[S14] schedules of work, faults and revocations violate nothing", async () => {
    const { text } = await simulate("--seeds", String(SEEDS), "--json");
    const totals = JSON.parse(text.trim().split("\n").at(-1) ?? "") as Record<string, number>;
    expect(totals, text).toMatchObject({ schedules: SEEDS, violations: 0 });
    expect(totals.intents).toBeGreaterThan(60);
    expect(totals.faults).toBeGreaterThan(30);
  }, 120_000);

  test("the same seed is the same schedule, to the byte", async () => {
    const [first, second] = await Promise.all([simulate("--seed", "7"), simulate("--seed", "7")]);
    expect(first.text).toContain("trace");
    expect(second.text).toBe(first.text);
  }, 60_000);

  test.each(finders)(
    "[%s] broken on purpose, schedule %i finds it",
    async (rule, seed) => {
      const broken = await simulate("--seed", String(seed), "--break", rule);
      expect(broken.text).toContain("VIOLATED");
      expect(broken.code).toBe(1);
      const whole = await simulate("--seed", String(seed));
      expect(whole, whole.text.slice(-2000)).toMatchObject({ code: 0 });
    },
    60_000,
  );
});
