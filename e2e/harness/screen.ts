import type { Browser, BrowserContext, Locator, Page } from "playwright";
import type { Client } from "./client.ts";

/** How a screen differs from an English one on a laptop, by day. */
export interface Look {
  language?: "en" | "th";
  theme?: "light" | "dark";
  width?: number;
  height?: number;
}

/** A browser at a client's device, with cookies of its own. */
export class Screen {
  readonly page: Page;
  readonly client: Client;
  readonly context: BrowserContext;
  /** What the page complained of, apart from the loss of its host. */
  readonly complaints: string[] = [];

  private constructor(context: BrowserContext, page: Page, client: Client) {
    this.context = context;
    this.page = page;
    this.client = client;
    page.on("pageerror", (error) => this.complaints.push(error.message));
    page.on("console", (message) => {
      const lost = message.text().includes("WebSocket connection to");
      if (message.type() === "error" && !lost) this.complaints.push(message.text());
    });
  }

  /** Opens the client with the address it printed. */
  static async open(browser: Browser, client: Client, look: Look = {}): Promise<Screen> {
    const context = await browser.newContext({
      locale: look.language === "th" ? "th-TH" : "en-GB",
      timezoneId: "Asia/Bangkok",
      colorScheme: look.theme ?? "light",
      viewport: { width: look.width ?? 1440, height: look.height ?? 900 },
      reducedMotion: "reduce",
    });
    context.setDefaultTimeout(20_000);
    const screen = new Screen(context, await context.newPage(), client);
    await screen.page.goto(client.url);
    return screen;
  }

  /** The one quiet place where sync is said. */
  get status(): Locator {
    return this.page.getByTestId("sync-status");
  }

  /** Waits until sync is said so. */
  async says(words: string | RegExp): Promise<void> {
    await this.status.filter({ hasText: words }).waitFor();
  }

  /** Goes to a page of the app by its address, without loading the app anew. */
  async go(path: string): Promise<void> {
    await this.page.evaluate((hash) => {
      location.hash = hash;
    }, path);
  }

  /** The sidebar. */
  get menu(): Locator {
    return this.page.getByRole("navigation");
  }

  /** Goes to a piece of work. */
  work(kind: "ticket" | "alarm" | "visit", id: string): Promise<void> {
    return this.go(`/partners/workload?item=${encodeURIComponent(`${kind}:${id}`)}`);
  }

  /** The detail of the selected piece of work. */
  get detail(): Locator {
    return this.page.getByRole("article");
  }

  /** An action of the detail. */
  action(name: string): Locator {
    return this.detail.getByRole("toolbar").getByRole("button", { name });
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
