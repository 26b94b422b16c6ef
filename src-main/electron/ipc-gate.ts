import type { IpcMain, IpcMainEvent, WebContents } from "electron";
import type { Logger } from "pino";
import { APP_ORIGIN, isAppUrl } from "./app-origin.ts";
import { type ChannelFromPage, channelsFromPages } from "./channels.ts";

/** Who may send: whether a page sits in a window of ours. */
export interface IpcGateOptions {
  ipcMain: Pick<IpcMain, "on">;
  isOurs: (contents: WebContents) => boolean;
  log: Logger;
}

type Refusal =
  | "unknown-channel"
  | "no-frame"
  | "not-main-frame"
  | "foreign-origin"
  | "foreign-window";

/**
 * The one way in for messages from pages. A message passes by its channel, its origin, its frame,
 * which must be the main one, and its window; what comes with it is never looked at.
 */
export const createIpcGate = ({ ipcMain, isOurs, log }: IpcGateOptions) => {
  const refusal = (channel: string, event: IpcMainEvent): Refusal | null => {
    if (!channelsFromPages.some((known) => known === channel)) return "unknown-channel";
    const frame = event.senderFrame;
    if (frame === null) return "no-frame";
    if (frame.parent !== null) return "not-main-frame";
    if (frame.origin !== APP_ORIGIN || !isAppUrl(frame.url)) return "foreign-origin";
    return isOurs(event.sender) ? null : "foreign-window";
  };

  return {
    on: (channel: ChannelFromPage, handle: (contents: WebContents) => void): void => {
      ipcMain.on(channel, (event) => {
        const reason = refusal(channel, event);
        if (reason === null) handle(event.sender);
        else log.warn({ channel, reason }, "a message from a page was refused");
      });
    },
  };
};
