import type { Page } from "playwright";

/** When `text` is first shown in an element that `selector` finds, by the machine's clock, in the page itself. */
const textShownAt = (page: Page, selector: string, text: string): Promise<number> =>
  page.evaluate(
    ([where, what]) =>
      new Promise<number>((resolve) => {
        const look = () => {
          const found = [...document.querySelectorAll(where)].some((element) =>
            element.textContent?.includes(what),
          );
          if (!found) return;
          watcher.disconnect();
          resolve(Date.now());
        };
        const watcher = new MutationObserver(look);
        watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
        look();
      }),
    [selector, text] as const,
  );

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
  to: { page: Page; selector: string; text: string },
  act: () => Promise<void>,
): Promise<number> => {
  const [shown, sent] = await Promise.all([
    textShownAt(to.page, to.selector, to.text),
    submittedAt(from),
    act(),
  ]);
  return shown - sent;
};
