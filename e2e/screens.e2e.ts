import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { root } from "../scripts/processes.ts";
import type { Client } from "./harness/client.ts";
import { openCore } from "./harness/core-client.ts";
import { type Look, Screen } from "./harness/screen.ts";
import { signInCore } from "./harness/sign-in.ts";
import { setStage } from "./harness/stage.ts";
import { firstWork } from "./harness/work.ts";

const stage = setStage();
const pictures = join(root, "test-results/screens");
const namespaces = readdirSync(join(root, "resources/locales/en")).map((f) => f.slice(0, -5));

/** Every leaf of a catalogue as the path its key has. */
const paths = (texts: object, above = ""): string[] =>
  Object.entries(texts).flatMap(([name, value]) =>
    typeof value === "object" && value !== null
      ? paths(value, `${above}${name}.`)
      : [`${above}${name}`],
  );
const keys = new Set(
  namespaces.flatMap((ns) =>
    paths(
      JSON.parse(readFileSync(join(root, `resources/locales/en/${ns}.json`), "utf8")) as object,
    ),
  ),
);

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
];
const looks: Required<Look>[] = sizes.flatMap((size) =>
  (["light", "dark"] as const).flatMap((theme) =>
    (["en", "th"] as const).map((language) => ({ ...size, theme, language })),
  ),
);
const nameOf = ({ language, theme, width }: Required<Look>) => `${language}-${theme}-${width}`;

/** Chooses a language and a theme on a device, as its profile menu does. */
const prefer = async (client: Client, { language, theme }: Required<Look>): Promise<void> => {
  const open = await openCore(client);
  await open.core.preferences.save({ language, theme });
  open.close();
};

/** What is wrong with the picture, in words. */
const faults = (screen: Screen, known: string[]): Promise<string[]> =>
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
      if (scrolls && excess > 1) {
        found.push(`scrolls sideways by ${excess} px: ${element.tagName}.${element.className}`);
      }
    }
    for (const element of document.querySelectorAll("main *, header *, nav *")) {
      const box = element.getBoundingClientRect();
      const shown = box.width > 0 && getComputedStyle(element).visibility !== "hidden";
      if (shown && box.left >= page.clientWidth + 1 && element.closest("[role=option]") === null) {
        found.push(`out of sight: ${element.tagName} ${element.textContent?.slice(0, 40) ?? ""}`);
      }
    }
    return [...new Set(found)];
  }, known);

describe("every main screen, by day and night, in both languages, wide and narrow", () => {
  let client: Client;
  let items: Record<"ticket" | "alarm" | "visit", string>;
  let device: string;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    client = await stage.world.client();
    const open = await openCore(client);
    const page = await stage.browser.newPage();
    await page.goto(client.url);
    await signInCore(open, page, "nok@nera.example", stage.world.password);
    await page.getByTestId("sync-status").filter({ hasText: "Up to date" }).waitFor();
    const ticket = await firstWork(open.core, { kinds: ["ticket"] });
    const alarm = await firstWork(open.core, { kinds: ["alarm"] });
    const visit = await firstWork(open.core, { kinds: ["visit"], statuses: ["scheduled"] });
    items = { ticket: ticket.id, alarm: alarm.id, visit: visit.id };
    device = ticket.deviceId;
    open.close();
    await page.close();
  });

  /**
   * Where to go, and what stands there once it has loaded. No two details in a row: the one before
   * would pass for the next.
   */
  const places = (): [string, string, string][] => [
    ["overview", "/partners", "main h1, main h2"],
    ["workload", "/partners/workload", "[role=option]"],
    ["ticket", `/partners/workload?item=ticket%3A${items.ticket}`, "article h2"],
    ["done", "/partners/workload?state=done", "[role=option]"],
    ["alarm", `/partners/workload?item=alarm%3A${items.alarm}`, "article h2"],
    ["devices", "/partners/devices", "main h1, main h2"],
    ["visit", `/partners/workload?item=visit%3A${items.visit}`, "article h2"],
    ["device", `/partners/devices/${device}`, "main h2"],
    ["attention", "/attention", "main h2"],
    ["missing", "/partners/no-such-page", "main h2"],
    ["refused", "/partners/deals", "main h1"],
  ];

  test.each(looks.map((look) => [nameOf(look), look] as const))(
    "[PAR-13] %s",
    async (name, look) => {
      await prefer(client, look);
      const screen = await Screen.open(stage.browser, client, look);
      const { page } = screen;
      await page.locator(`html[lang=${look.language}]`).waitFor();
      const wrong: string[] = [];
      for (const [place, path, sign] of places()) {
        await screen.go(path);
        await page.locator(sign).first().waitFor();
        await page.waitForFunction(
          () => document.querySelector("main [role=status][aria-label]") === null,
        );
        await page.evaluate(() => document.fonts.ready);
        wrong.push(...(await faults(screen, [...keys])).map((fault) => `${place}: ${fault}`));
        await page.screenshot({ path: join(pictures, `${place}-${name}.png`) });
      }
      const dark = await page.evaluate(
        () => document.documentElement.getAttribute("data-mantine-color-scheme") === "dark",
      );
      expect(dark).toBe(look.theme === "dark");
      expect(wrong).toEqual([]);
      expect(screen.complaints).toEqual([]);
      await screen.close();
    },
  );

  test("the way in, in each of them", async () => {
    const fresh = await stage.world.client();
    const wrong: string[] = [];
    for (const look of looks) {
      await prefer(fresh, look);
      const screen = await Screen.open(stage.browser, fresh, look);
      await screen.page.locator(`html[lang=${look.language}] main h1`).waitFor();
      const name = nameOf(look);
      wrong.push(...(await faults(screen, [...keys])).map((fault) => `${name}: ${fault}`));
      await screen.page.screenshot({ path: join(pictures, `sign-in-${name}.png`) });
      expect(screen.complaints).toEqual([]);
      await screen.close();
    }
    expect(wrong).toEqual([]);
  });

  test("the check itself finds a raw key, a raw placeholder and what is too wide", async () => {
    const screen = await Screen.open(stage.browser, client);
    await screen.page.locator("main h1, main h2").first().waitFor();
    await screen.page.evaluate(() => {
      const wide = document.createElement("div");
      wide.style.cssText = "position:absolute;left:0;width:3000px;height:1px";
      document.body.append("nav.overview", document.createElement("hr"), "{{count}}", wide);
    });
    const found = (await faults(screen, [...keys])).join("\n");
    expect(found).toContain("a raw key: nav.overview");
    expect(found).toContain("a raw placeholder: {{count}}");
    expect(found).toContain("px too wide");
    await screen.close();
  });
});
