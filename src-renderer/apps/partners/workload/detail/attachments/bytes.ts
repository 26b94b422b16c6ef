import { localeOf } from "../../../../../ui/format.ts";

/** A size for people: "3.4 MB", "12 kB". */
export const formatBytes = (bytes: number, language: string): string => {
  const [value, unit] =
    bytes >= 1_000_000 ? [bytes / 1_000_000, "megabyte"] : [Math.max(1, bytes / 1000), "kilobyte"];
  return new Intl.NumberFormat(localeOf(language), {
    style: "unit",
    unit,
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
};
