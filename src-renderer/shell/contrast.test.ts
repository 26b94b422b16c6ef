import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(`${import.meta.dirname}/global.css`, "utf8");

/** The colours of one theme, by the names after `--rs-`. */
const colours = (scheme: string): Record<string, string> => {
  const block = css.split(`[data-mantine-color-scheme="${scheme}"] {`)[1]?.split("\n}")[0] ?? "";
  return Object.fromEntries(
    [...block.matchAll(/--rs-([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  );
};

const luminance = (hex: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

const contrast = (a: string, b: string): number => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

const grounds = ["ground", "surface", "raised", "sunken", "hover"];
const inks = ["text", "text-2", "accent-text", "danger", "warn", "good"];
const pairs = [
  ...grounds.flatMap((ground) => inks.map((ink) => [ink, ground] as const)),
  ["accent-text", "accent-soft"],
  ["danger", "danger-soft"],
  ["warn", "warn-soft"],
  ["text", "danger-soft"],
  ["text-2", "danger-soft"],
] as const;

describe.each(["light", "dark"])("%s theme", (scheme) => {
  const colour = colours(scheme);

  it.each(pairs)("%s can be read on %s (WCAG AA)", (ink, ground) => {
    expect(contrast(colour[ink] ?? "", colour[ground] ?? "")).toBeGreaterThanOrEqual(4.5);
  });

  it("white can be read on what is filled", () => {
    expect(contrast("#ffffff", colour["danger-solid"] ?? "")).toBeGreaterThanOrEqual(4.5);
  });
});
