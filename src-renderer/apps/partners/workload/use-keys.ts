import { useEffect, useRef } from "react";

/**
 * The key a person meant: letters and marks by where they are on the board, so that a Thai layout
 * works the same, everything else by its name.
 */
export const keyOf = (event: Pick<KeyboardEvent, "key" | "code" | "shiftKey">): string => {
  if (event.code === "Slash") return event.shiftKey ? "?" : "/";
  if (event.key === "/" || event.key === "?") return event.key;
  if (/^[a-z]$/i.test(event.key)) return event.key.toLowerCase();
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  return letter === undefined ? event.key : letter.toLowerCase();
};

const elsewhere =
  "input, textarea, select, [contenteditable=true], [role=dialog], [role=menu], [role=combobox]";

/** Whether a key press belongs to something else: a field, a dialog, a menu. */
const belongsElsewhere = (event: KeyboardEvent): boolean =>
  event.defaultPrevented ||
  event.ctrlKey ||
  event.metaKey ||
  event.altKey ||
  document.querySelector("[role=dialog][aria-modal=true]") !== null ||
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
