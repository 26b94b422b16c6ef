import { contextBridge, ipcRenderer } from "electron";
import { APP_ORIGIN } from "./app-origin.ts";
import { ASK_PORT, GIVE_PORT, PORT_MESSAGE } from "./channels.ts";

/** The part of the page's window that is used here; this folder knows no DOM otherwise. */
declare const window: {
  postMessage(message: { type: string }, targetOrigin: string, transfer: readonly object[]): void;
};

// The page is given a port to the core and nothing of Electron: neither events nor a way to send.
ipcRenderer.on(GIVE_PORT, (event) => {
  window.postMessage({ type: PORT_MESSAGE }, APP_ORIGIN, event.ports);
});

contextBridge.exposeInMainWorld("riversync", { port: () => ipcRenderer.send(ASK_PORT) });
