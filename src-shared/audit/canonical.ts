const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/**
 * The one JSON text of a value (RFC 8785): no blanks, the keys of every object sorted by their
 * UTF-16 code units. What JSON leaves out (a field that is undefined) is left out here too. Equal
 * values have equal texts, whatever program made them, so a hash can be taken of it.
 */
export const canonical = (value: unknown): string => {
  if (!isObject(value)) return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const fields = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${fields.join(",")}}`;
};
