import { EventEmitter } from "node:events";
import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Session,
  WebContents,
  WebFrameMain,
  WindowOpenHandlerResponse,
} from "electron";
import { APP_ORIGIN } from "../app-origin.ts";
import type { FakePort } from "./fake-ports.ts";

/** A frame, as a message says where it comes from. */
export type FakeFrame = Pick<WebFrameMain, "url" | "origin"> & { parent: object | null };

/** The contents of a window. */
export class FakeContents
  extends EventEmitter
  implements Pick<WebContents, "getURL" | "isDestroyed" | "postMessage">
{
  url = "";
  destroyed = false;
  readonly posted: { channel: string; ports: FakePort[] }[] = [];
  openHandler: ((details: { url: string }) => WindowOpenHandlerResponse) | null = null;

  getURL(): string {
    return this.url;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  postMessage(channel: string, _message: unknown, ports: unknown[] = []): void {
    this.posted.push({ channel, ports: ports as FakePort[] });
  }

  setWindowOpenHandler(handler: (details: { url: string }) => WindowOpenHandlerResponse): void {
    this.openHandler = handler;
  }

  /** Its main frame, where it stands at our page. */
  get frame(): FakeFrame {
    return { url: this.url, origin: APP_ORIGIN, parent: null };
  }
}

type WindowMethods = Pick<
  BrowserWindow,
  "show" | "focus" | "maximize" | "isMaximized" | "isMinimized" | "restore" | "getNormalBounds"
>;

/** A window that remembers what it was made with. */
export class FakeWindow extends EventEmitter implements WindowMethods {
  readonly webContents = new FakeContents();
  readonly options: BrowserWindowConstructorOptions;
  visible = false;
  focused = 0;
  minimized = false;
  maximized = false;

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
  }

  async loadURL(url: string): Promise<void> {
    this.webContents.url = url;
  }

  show(): void {
    this.visible = true;
  }

  focus(): void {
    this.focused += 1;
  }

  maximize(): void {
    this.maximized = true;
  }

  isMaximized(): boolean {
    return this.maximized;
  }

  isMinimized(): boolean {
    return this.minimized;
  }

  restore(): void {
    this.minimized = false;
  }

  getNormalBounds() {
    const { x = 10, y = 20, width = 0, height = 0 } = this.options;
    return { x, y, width, height };
  }

  /** A person closes it. */
  close(): void {
    this.emit("close");
    this.webContents.destroyed = true;
    this.webContents.emit("destroyed");
    this.emit("closed");
  }
}

type Guard<Name extends keyof Session> = Session[Name] extends (handler: infer H) => void
  ? NonNullable<H>
  : never;

/** A session that remembers its guards. */
export class FakeSession extends EventEmitter {
  permissionRequest: Guard<"setPermissionRequestHandler"> | null = null;
  permissionCheck: Guard<"setPermissionCheckHandler"> | null = null;
  devicePermission: Guard<"setDevicePermissionHandler"> | null = null;
  beforeRequest:
    | ((details: { url: string }, answer: (answer: { cancel: boolean }) => void) => void)
    | null = null;

  readonly webRequest = {
    onBeforeRequest: (listener: NonNullable<FakeSession["beforeRequest"]>) => {
      this.beforeRequest = listener;
    },
  };

  setPermissionRequestHandler(handler: Guard<"setPermissionRequestHandler">): void {
    this.permissionRequest = handler;
  }

  setPermissionCheckHandler(handler: Guard<"setPermissionCheckHandler">): void {
    this.permissionCheck = handler;
  }

  setDevicePermissionHandler(handler: Guard<"setDevicePermissionHandler">): void {
    this.devicePermission = handler;
  }

  /** Whether a page of this session may load `url`. */
  loads(url: string): boolean {
    let cancelled = false;
    this.beforeRequest?.({ url }, ({ cancel }) => {
      cancelled = cancel;
    });
    return !cancelled;
  }
}
