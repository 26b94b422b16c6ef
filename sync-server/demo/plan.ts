import { join } from "node:path";
import { z } from "zod";
import { navItems, subtypes, templates } from "#shared/access/nav.ts";
import { SlaTier } from "#shared/domain/common.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { readText } from "./csv.ts";
import type { DemoError } from "./demo-error.ts";

/** A date of an agreement or grant: days from today, or the day the South changes hands. */
const When = z.union([z.int(), z.literal("next 1 August")]);
export type When = z.infer<typeof When>;

const Key = z.string().min(1);
const Level = z.enum(["full", "read", "hidden"]);

const Placed = z.strictObject({
  serial: Key,
  name: z.string(),
  customer: Key,
  site: z.string(),
  region: z.string(),
});

const World = z.strictObject({
  partners: z.array(
    z.strictObject({
      key: Key,
      name: z.string(),
      subtype: z.enum(subtypes),
      tier: z.enum(["authorized", "gold", "platinum"]).nullable(),
    }),
  ),
  roles: z.array(
    z.strictObject({
      key: Key,
      subtype: z.enum(subtypes),
      name: z.string(),
      template: z.enum(templates),
      scope: z.enum(["coverage", "own-visits"]),
      levels: z.partialRecord(z.enum(navItems), Level).optional(),
    }),
  ),
  people: z.array(
    z.strictObject({
      login: z.email(),
      name: z.string(),
      tenant: Key,
      role: Key.nullable(),
      locale: z.enum(["en", "th"]),
      takesWork: z.boolean().default(false),
      regions: z.array(z.string()).default([]),
    }),
  ),
  staff: z.array(z.strictObject({ key: Key, name: z.string() })),
  customers: z.array(
    z.strictObject({
      key: Key,
      name: z.string(),
      address: z.string(),
      contact: z.strictObject({ name: z.string(), phone: z.string() }),
    }),
  ),
  chillerModel: z.string(),
  devices: z.array(Placed),
  stationModel: z.string(),
  stations: z.array(
    Placed.extend({ series: z.enum(["machine", "ambient"]), until: z.string(), days: z.int() }),
  ),
  series: z.record(
    z.enum(["machine", "ambient"]),
    z.strictObject({
      metric: z.string(),
      unit: z.string(),
      low: z.number(),
      high: z.number(),
      component: z.string(),
    }),
  ),
  agreements: z.array(
    z.strictObject({
      number: z.string(),
      customer: Key,
      partner: Key,
      tier: SlaTier,
      devices: z.array(Key).min(1),
      starts: When,
      ends: When,
      successor: Key.optional(),
    }),
  ),
  grants: z.array(
    z.strictObject({
      customer: Key,
      partner: Key,
      regions: z.array(z.string()).default([]),
      devices: z.array(Key).default([]),
      telemetry: z.boolean(),
      until: When,
      withdrawn: z.boolean().default(false),
    }),
  ),
  remarks: z.array(z.string()).min(1),
});

const Severity = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);

const Wording = z.strictObject({
  work: z.record(z.string(), z.string()),
  components: z.record(z.string(), z.string()),
  rules: z.record(z.string(), z.strictObject({ title: z.string(), severity: Severity })),
  kpis: z.record(z.string(), z.strictObject({ unit: z.string(), severity: Severity })),
});
export type Wording = z.infer<typeof Wording>;

const Checklists = z
  .array(z.strictObject({ match: z.string(), items: z.array(z.string()).min(4).max(7) }))
  .min(1);
export type Checklists = z.infer<typeof Checklists>;

/** What the demo's makers decided, as against what the sources say. */
export type Plan = z.infer<typeof World> & { wording: Wording; checklists: Checklists };

/** Where the demo's own files and the sources it ships stand. */
export const demoResources: string = join(import.meta.dirname, "../../resources/demo");

const readJson = <T>(dir: string, file: string, schema: z.ZodType<T>): Result<T, DemoError> => {
  const text = readText(dir, file);
  if (!text.ok) return text;
  const invalid = (reason: string) =>
    err<DemoError>({ code: "plan-invalid", file, line: null, reason });
  let json: unknown;
  try {
    json = JSON.parse(text.value);
  } catch (cause) {
    return invalid(cause instanceof Error ? cause.message : String(cause));
  }
  const parsed = schema.safeParse(json);
  return parsed.success ? ok(parsed.data) : invalid(z.prettifyError(parsed.error));
};

/** Reads the plan from the demo's resources. */
export const readPlan = (dir: string = demoResources): Result<Plan, DemoError> => {
  const world = readJson(dir, "world.json", World);
  if (!world.ok) return world;
  const wording = readJson(dir, "wording.json", Wording);
  if (!wording.ok) return wording;
  const checklists = readJson(dir, "checklists.json", Checklists);
  if (!checklists.ok) return checklists;
  return ok({ ...world.value, wording: wording.value, checklists: checklists.value });
};

const Windows = z.record(z.string(), z.array(z.tuple([z.string(), z.string()])));

/** Reads the windows of known failures of the series, keyed as their source keys them. */
export const readWindows = (dir: string): Result<z.infer<typeof Windows>, DemoError> =>
  readJson(dir, "nab/combined_windows.json", Windows);
