import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { z } from "zod";
import * as audit from "../audit/wire.ts";
import { Intent } from "../domain/intent.ts";
import { intentDefs } from "../domain/registry.ts";
import * as people from "./people.ts";
import { PROTOCOL } from "./protocol.ts";
import * as session from "./session.ts";
import * as wire from "./wire.ts";

/** The shape of everything that crosses the wire, by the protocol that speaks it. */
const pinned: Record<number, string> = {
  1: "ec3c172eca8095fb",
};

test("[S12] the wire is what its version says: a change of schema needs a new version", () => {
  const schemas = {
    Intent,
    ...Object.fromEntries(
      [wire, session, people, audit]
        .flatMap((module) => Object.entries(module))
        .filter(([, value]) => value instanceof z.ZodType),
    ),
    ...Object.fromEntries(Object.entries(intentDefs).map(([type, def]) => [type, def.payload])),
  };
  const shapes = Object.entries(schemas)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, schema]) => [
      name,
      z.toJSONSchema(schema as z.ZodType, { io: "input", unrepresentable: "any" }),
    ]);
  const hash = createHash("sha256").update(JSON.stringify(shapes)).digest("hex").slice(0, 16);
  expect(hash).toBe(pinned[PROTOCOL]);
});
