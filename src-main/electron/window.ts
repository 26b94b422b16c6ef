import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from "electron";
import { APP_PAGE } from "./app-origin.ts";
import { webPreferences } from "./security.ts";
import { readWindowState, SMALLEST, writeWindowState } from "./window-state.ts";

/** What a window is made of. */
export interface WindowOptions {
  BrowserWindow: new (options: BrowserWindowConstructorOptions) => BrowserWindow;
  screens: Rectangle[];
  preload: string;
  icon: string;
  stateFile: string;
  dark: boolean;
  devTools: boolean;
}

/** Opens the window where it last stood, and shows it once there is something to see. */
export const openWindow = (options: WindowOptions): BrowserWindow => {
  const kept = readWindowState(options.stateFile, options.screens);
  const window = new options.BrowserWindow({
    ...(kept ?? { width: 1360, height: 860 }),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title: "RiverSync Desktop",
    icon: options.icon,
    show: false,
    backgroundColor: options.dark ? "#101417" : "#ffffff",
    webPreferences: webPreferences(options.preload, options.devTools),
  });
  if (kept?.maximized) window.maximize();
  window.once("ready-to-show", () => window.show());
  window.on("close", () => {
    writeWindowState(options.stateFile, {
      ...window.getNormalBounds(),
      maximized: window.isMaximized(),
    });
  });
  void window.loadURL(APP_PAGE);
  return window;
};
