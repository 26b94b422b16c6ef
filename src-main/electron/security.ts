import type { App, Session, WebContents, WebPreferences } from "electron";
import { isAppBlob, isAppUrl } from "./app-origin.ts";

/**
 * What a page of ours may do in its process: nothing beyond the web. Most of these are Electron's
 * defaults; they are named so that a change of a default changes nothing here.
 */
export const webPreferences = (preload: string, devTools: boolean): WebPreferences => ({
  preload,
  devTools,
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  // The spelling checker fetches its dictionaries from the internet.
  spellcheck: false,
});

/** Whether a page may load `url`: our own files, what it made itself, and the developer tools. */
const mayLoad = (url: string): boolean =>
  isAppUrl(url) || isAppBlob(url) || url.startsWith("data:") || url.startsWith("devtools:");

/** Denies pages every permission, and everything that is not on this device. */
export const guardSession = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !mayLoad(url) }));
  session.on("will-download", (event, item) => {
    if (!isAppBlob(item.getURL())) event.preventDefault();
  });
};

/** Keeps a page where it is: it goes nowhere else, opens nothing, and embeds nothing. */
const guardContents = (contents: WebContents): void => {
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
  contents.on("will-frame-navigate", (event) => {
    if (!event.isMainFrame || !isAppUrl(event.url)) event.preventDefault();
  });
  contents.on("will-redirect", (event) => {
    if (!isAppUrl(event.url)) event.preventDefault();
  });
  contents.on("will-attach-webview", (event) => event.preventDefault());
};

/** Guards every page there will ever be, however it comes about. */
export const guardAllContents = (app: App): void => {
  app.on("web-contents-created", (_event, contents) => guardContents(contents));
};
