import { join } from "node:path";
import type { BrowserWindow } from "electron";
import { APP_SCHEME } from "./app-origin.ts";
import { serveFolder } from "./app-scheme.ts";
import { ASK_PORT } from "./channels.ts";
import { createAnswers } from "./core-answers.ts";
import { CoreSupervisor } from "./core-supervisor.ts";
import { createIpcGate } from "./ipc-gate.ts";
import { openLog } from "./log-file.ts";
import { chooseSecretStore } from "./secret-store.ts";
import { guardAllContents, guardSession } from "./security.ts";
import type { Settings } from "./settings.ts";
import { createSystemMenus } from "./system-menus.ts";
import { watchWakeUp } from "./wake-up.ts";
import { openWindow } from "./window.ts";

/** The parts of Electron that the main process uses. */
export type Electron = Pick<
  typeof import("electron"),
  | "app"
  | "BrowserWindow"
  | "ipcMain"
  | "Menu"
  | "MessageChannelMain"
  | "nativeTheme"
  | "net"
  | "powerMonitor"
  | "protocol"
  | "safeStorage"
  | "screen"
  | "session"
  | "shell"
  | "Tray"
  | "utilityProcess"
>;

/** Runs the program, once Electron is ready and it is the only one of its kind. */
export const runDesktop = async (electron: Electron, settings: Settings): Promise<void> => {
  const { app } = electron;
  const root = app.getAppPath();
  const built = (...names: string[]) => join(root, "dist", ...names);
  const icon = (name: string) => join(root, "resources/icons", name);
  const dataFolder = join(app.getPath("userData"), "core");
  const log = openLog(join(dataFolder, "logs"), "main");
  const devTools = !app.isPackaged;
  const windows = new Set<BrowserWindow>();

  electron.protocol.handle(APP_SCHEME, serveFolder(built("renderer")));
  guardSession(electron.session.defaultSession);
  guardAllContents(app);

  const core = new CoreSupervisor({
    fork: () =>
      electron.utilityProcess.fork(built("electron/core-process.cjs"), [], {
        serviceName: "RiverSync core",
      }),
    createChannel: () => new electron.MessageChannelMain(),
    settings: {
      dataFolder,
      serverUrl: settings.server,
      issuer: settings.issuer,
      clientId: settings["client-id"],
      version: app.getVersion(),
      secretStore: await chooseSecretStore(electron.safeStorage, process.platform),
    },
    answer: createAnswers({ ...electron, issuer: settings.issuer }),
    onLanguage: (language) => menus.setLanguage(language),
    log,
  });

  const open = (): void => {
    const [shown] = windows;
    if (shown !== undefined) {
      if (shown.isMinimized()) shown.restore();
      shown.show();
      shown.focus();
      return;
    }
    const window = openWindow({
      BrowserWindow: electron.BrowserWindow,
      screens: electron.screen.getAllDisplays().map((display) => display.workArea),
      preload: built("electron/preload.cjs"),
      icon: icon("icon.png"),
      stateFile: join(app.getPath("userData"), "window.json"),
      dark: electron.nativeTheme.shouldUseDarkColors,
      devTools,
    });
    windows.add(window);
    window.once("closed", () => windows.delete(window));
  };

  const syncNow = () => core.syncNow();
  const menus = createSystemMenus(electron, {
    actions: { open, syncNow },
    icon: icon("tray.png"),
    devTools,
  });
  const isOurs = (contents: unknown) =>
    [...windows].some((window) => window.webContents === contents);
  createIpcGate({ ipcMain: electron.ipcMain, isOurs, log }).on(ASK_PORT, (page) =>
    core.connect(page),
  );
  const wakeUp = watchWakeUp({ ...electron, wake: syncNow });

  app.on("second-instance", open);
  app.on("activate", open);
  app.on("window-all-closed", () => {
    if (process.platform !== "darwin") app.quit();
  });
  let stopped = false;
  app.on("will-quit", (event) => {
    if (stopped) return;
    event.preventDefault();
    wakeUp.stop();
    void core.stop().finally(() => {
      stopped = true;
      app.quit();
    });
  });

  core.start();
  open();
};
