import type { Page } from "playwright";
import type { OpenCore } from "./core-client.ts";
import type { Screen } from "./screen.ts";

/** Fills the identity provider's form, as it is in English. */
export const fillSignIn = async (page: Page, login: string, password: string): Promise<void> => {
  await page.getByLabel("Email or user name").fill(login);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
};

/** Signs someone in through the real pages and waits for whatever the app shows them. */
export const signIn = async (screen: Screen, login: string, password: string): Promise<void> => {
  const { page, client } = screen;
  await page.getByRole("button", { name: "Sign in with RiverSync ID" }).click();
  await fillSignIn(page, login, password);
  await page.waitForURL((url) => url.origin === client.origin);
};

/** The same for a core without a screen: only the provider's pages are seen. */
export const signInCore = async (
  { core }: OpenCore,
  page: Page,
  login: string,
  password: string,
): Promise<void> => {
  const begun = await core.session.signIn({ language: "en" });
  if (!begun.ok) throw new Error(begun.error.code);
  await page.goto(begun.value.url);
  await fillSignIn(page, login, password);
  await page.waitForURL((url) => url.pathname === "/" && !url.search.includes("code="));
};
