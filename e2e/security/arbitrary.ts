import fc from "fast-check";
import { z } from "zod";

/** As much of JSON Schema as the wire and the intents use. */
interface Shape {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Shape[];
  format?: string;
  pattern?: string;
  items?: Shape;
  prefixItems?: Shape[];
  properties?: Record<string, Shape>;
  required?: string[];
  additionalProperties?: Shape | boolean;
  propertyNames?: Shape;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

/** What is put where a schema wants an id, or a text. */
export interface Pools {
  ids: readonly string[];
  texts: readonly string[];
}

const instants = ["2026-06-15T02:00:00.000Z", "2026-12-01T00:00:00Z", "0000-01-01T00:00:00Z"];
const thumb = "data:image/jpeg;base64,AAAA";

const textOf = (shape: Shape, { ids, texts }: Pools): fc.Arbitrary<string> => {
  if (shape.format === "uuid") return fc.constantFrom(...ids);
  if (shape.format === "date-time") return fc.constantFrom(...instants);
  if (shape.format === "email") return fc.constantFrom("a@b.example", "x+y@nera.example");
  if (shape.pattern?.includes("{64}")) return fc.stringMatching(/^[0-9a-f]{64}$/);
  if (shape.pattern?.includes("image")) return fc.constant(thumb);
  const max = shape.maxLength ?? 300;
  return fc
    .oneof(fc.constantFrom(...texts), fc.string({ unit: "binary", maxLength: 40 }))
    .map((text) => text.slice(0, max).padEnd(shape.minLength ?? 0, "x"));
};

const mapOf = (shape: Shape, values: Shape, pools: Pools): fc.Arbitrary<unknown> =>
  fc.dictionary(
    shape.propertyNames === undefined
      ? fc.string({ maxLength: 20 })
      : (arbitraryOf(shape.propertyNames, pools) as fc.Arbitrary<string>),
    arbitraryOf(values, pools),
    { maxKeys: 4 },
  );

const objectOf = (shape: Shape, pools: Pools): fc.Arbitrary<unknown> => {
  const { properties, required = [], additionalProperties: more } = shape;
  if (properties === undefined) {
    return mapOf(shape, typeof more === "object" ? more : {}, pools);
  }
  const fields = Object.entries(properties).map(
    ([name, of]) => [name, arbitraryOf(of, pools)] as const,
  );
  return fc.record(Object.fromEntries(fields), { requiredKeys: required, noNullPrototype: true });
};

const arbitraryOf = (shape: Shape, pools: Pools): fc.Arbitrary<unknown> => {
  if (shape.const !== undefined) return fc.constant(shape.const);
  if (shape.enum !== undefined) return fc.constantFrom(...shape.enum);
  if (shape.anyOf !== undefined) {
    return fc.oneof(...shape.anyOf.map((one) => arbitraryOf(one, pools)));
  }
  switch (shape.type) {
    case "string":
      return textOf(shape, pools);
    case "integer":
    case "number":
      return fc.integer({
        min: Math.max(shape.minimum ?? -(2 ** 53) + 1, -(2 ** 53) + 1),
        max: Math.min(shape.maximum ?? 2 ** 53 - 1, 2 ** 53 - 1),
      });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(arbitraryOf(shape.items ?? {}, pools), {
        minLength: shape.minItems ?? 0,
        maxLength: Math.min(shape.maxItems ?? 4, Math.max(shape.minItems ?? 0, 4)),
      });
    case "object":
      return objectOf(shape, pools);
    default:
      return fc.jsonValue({ maxDepth: 3 });
  }
};

/** Values that a schema takes, as far as JSON Schema tells: what is refined beyond it may refuse them. */
export const valid = (schema: z.ZodType, pools: Pools): fc.Arbitrary<unknown> =>
  arbitraryOf(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape, pools);

/** The value with something of it put out of joint: a field more, one less, or another in its place. */
export const bent = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.tuple(value, fc.nat(), fc.jsonValue({ maxDepth: 4 }), fc.nat({ max: 2 })).map(bend);

const bend = ([value, at, other, how]: [unknown, number, unknown, number]): unknown => {
  if (typeof value !== "object" || value === null) return other;
  const keys = Object.keys(value);
  const key = keys[at % Math.max(keys.length, 1)];
  if (key === undefined || how === 0) return { ...value, [`extra${at % 7}`]: other };
  const inner = (value as Record<string, unknown>)[key];
  if (how === 1 && !Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  }
  const put = typeof inner === "object" ? bend([inner, at, other, (at + 1) % 3]) : other;
  return Array.isArray(value)
    ? value.map((one, i) => (String(i) === key ? put : one))
    : { ...value, [key]: put };
};
