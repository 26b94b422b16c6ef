import { useThrottledCallback } from "@mantine/hooks";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { WorkRow } from "#shared/ipc/views.ts";
import classes from "./queue.module.css";
import { QueueRow, QueueRowPlaceholder, rowDomId } from "./queue-row.tsx";
import type { Queue } from "./use-queue.ts";

/** The height of a line: fixed, so that a list of any length knows where each stands. */
const rowHeight = 56;

/** What the list is told to do from outside. */
export interface QueueListHandle {
  scrollTo: (index: number) => void;
  focus: () => void;
  /** How many lines fit. */
  page: () => number;
}

/** The queue as one list of any length: only what is looked at is drawn and kept live. */
export const QueueList = ({
  queue,
  selectedId,
  done,
  startAt,
  onSelect,
  handle,
}: {
  queue: Queue;
  selectedId: string | null;
  done: boolean;
  startAt: number;
  onSelect: (row: WorkRow, index: number) => void;
  handle: RefObject<QueueListHandle | null>;
}) => {
  const { t } = useTranslation("work");
  const scroller = useRef<HTMLDivElement>(null);
  const { view, look, stale } = queue;
  const total = view.total ?? 0;
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    initialOffset: startAt * rowHeight,
  });
  const items = virtualizer.getVirtualItems();
  // Lines that scroll out lend their parts to those that scroll in: as many keys as lines drawn.
  const pool = useRef(1);
  pool.current = Math.max(pool.current, items.length);
  const first = items[0]?.index ?? startAt;
  const last = items.at(-1)?.index ?? first + 20;

  // A flick of the scrollbar passes over what nobody reads: windows open a few times a second.
  const lookAbout = useThrottledCallback(look, 80);
  useEffect(() => lookAbout(first, last), [lookAbout, first, last, look]);
  useEffect(() => {
    handle.current = {
      scrollTo: (index) => virtualizer.scrollToIndex(index, { align: "auto" }),
      focus: () => scroller.current?.focus({ preventScroll: true }),
      page: () =>
        Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 1),
    };
    return () => {
      handle.current = null;
    };
  }, [handle, virtualizer]);
  useSteadyScroll(scroller, queue, selectedId);

  const shown = selectedId !== null && view.indexOf(selectedId) >= 0;
  return (
    <div
      ref={scroller}
      className={classes.scroll}
      role="listbox"
      tabIndex={0}
      data-stale={stale || undefined}
      aria-label={t(done ? "list.doneLabel" : "list.label")}
      aria-activedescendant={shown ? rowDomId(selectedId) : undefined}
      aria-busy={stale}
    >
      <div
        className={classes.room}
        style={{ height: virtualizer.getTotalSize() }}
        role="presentation"
      >
        {items.map(({ index, start }) => {
          const row = view.row(index);
          return row === undefined ? (
            <QueueRowPlaceholder key={index % pool.current} start={start} />
          ) : (
            <QueueRow
              key={index % pool.current}
              row={row}
              index={index}
              total={total}
              start={start}
              selected={row.id === selectedId}
              done={done}
              onSelect={onSelect}
            />
          );
        })}
      </div>
    </div>
  );
};

/**
 * Keeps what someone looks at where it is when lines come and go above it: the selected line where
 * it is in sight, else the topmost. At the very top the list stays at the top, and the most urgent
 * line is always in view.
 */
const useSteadyScroll = (
  scroller: RefObject<HTMLDivElement | null>,
  { view, stale }: Queue,
  selectedId: string | null,
) => {
  const anchor = useRef<{ id: string; index: number } | null>(null);
  useEffect(() => {
    const box = scroller.current;
    if (box === null || stale) return;
    const held = anchor.current;
    const now = held === null ? -1 : view.indexOf(held.id);
    if (held !== null && now >= 0 && now !== held.index && box.scrollTop > rowHeight / 2) {
      box.scrollTop += (now - held.index) * rowHeight;
    }
    const note = () => {
      const top = Math.floor(box.scrollTop / rowHeight);
      const bottom = Math.floor((box.scrollTop + box.clientHeight) / rowHeight);
      const selected = selectedId === null ? -1 : view.indexOf(selectedId);
      const index = selected >= top && selected <= bottom ? selected : top;
      const row = view.row(index);
      anchor.current = row === undefined ? null : { id: row.id, index };
    };
    note();
    box.addEventListener("scroll", note, { passive: true });
    return () => box.removeEventListener("scroll", note);
  }, [scroller, view, stale, selectedId]);
};
