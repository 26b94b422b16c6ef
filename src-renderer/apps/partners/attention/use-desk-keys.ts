import { type RefObject, useState } from "react";
import { useKeys } from "../../../ui/use-keys.ts";

const steps: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** The item of a list that keys mean now, and what to tell it by focus. */
interface DeskKeys {
  current: string | null;
  onFocus: (id: string) => void;
}

/**
 * The desk's keys: j and k, or the arrows, move from change to change, Enter opens the record of the
 * one they stand on. `list` holds the items, each with its id in `data-change`.
 */
export const useDeskKeys = (
  list: RefObject<HTMLElement | null>,
  ids: readonly string[],
  open: (id: string) => void,
): DeskKeys => {
  const [current, setCurrent] = useState<string | null>(null);
  // Where it stood is remembered, so that the next one follows when it has been settled.
  const [place, setPlace] = useState(-1);
  const index = current === null ? -1 : ids.indexOf(current);

  const stand = (id: string) => {
    setCurrent(id);
    setPlace(ids.indexOf(id));
  };

  useKeys((key) => {
    const step = steps[key];
    if (step !== undefined) {
      return () => {
        const from = index >= 0 ? index : step > 0 ? place - 1 : place;
        const id = ids[Math.max(0, Math.min(ids.length - 1, from + step))];
        const item = list.current?.querySelector<HTMLElement>(`[data-change="${id}"]`);
        if (id === undefined || !item) return false;
        stand(id);
        item.focus({ preventScroll: true });
        item.scrollIntoView({ block: "nearest" });
        return true;
      };
    }
    if (key !== "Enter" || index < 0 || current === null) return undefined;
    return (event) => {
      if (event.target instanceof Element && event.target.closest("button, a, label")) return false;
      open(current);
      return true;
    };
  });

  return { current: index < 0 ? null : current, onFocus: stand };
};
