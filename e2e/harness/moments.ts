import type { Page } from "playwright";

/** A text in the elements of a page that a selector finds. */
export interface Shown {
  page: Page;
  selector: string;
  text: string;
}

/** When a text is there, or no longer there, for the first time, by the machine's clock, in the page itself. */
const momentOf = ({ page, selector, text }: Shown, there: boolean): Promise<number> =>
  page.evaluate(
    ([where, what, wanted]) =>
      new Promise<number>((resolve) => {
        const look = () => {
          const found = [...document.querySelectorAll(where)].some((element) =>
            element.textContent?.includes(what),
          );
          if (found !== wanted) return;
          watcher.disconnect();
          resolve(Date.now());
        };
        const watcher = new MutationObserver(look);
        watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
        look();
      }),
    [selector, text, there] as const,
  );

/** When a text is first shown. */
export const shownAt = (what: Shown): Promise<number> => momentOf(what, true);

/** When a text is first shown no longer. */
export const goneAt = (what: Shown): Promise<number> => momentOf(what, false);

/** When the next form of the page is sent, by the machine's clock. */
const submittedAt = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        document.addEventListener("submit", () => resolve(Date.now()), {
          capture: true,
          once: true,
        });
      }),
  );

/** How long it takes, ms, from the form that `act` sends on one page until its text is on another. */
export const delayUntilShown = async (
  from: Page,
  to: Shown,
  act: () => Promise<void>,
): Promise<number> => {
  const [shown, sent] = await Promise.all([shownAt(to), submittedAt(from), act()]);
  return shown - sent;
};
