import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/processes.ts";
import type { Client } from "./client.ts";
import { openCore } from "./core-client.ts";
import type { Look, Screen } from "./screen.ts";

/** Where pictures are kept. */
export const pictures = join(root, "test-results/screens");

type Language = Required<Look>["language"];
const locales = join(root, "resources/locales");
const namespaces = readdirSync(join(locales, "en")).map((file) => file.slice(0, -5));
const catalogue = (language: Language, namespace: string): object =>
  JSON.parse(readFileSync(join(locales, language, `${namespace}.json`), "utf8")) as object;

/** A text of the product, as `account:invite.open`, without anything filled in. */
export const textOf = (language: Language, key: string): string => {
  const [namespace = "", path = ""] = key.split(":");
  const found = path
    .split(".")
    .reduce<unknown>(
      (at, name) => (at as Record<string, unknown> | undefined)?.[name],
      catalogue(language, namespace),
    );
  if (typeof found !== "string") throw new Error(`there is no text ${key}`);
  return found;
};

/** Every leaf of a catalogue as the path its key has. */
const paths = (texts: object, above = ""): string[] =>
  Object.entries(texts).flatMap(([name, value]) =>
    typeof value === "object" && value !== null
      ? paths(value, `${above}${name}.`)
      : [`${above}${name}`],
  );
const keys = namespaces.flatMap((namespace) => paths(catalogue("en", namespace)));

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
];
/** Every look a screen is held against. */
export const looks: Required<Look>[] = sizes.flatMap((size) =>
  (["light", "dark"] as const).flatMap((theme) =>
    (["en", "th"] as const).map((language) => ({ ...size, theme, language })),
  ),
);
/** A look, as it stands in the name of a picture. */
export const nameOf = ({ language, theme, width }: Required<Look>) =>
  `${language}-${theme}-${width}`;

/** Chooses a language and a theme on a device, as its profile menu does. */
export const prefer = async (
  client: Client,
  { language, theme }: Required<Look>,
): Promise<void> => {
  const open = await openCore(client);
  await open.core.preferences.save({ language, theme });
  open.close();
};

/** What is wrong with the picture, in words. */
export const faults = (screen: Screen): Promise<string[]> =>
  screen.page.evaluate((all) => {
    const found: string[] = [];
    const { documentElement: page } = document;
    if (page.scrollWidth > page.clientWidth) {
      found.push(`the page is ${page.scrollWidth - page.clientWidth} px too wide`);
    }
    const keys = new Set(all);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? "";
      const bare = text.replace(/^[a-z]+:/, "");
      if (bare.includes(".") && keys.has(bare)) found.push(`a raw key: ${text}`);
      if (/\{\{\w+\}\}/.test(text)) found.push(`a raw placeholder: ${text}`);
    }
    for (const element of document.querySelectorAll("main, main *, nav, header")) {
      const scrolls = ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
      const excess = element.scrollWidth - element.clientWidth;
      // A matrix has as many columns as there are roles: its names stay while it moves.
      const matrix = element.querySelector(":scope > [role=grid]") !== null;
      if (scrolls && excess > 1 && !matrix) {
        found.push(`scrolls sideways by ${excess} px: ${element.tagName}.${element.className}`);
      }
    }
    for (const element of document.querySelectorAll("main *, header *, nav *")) {
      const box = element.getBoundingClientRect();
      const shown = box.width > 0 && getComputedStyle(element).visibility !== "hidden";
      if (
        shown &&
        box.left >= page.clientWidth + 1 &&
        element.closest("[role=option], [role=grid]") === null
      ) {
        found.push(`out of sight: ${element.tagName} ${element.textContent?.slice(0, 40) ?? ""}`);
      }
    }
    return [...new Set(found)];
  }, keys);
