import type { Browser } from "playwright";
import { afterAll, beforeAll } from "vitest";
import { startChromium } from "./chromium.ts";
import { openCore } from "./core-client.ts";
import { type Look, Screen } from "./screen.ts";
import { signIn } from "./sign-in.ts";
import { World } from "./world.ts";

/** What a file's tests share: one server with its world, one browser, and the screens in it. */
export interface Stage {
  readonly world: World;
  readonly browser: Browser;
  /** A further client with its screen, where nobody is signed in yet. */
  screen(look?: Look, through?: string): Promise<Screen>;
  /** The same with someone signed in. */
  signedIn(login: string, look?: Look, through?: string): Promise<Screen>;
}

/** Sets the stage before a file's tests, and clears it after them. */
export const setStage = (): Stage => {
  let world: World | null = null;
  let browser: Browser | null = null;
  const there = <T>(part: T | null): T => {
    if (part === null) throw new Error("the stage is set only while tests run");
    return part;
  };
  beforeAll(async () => {
    [world, browser] = await Promise.all([World.start(), startChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
  });
  const screen: Stage["screen"] = async (look, through) =>
    Screen.open(there(browser), await there(world).client(through), look);
  return {
    get world() {
      return there(world);
    },
    get browser() {
      return there(browser);
    },
    screen,
    signedIn: async (login, look, through) => {
      const opened = await screen(look, through);
      await signIn(opened, login, there(world).password);
      return opened;
    },
  };
};

/** Speaks to the core behind a screen, then lets go of it. */
export const withCore = async <T>(
  { client }: Pick<Screen, "client">,
  use: (core: Awaited<ReturnType<typeof openCore>>["core"]) => Promise<T>,
): Promise<T> => {
  const open = await openCore(client);
  try {
    return await use(open.core);
  } finally {
    open.close();
  }
};
