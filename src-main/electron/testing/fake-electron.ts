import { EventEmitter } from "node:events";
import { join } from "node:path";
import type { App, CustomScheme, MenuItemConstructorOptions, SafeStorage } from "electron";
import type { Electron } from "../desktop.ts";
import { type FakeContents, type FakeFrame, FakeSession, FakeWindow } from "./fake-page.ts";
import { FakeChannel, FakeChild, type Program } from "./fake-ports.ts";

/** Electron as {@link launch} takes it. */
type Launched = Electron & Pick<typeof import("electron"), "dialog">;

type AppMethods =
  | "getAppPath"
  | "getVersion"
  | "getLocale"
  | "requestSingleInstanceLock"
  | "enableSandbox"
  | "setAppUserModelId"
  | "whenReady"
  | "quit"
  | "exit";

class FakeApp extends EventEmitter implements Pick<App, AppMethods | "isPackaged"> {
  isPackaged = true;
  only = true;
  sandboxed = false;
  /** Set once the program has ended, with its code. */
  ended: number | null = null;
  locale = "en-GB";
  readonly paths: Record<string, string>;

  constructor(folder: string) {
    super();
    this.paths = { userData: join(folder, "user-data") };
  }

  getAppPath = () => join(import.meta.dirname, "../../..");
  getVersion = () => "1.2.3";
  getLocale = () => this.locale;
  getPath = (name: string) => this.paths[name] ?? "";
  requestSingleInstanceLock = () => this.only;
  enableSandbox = () => {
    this.sandboxed = true;
  };
  setAppUserModelId = () => undefined;
  whenReady = async () => undefined;
  exit = (code = 0) => {
    this.ended = code;
  };
  setPath = (name: string, path: string) => {
    this.paths[name] = path;
  };

  quit(): void {
    let prevented = false;
    const preventDefault = () => {
      prevented = true;
    };
    this.emit("will-quit", { preventDefault });
    if (!prevented) this.exit(0);
  }
}

/** A keystore whose secrets are no longer readable by eye, and which can be switched off. */
class FakeKeystore
  implements
    Pick<
      SafeStorage,
      | "encryptStringAsync"
      | "decryptStringAsync"
      | "isAsyncEncryptionAvailable"
      | "getSelectedStorageBackend"
    >
{
  available = true;
  backend: ReturnType<SafeStorage["getSelectedStorageBackend"]> = "gnome_libsecret";

  isAsyncEncryptionAvailable = async () => this.available;
  getSelectedStorageBackend = () => this.backend;
  encryptStringAsync = async (text: string) => {
    if (!this.available) throw new TypeError("locked");
    return Buffer.from(text).map((byte) => byte ^ 0x5a) as Buffer;
  };
  decryptStringAsync = async (sealed: Buffer) => {
    if (!this.available) throw new TypeError("locked");
    const result = Buffer.from(sealed.map((byte) => byte ^ 0x5a)).toString("utf8");
    return { shouldReEncrypt: false, result };
  };
}

/**
 * The one stand-in for Electron. Its parts implement the signatures of the real declarations; what
 * Chromium does with them is not shown by it. `program` runs in every forked process.
 */
export const createFakeElectron = (folder: string, program?: Program) => {
  const app = new FakeApp(folder);
  const windows: FakeWindow[] = [];
  const children: FakeChild[] = [];
  const schemes: CustomScheme[] = [];
  const handlers = new Map<string, (request: Request) => Promise<Response>>();
  const opened: string[] = [];
  const errors: string[] = [];
  const menus: MenuItemConstructorOptions[][] = [];
  const ipcMain = new EventEmitter();
  const safeStorage = new FakeKeystore();
  const powerMonitor = new EventEmitter();
  const defaultSession = new FakeSession();
  const network = { online: true };

  const parts = {
    app,
    ipcMain,
    safeStorage,
    powerMonitor,
    MessageChannelMain: FakeChannel,
    BrowserWindow: class extends FakeWindow {
      constructor(options: ConstructorParameters<typeof FakeWindow>[0]) {
        super(options);
        windows.push(this);
        app.emit("web-contents-created", {}, this.webContents);
      }
    },
    Menu: {
      buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
      setApplicationMenu: (menu: MenuItemConstructorOptions[]) => void menus.push(menu),
    },
    Tray: class extends EventEmitter {
      setToolTip = () => undefined;
      setContextMenu = () => undefined;
    },
    nativeTheme: { shouldUseDarkColors: false },
    net: { isOnline: () => network.online },
    protocol: {
      registerSchemesAsPrivileged: (given: CustomScheme[]) => void schemes.push(...given),
      handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
        void handlers.set(scheme, handler),
    },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
    session: { defaultSession },
    shell: { openExternal: async (url: string) => void opened.push(url) },
    dialog: { showErrorBox: (_title: string, text: string) => void errors.push(text) },
    utilityProcess: {
      fork: () => {
        const child = new FakeChild(program);
        children.push(child);
        queueMicrotask(() => child.emit("spawn"));
        return child;
      },
    },
  } satisfies Record<keyof Launched, unknown>;

  return {
    // The parts lack what the program does not use.
    electron: parts as unknown as Launched,
    ...{ app, windows, children, schemes, handlers, opened, errors, menus, safeStorage },
    ...{ powerMonitor, defaultSession, network },
    /** A page sends on `channel`, from its main frame unless told otherwise. */
    send: (
      contents: FakeContents,
      channel: string,
      senderFrame: FakeFrame | null = contents.frame,
    ) => ipcMain.emit(channel, { sender: contents, senderFrame }),
  };
};
