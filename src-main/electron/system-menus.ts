import type { Tray } from "electron";
import type { Electron } from "./desktop.ts";
import { applicationMenu, type MenuActions, trayMenu } from "./menu.ts";
import { type MenuLanguage, menuLanguage } from "./menu-labels.ts";

/** What the menus are made of. */
export interface SystemMenuOptions {
  actions: MenuActions;
  icon: string;
  devTools: boolean;
}

/** The application menu and the icon among the system's own, in the language of the product. */
export const createSystemMenus = (
  { app, Menu, Tray: TrayIcon }: Pick<Electron, "app" | "Menu" | "Tray">,
  { actions, icon, devTools }: SystemMenuOptions,
): { setLanguage(chosen: MenuLanguage | null): void } => {
  const mac = process.platform === "darwin";
  let tray: Tray | null = null;
  try {
    tray = new TrayIcon(icon);
    tray.setToolTip("RiverSync Desktop");
    tray.on("click", actions.open);
  } catch {
    // Some desktops have no place for such icons.
  }
  const setLanguage = (chosen: MenuLanguage | null): void => {
    const language = menuLanguage(chosen, app.getLocale());
    const menu = applicationMenu(language, actions, { mac, devTools });
    Menu.setApplicationMenu(Menu.buildFromTemplate(menu));
    tray?.setContextMenu(Menu.buildFromTemplate(trayMenu(language, actions)));
  };
  setLanguage(null);
  return { setLanguage };
};
