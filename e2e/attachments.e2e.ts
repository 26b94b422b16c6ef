import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { root } from "../scripts/processes.ts";
import { openCore } from "./harness/core-client.ts";
import type { Screen } from "./harness/screen.ts";
import { setStage, withCore } from "./harness/stage.ts";
import { firstWork } from "./harness/work.ts";

const stage = setStage();
const pictures = join(root, "test-results/screens");

/** A picture as a camera would make it, drawn by the browser: a nameplate with noise behind it. */
const photograph = (screen: Screen, title: string, hue: number): Promise<string> =>
  screen.page.evaluate(
    ({ title, hue }) => {
      const canvas = document.createElement("canvas");
      canvas.width = 1600;
      canvas.height = 1200;
      const draw = canvas.getContext("2d");
      if (draw === null) throw new Error("no canvas");
      for (let y = 0; y < 1200; y += 8) {
        for (let x = 0; x < 1600; x += 8) {
          draw.fillStyle = `hsl(${hue} ${20 + Math.random() * 20}% ${30 + Math.random() * 25}%)`;
          draw.fillRect(x, y, 8, 8);
        }
      }
      draw.fillStyle = "#e8e4d8";
      draw.fillRect(300, 320, 1000, 560);
      draw.fillStyle = "#222";
      draw.font = "bold 96px sans-serif";
      draw.fillText(title, 380, 520);
      draw.font = "64px monospace";
      draw.fillText("S/N 4471-0932", 380, 660);
      draw.fillText("400 V  50 Hz", 380, 770);
      return canvas.toDataURL("image/jpeg", 0.92).split(",")[1] ?? "";
    },
    { title, hue },
  );

describe("[S13] a photo taken on site, in a real browser", () => {
  let screen: Screen;
  let visit: string;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    screen = await stage.signedIn("somchai@nera.example");
    await screen.says("Up to date");
    visit = await withCore(screen, async (core) => {
      const row = await firstWork(core, { kinds: ["visit"], assignees: ["me"] });
      return row.id;
    });
    await screen.work("visit", visit);
    await screen.detail.getByRole("heading", { level: 2 }).waitFor();
  });

  const section = (on: Screen) => on.page.getByRole("region", { name: /^(Attachments|ไฟล์แนบ)$/ });
  const shoot = async (on: Screen, name: string) => {
    await on.page.evaluate(() => document.fonts.ready);
    await on.page.screenshot({ path: join(pictures, `attachments-${name}.png`) });
  };
  const add = async (title: string, hue: number, caption: string) => {
    const buffer = Buffer.from(await photograph(screen, title, hue), "base64");
    const file = { name: `${title}.jpg`, mimeType: "image/jpeg", buffer };
    await section(screen).locator("input[type=file][multiple]").setInputFiles(file);
    await section(screen).getByRole("textbox").first().fill(caption);
  };

  test("is chosen, described, attached, sent, and seen whole on another device", async () => {
    await section(screen).scrollIntoViewIfNeeded();
    await shoot(screen, "empty");
    await add("PUMP HP-75", 190, "Nameplate of the pump");
    await section(screen).scrollIntoViewIfNeeded();
    await shoot(screen, "adding");
    await section(screen)
      .getByRole("button", { name: /Attach 1 file/ })
      .click();
    await section(screen)
      .getByRole("button", { name: /Open Nameplate/ })
      .filter({ hasText: "Sent" })
      .waitFor();

    const office = await stage.signedIn("nok@nera.example");
    await office.says("Up to date");
    await office.work("visit", visit);
    const tile = section(office).getByRole("button", { name: /Open Nameplate/ });
    await tile.locator("img").waitFor();
    await tile.click();
    const picture = office.page
      .getByRole("dialog")
      .getByRole("img", { name: "Nameplate of the pump" });
    await expect
      .poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth))
      .toBe(1600);
    await shoot(office, "viewer");
    expect(office.complaints).toEqual([]);
    await office.close();
  });

  test("without a server it is kept, also over a kill of the client, and sent afterwards", async () => {
    await stage.world.server.stop();
    await screen.says(/Offline/);
    await add("VALVE", 20, "Valve, leaking");
    await section(screen)
      .getByRole("button", { name: /Attach 1 file/ })
      .click();
    const tile = section(screen).getByRole("button", { name: /Open Valve/ });
    await tile.filter({ hasText: "Waiting to be sent" }).waitFor();
    await screen.client.service.kill();
    await screen.client.start();
    await tile.filter({ hasText: "Waiting to be sent" }).waitFor();
    await section(screen).scrollIntoViewIfNeeded();
    await shoot(screen, "waiting");
    await stage.world.server.start();
    await tile.filter({ hasText: "Sent" }).waitFor();
  });

  test.each([
    ["dark-th", { language: "th", theme: "dark", width: 1440, height: 900 }],
    ["light-th-narrow", { language: "th", theme: "light", width: 760, height: 900 }],
    ["dark-en-narrow", { language: "en", theme: "dark", width: 760, height: 900 }],
  ] as const)("looks right: %s", async (name, look) => {
    const open = await openCore(screen.client);
    await open.core.preferences.save({ language: look.language, theme: look.theme });
    open.close();
    await screen.page.setViewportSize(look);
    await screen.page.locator(`html[lang=${look.language}]`).waitFor();
    await section(screen).scrollIntoViewIfNeeded();
    await shoot(screen, name);
    await section(screen).getByRole("listitem").first().getByRole("button").click();
    await screen.page.getByRole("dialog").getByRole("img").first().waitFor();
    await shoot(screen, `viewer-${name}`);
    await screen.page.keyboard.press("Escape");
    const wide = await screen.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wide).toBeLessThanOrEqual(0);
  });
});
