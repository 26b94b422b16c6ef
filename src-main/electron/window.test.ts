import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createFakeElectron } from "./testing/fake-electron.ts";
import { testFolder } from "./testing/quiet.ts";
import { openWindow } from "./window.ts";
import { readWindowState } from "./window-state.ts";

const screen = { x: 0, y: 0, width: 1920, height: 1080 };

const setUp = () => {
  const folder = testFolder();
  const stateFile = join(folder, "window.json");
  const { electron, windows } = createFakeElectron(folder);
  const open = (screens = [screen]) => {
    openWindow({
      BrowserWindow: electron.BrowserWindow,
      ...{ screens, stateFile, preload: "/p.cjs", icon: "/i.png", dark: true, devTools: false },
    });
    const window = windows.at(-1);
    if (window === undefined) throw new Error("no window");
    return window;
  };
  return { open, stateFile };
};

describe("the window", () => {
  it("is shown once there is something to see", () => {
    const window = setUp().open();
    expect(window.options.show).toBe(false);
    expect(window.visible).toBe(false);
    window.emit("ready-to-show");
    expect(window.visible).toBe(true);
  });

  it("opens where it was closed, maximised if it was", () => {
    const { open } = setUp();
    const first = open();
    Object.assign(first.options, { x: 200, y: 150, width: 1000, height: 700 });
    first.maximize();
    first.close();
    const second = open();
    expect(second.options).toMatchObject({ x: 200, y: 150, width: 1000, height: 700 });
    expect(second.maximized).toBe(true);
  });

  it("opens in sight when the screen it stood on is gone, or what was kept is damaged", () => {
    const { open, stateFile } = setUp();
    const first = open();
    Object.assign(first.options, { x: 2500, y: 100, width: 1000, height: 700 });
    first.close();
    expect(readWindowState(stateFile, [screen, { ...screen, x: 1920 }])).not.toBeNull();
    expect(open().options).not.toHaveProperty("x");
    writeFileSync(stateFile, '{"x": "left"');
    expect(open().options).not.toHaveProperty("x");
  });
});
