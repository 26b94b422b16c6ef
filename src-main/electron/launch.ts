import { join } from "node:path";
import { appScheme } from "./app-scheme.ts";
import { type Electron, runDesktop } from "./desktop.ts";
import { readSettings } from "./settings.ts";

/** What the program was started with. */
export interface LaunchOptions {
  argv: string[];
  settingsFile: string;
}

/** Does what must be done before Electron is ready, then runs the program. */
export const launch = (
  electron: Electron & Pick<typeof import("electron"), "dialog">,
  { argv, settingsFile }: LaunchOptions,
): void => {
  const { app } = electron;
  const fail = (sentence: string): void => {
    electron.dialog.showErrorBox("RiverSync Desktop", sentence);
    app.exit(1);
  };
  const settings = readSettings(argv, settingsFile);
  if (!settings.ok) {
    fail(settings.error);
    return;
  }
  const { data } = settings.value;
  if (data !== undefined) app.setPath("userData", join(data, "electron"));
  // One for each folder of data: two cores must never share a database.
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.enableSandbox();
  app.setAppUserModelId("com.riversync.desktop");
  electron.protocol.registerSchemesAsPrivileged([appScheme]);
  app
    .whenReady()
    .then(() => runDesktop(electron, settings.value))
    .catch((cause: unknown) => fail(`RiverSync cannot start. ${String(cause)}`));
};
