import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Act, administrators, customers } from "./harness/account-places.ts";
import type { Client } from "./harness/client.ts";
import { openCore } from "./harness/core-client.ts";
import { faults, looks, nameOf, pictures, prefer, textOf } from "./harness/pictures.ts";
import { type Look, Screen } from "./harness/screen.ts";
import { signInCore } from "./harness/sign-in.ts";
import { setStage } from "./harness/stage.ts";
import { firstWork } from "./harness/work.ts";

const stage = setStage();

beforeAll(() => mkdirSync(pictures, { recursive: true }));

/**
 * Where to go, what stands there once it has loaded, and what is opened there. No two details in a
 * row: the one before would pass for the next.
 */
type Place = readonly [name: string, path: string, sign: string, act?: Act];

/** A client with someone signed in, and what its core can tell of where to go. */
const signedIn = async (
  login: string,
  places: (core: Awaited<ReturnType<typeof openCore>>["core"]) => Promise<Place[]>,
): Promise<{ client: Client; places: Place[] }> => {
  const client = await stage.world.client();
  const open = await openCore(client);
  const page = await stage.browser.newPage();
  await page.goto(client.url);
  await signInCore(open, page, login, stage.world.password);
  await page.getByTestId("sync-status").filter({ hasText: "Up to date" }).waitFor();
  const found = await places(open.core);
  open.close();
  await page.close();
  return { client, places: found };
};

/** Goes to every place, takes its picture, and says what is wrong with any. */
const walk = async (client: Client, places: readonly Place[], look: Required<Look>) => {
  await prefer(client, look);
  const screen = await Screen.open(stage.browser, client, look);
  const { page } = screen;
  await page.locator(`html[lang=${look.language}]`).waitFor();
  const wrong: string[] = [];
  for (const [place, path, sign, act] of places) {
    await screen.go(path);
    await page.locator(sign).first().waitFor();
    await page.waitForFunction(
      () => document.querySelector("main [role=status][aria-label]") === null,
    );
    await act?.(page, (key) => textOf(look.language, key));
    await page.evaluate(() => document.fonts.ready);
    wrong.push(...(await faults(screen)).map((fault) => `${place}: ${fault}`));
    await page.screenshot({ path: join(pictures, `${place}-${nameOf(look)}.png`) });
    if (act !== undefined) await page.keyboard.press("Escape");
  }
  const dark = await page.evaluate(
    () => document.documentElement.getAttribute("data-mantine-color-scheme") === "dark",
  );
  expect(dark).toBe(look.theme === "dark");
  expect(wrong).toEqual([]);
  expect(screen.complaints).toEqual([]);
  await screen.close();
};

const coordinators = async (
  core: Awaited<ReturnType<typeof openCore>>["core"],
): Promise<Place[]> => {
  const ticket = await firstWork(core, { kinds: ["ticket"] });
  const alarm = await firstWork(core, { kinds: ["alarm"] });
  const visit = await firstWork(core, { kinds: ["visit"], statuses: ["scheduled"] });
  return [
    ["overview", "/partners", "main h1, main h2"],
    ["workload", "/partners/workload", "[role=option]"],
    ["ticket", `/partners/workload?item=ticket%3A${ticket.id}`, "article h2"],
    ["done", "/partners/workload?state=done", "[role=option]"],
    ["alarm", `/partners/workload?item=alarm%3A${alarm.id}`, "article h2"],
    ["devices", "/partners/devices", "main h1, main h2"],
    ["visit", `/partners/workload?item=visit%3A${visit.id}`, "article h2"],
    ["device", `/partners/devices/${ticket.deviceId}`, "main h2"],
    ["attention", "/attention", "main h2"],
    ["missing", "/partners/no-such-page", "main h2"],
    ["refused", "/partners/deals", "main h1"],
  ];
};

describe.each([
  ["coordinator", "nok@nera.example", coordinators],
  ["administrator", "anong@nera.example", administrators],
  ["customer", "preecha@wangnam.example", customers],
] as const)(
  "every screen of the %s, by day and night, in both languages, wide and narrow",
  (_who, login, placesOf) => {
    let client: Client;
    let places: Place[];

    beforeAll(async () => {
      ({ client, places } = await signedIn(login, placesOf));
    });

    test.each(looks.map((look) => [nameOf(look), look] as const))("[PAR-13] %s", (_name, look) =>
      walk(client, places, look),
    );
  },
);

describe("where nobody is signed in", () => {
  test("[ACC-2] the way in, with an invitation too, in each of them", async () => {
    const fresh = await stage.world.client();
    const wrong: string[] = [];
    for (const look of looks) {
      await prefer(fresh, look);
      const screen = await Screen.open(stage.browser, fresh, look);
      const { page } = screen;
      const name = nameOf(look);
      const picture = async (place: string) => {
        wrong.push(...(await faults(screen)).map((fault) => `${place} ${name}: ${fault}`));
        await page.screenshot({ path: join(pictures, `${place}-${name}.png`) });
      };
      await page.locator(`html[lang=${look.language}] main h1`).waitFor();
      await picture("sign-in");
      await page
        .getByRole("button", { name: textOf(look.language, "shell:invitation.open") })
        .click();
      await page.locator("form h1").waitFor();
      await picture("invitation");
      expect(screen.complaints).toEqual([]);
      await screen.close();
    }
    expect(wrong).toEqual([]);
  });

  test("the check itself finds a raw key, a raw placeholder and what is too wide", async () => {
    const screen = await stage.screen();
    await screen.page.locator("main h1, main h2").first().waitFor();
    await screen.page.evaluate(() => {
      const wide = document.createElement("div");
      wide.style.cssText = "position:absolute;left:0;width:3000px;height:1px";
      document.body.append("nav.overview", document.createElement("hr"), "{{count}}", wide);
    });
    const found = (await faults(screen)).join("\n");
    expect(found).toContain("a raw key: nav.overview");
    expect(found).toContain("a raw placeholder: {{count}}");
    expect(found).toContain("px too wide");
    await screen.close();
  });
});
