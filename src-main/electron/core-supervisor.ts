import type { MessageChannelMain, UtilityProcess, WebContents } from "electron";
import type { Logger } from "pino";
import { isAppUrl } from "./app-origin.ts";
import { GIVE_PORT } from "./channels.ts";
import {
  type Answer,
  type Ask,
  type CoreSettings,
  FromCore,
  type ToCore,
} from "./core-messages.ts";

/** This many restarts within {@link SPAN}; after that the core rests until a page asks again. */
const RESTARTS = 5;
const SPAN = 60_000;

/** The core may be in the middle of a write. */
const STOP_WITHIN = 5_000;

/** What the supervisor works with. */
export interface SupervisorOptions {
  fork: () => UtilityProcess;
  createChannel: () => MessageChannelMain;
  settings: CoreSettings;
  answer: (ask: Ask) => Promise<Answer>;
  onLanguage: (language: "en" | "th" | null) => void;
  log: Logger;
}

/** "resting": it died too often, and is started again only when a page asks for it. */
type State = "off" | "starting" | "up" | "restarting" | "resting" | "ending";

/** Keeps the core running, and every page in touch with it. */
export class CoreSupervisor {
  readonly #options: SupervisorOptions;
  /** The pages that have asked for the core. */
  readonly #pages = new Set<WebContents>();
  #child: UtilityProcess | null = null;
  #state: State = "off";
  #deaths: number[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  get state(): State {
    return this.#state;
  }

  /** Starts the core. */
  start(): void {
    const child = this.#options.fork();
    this.#child = child;
    this.#state = "starting";
    child.once("spawn", () => {
      if (this.#state !== "starting") return;
      this.#state = "up";
      this.#post({ type: "start", settings: this.#options.settings });
      for (const page of this.#pages) this.#hand(page);
    });
    child.on("message", (message: unknown) => void this.#heard(child, message));
    child.once("exit", (code) => this.#died(code));
  }

  /** Gives `page` a port of its own to the core: at once, or as soon as the core is there. */
  connect(page: WebContents): void {
    if (!this.#pages.has(page)) {
      this.#pages.add(page);
      page.once("destroyed", () => this.#pages.delete(page));
    }
    if (this.#state === "up") this.#hand(page);
    if (this.#state === "resting" && this.#mayRestart()) this.start();
  }

  /** Asks for a round of sync now; nothing happens where no core runs. */
  syncNow(): void {
    if (this.#state === "up") this.#post({ type: "sync-now" });
  }

  /** Stops the core for good; resolves when it is gone. */
  async stop(): Promise<void> {
    const child = this.#child;
    const before = this.#state;
    this.#state = "ending";
    clearTimeout(this.#timer);
    if (child === null) return;
    const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    if (before === "up") this.#post({ type: "stop" });
    else if (before === "starting") child.kill();
    const late = setTimeout(() => {
      this.#options.log.warn("the core did not stop in time");
      child.kill();
    }, STOP_WITHIN);
    await gone;
    clearTimeout(late);
  }

  #post(message: ToCore): void {
    this.#child?.postMessage(message);
  }

  #hand(page: WebContents): void {
    if (page.isDestroyed() || !isAppUrl(page.getURL())) return;
    const { port1, port2 } = this.#options.createChannel();
    const message: ToCore = { type: "port" };
    this.#child?.postMessage(message, [port1]);
    page.postMessage(GIVE_PORT, null, [port2]);
  }

  async #heard(child: UtilityProcess, raw: unknown): Promise<void> {
    const parsed = FromCore.safeParse(raw);
    if (!parsed.success) {
      this.#options.log.warn("a message from the core was not understood");
      return;
    }
    const message = parsed.data;
    if (message.type === "language") return this.#options.onLanguage(message.language);
    const answer = await this.#options.answer(message.ask);
    // Only to the one who asked: its successor has questions of its own, under the same numbers.
    if (this.#child === child) this.#post({ type: "answer", id: message.id, answer });
  }

  #died(code: number): void {
    this.#child = null;
    if (this.#state === "ending") return;
    this.#deaths.push(Date.now());
    const recent = this.#recentDeaths();
    this.#options.log.error({ code, recent }, "the core ended by itself");
    if (!this.#mayRestart()) {
      this.#state = "resting";
      return;
    }
    this.#state = "restarting";
    this.#timer = setTimeout(() => this.start(), 100 * 2 ** (recent - 1));
  }

  #recentDeaths(): number {
    this.#deaths = this.#deaths.filter((at) => Date.now() - at < SPAN);
    return this.#deaths.length;
  }

  #mayRestart(): boolean {
    return this.#recentDeaths() <= RESTARTS;
  }
}
