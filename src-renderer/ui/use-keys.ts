import { useEffect, useRef } from "react";
import { keyOf } from "./key-of.ts";
import { isTyping } from "./typing.ts";

const elsewhere = "[role=dialog], [role=menu]";

/** Whether a key press belongs to something else: a field, a dialog, a menu. */
const belongsElsewhere = (event: KeyboardEvent): boolean =>
  event.defaultPrevented ||
  event.ctrlKey ||
  event.metaKey ||
  event.altKey ||
  isTyping(event.target) ||
  (event.target instanceof Element && event.target.closest(elsewhere) !== null);

/** What a key does; false where it did nothing and the press is left to others. */
export type KeyAction = (event: KeyboardEvent) => boolean | undefined;

/** Listens to keys anywhere on the page while mounted, except where someone types. */
export const useKeys = (act: (key: string) => KeyAction | undefined): void => {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (belongsElsewhere(event)) return;
      const action = latest.current(keyOf(event));
      if (action !== undefined && action(event) !== false) event.preventDefault();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
};
