import type { KeyboardEvent } from "react";
import { keyOf } from "./key-of.ts";

const steps: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

/** How far a key moves along a list: 1 down, -1 up; undefined for a key that does not move. */
export const stepOf = (event: KeyboardEvent): number | undefined => steps[keyOf(event)];

/** What a short list of links needs so that the arrows, J and K move among them. */
export const listKeys = {
  onKeyDown: (event: KeyboardEvent<HTMLElement>): void => {
    const by = stepOf(event);
    if (by === undefined) return;
    event.preventDefault();
    const links = [...event.currentTarget.querySelectorAll<HTMLElement>("a, button[data-row]")];
    const held = links.findIndex((link) => link.contains(document.activeElement));
    links[Math.min(links.length - 1, Math.max(0, held + by))]?.focus();
  },
};
