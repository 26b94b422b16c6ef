import { type RefObject, useEffect, useRef } from "react";
import { type KeyAction, useKeys } from "../../../ui/use-keys.ts";
import type { QueueListHandle } from "./queue/queue-list.tsx";
import { moveOf } from "./queue/selection.ts";
import type { Queue } from "./queue/use-queue.ts";
import type { ItemRef } from "./work-search.ts";

interface Around {
  queue: Queue;
  item: ItemRef | null;
  select: (item: ItemRef) => void;
  list: RefObject<QueueListHandle | null>;
  search: RefObject<HTMLInputElement | null>;
  pane: RefObject<HTMLElement | null>;
  close: () => void;
}

const scrolls = new Set(["ArrowDown", "ArrowUp", "PageDown", "PageUp", "Home", "End"]);

/** The workload's own keys: moving through the list, into the detail and back, search. */
export const useQueueKeys = (around: Around): void => {
  const { queue, item, list, search, pane } = around;
  const lastIndex = useRef(-1);
  /** A line the selection is on its way to, that has not arrived yet. */
  const wanted = useRef<number | null>(null);
  const index = item === null ? -1 : queue.view.indexOf(item.id);
  useEffect(() => {
    if (index >= 0) lastIndex.current = index;
  }, [index]);

  const goTo = (to: number) => {
    const row = queue.view.row(to);
    list.current?.scrollTo(to);
    list.current?.focus();
    wanted.current = row === undefined ? to : null;
    if (row !== undefined) around.select({ kind: row.kind, id: row.id });
  };
  useEffect(() => {
    const row = wanted.current === null ? undefined : queue.view.row(wanted.current);
    if (row === undefined) return;
    wanted.current = null;
    around.select({ kind: row.kind, id: row.id });
  });

  const inPane = (event: KeyboardEvent) =>
    event.target instanceof Node && pane.current?.contains(event.target) === true;
  const onButton = (event: KeyboardEvent) =>
    event.target instanceof Element && event.target.closest("button, a, label") !== null;

  useKeys((key): KeyAction | undefined => {
    switch (key) {
      case "/":
        return () => {
          search.current?.focus();
          search.current?.select();
          return true;
        };
      case "Enter":
        return (event) => {
          if (onButton(event) || inPane(event)) return false;
          if (item === null) goTo(Math.max(0, lastIndex.current));
          pane.current?.focus({ preventScroll: true });
          return true;
        };
      case "Escape":
        return (event) => {
          if (item === null) return false;
          const narrow = list.current === null;
          if (inPane(event) && !narrow) list.current?.focus();
          else around.close();
          return true;
        };
      default:
        return (event) => {
          if (scrolls.has(key) && inPane(event)) return false;
          const to = moveOf(key, {
            index,
            lastIndex: lastIndex.current,
            total: queue.view.total ?? 0,
            page: list.current?.page() ?? 10,
          });
          if (to === null) return false;
          goTo(to);
          return true;
        };
    }
  });
};
