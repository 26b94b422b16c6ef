import type { MenuItemConstructorOptions } from "electron";
import { type MenuLanguage, menuLabels } from "./menu-labels.ts";

/** What a menu can do beyond its roles. */
export interface MenuActions {
  open: () => void;
  syncNow: () => void;
}

/** The application menu. */
export const applicationMenu = (
  language: MenuLanguage,
  actions: MenuActions,
  on: { mac: boolean; devTools: boolean },
): MenuItemConstructorOptions[] => {
  const t = menuLabels[language];
  const separator: MenuItemConstructorOptions = { type: "separator" };
  const sync: MenuItemConstructorOptions = { label: t.syncNow, click: actions.syncNow };
  const tools: MenuItemConstructorOptions = { role: "toggleDevTools", label: t.tools };
  const appMenu: MenuItemConstructorOptions = { role: "appMenu" };
  return [
    ...(on.mac ? [appMenu] : []),
    {
      label: t.file,
      submenu: [
        sync,
        separator,
        { role: "close", label: t.close },
        ...(on.mac ? [] : [{ role: "quit", label: t.quit } as const]),
      ],
    },
    {
      label: t.edit,
      submenu: [
        { role: "undo", label: t.undo },
        { role: "redo", label: t.redo },
        separator,
        { role: "cut", label: t.cut },
        { role: "copy", label: t.copy },
        { role: "paste", label: t.paste },
        { role: "selectAll", label: t.selectAll },
      ],
    },
    {
      label: t.view,
      submenu: [
        { role: "reload", label: t.reload },
        ...(on.devTools ? [tools] : []),
        separator,
        { role: "resetZoom", label: t.zoomReset },
        { role: "zoomIn", label: t.zoomIn },
        { role: "zoomOut", label: t.zoomOut },
        separator,
        { role: "togglefullscreen", label: t.fullScreen },
      ],
    },
    { label: t.window, submenu: [{ role: "minimize", label: t.minimize }] },
  ];
};

/** The menu of the icon among the system's own. */
export const trayMenu = (
  language: MenuLanguage,
  actions: MenuActions,
): MenuItemConstructorOptions[] => {
  const t = menuLabels[language];
  return [
    { label: t.open, click: actions.open },
    { label: t.syncNow, click: actions.syncNow },
    { type: "separator" },
    { role: "quit", label: t.quit },
  ];
};
