import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { stepOf } from "./list-keys.ts";
import { ListRow, type Row } from "./list-row.tsx";
import classes from "./table-list.module.css";

/** Of table-list.module.css too. */
const rowHeight = 52;

/**
 * A long list of links in columns, of which only what is in sight is drawn. The arrows, J and K move
 * among its rows. `className` sets `--columns` for the head and the rows, and by container queries
 * what becomes of `[data-head]`, `[data-index]` (a row) and the cells where there is less room.
 */
export const TableList = ({
  label,
  className,
  columns,
  head,
  count,
  setSize = count,
  row,
  onSight,
  after,
}: {
  label: string;
  className: string | undefined;
  /** A template that only the data knows, in the place of the one `className` sets. */
  columns?: string;
  /** The names of the columns, a `span` each; none where the cells speak for themselves. */
  head?: ReactNode;
  count: number;
  /** How many rows there are in all, -1 where that is not known. */
  setSize?: number;
  /** The row at a place from 0; null while it is not here yet. */
  row: (index: number) => Row | null;
  /** Told which places are drawn, whenever they change. */
  onSight?: (first: number, last: number) => void;
  /** What stands under the last row. */
  after?: ReactNode;
}) => {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index;
  const last = items.at(-1)?.index;
  useEffect(() => {
    if (first !== undefined && last !== undefined) onSight?.(first, last);
  }, [onSight, first, last]);

  const move = (event: KeyboardEvent) => {
    const by = stepOf(event);
    const held = (event.target as Element).closest("[data-index]")?.getAttribute("data-index");
    if (by === undefined || count === 0) return;
    event.preventDefault();
    const to = held == null ? 0 : Math.min(count - 1, Math.max(0, Number(held) + by));
    virtualizer.scrollToIndex(to, { align: "auto" });
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${to}"]`)?.focus(),
    );
  };
  const style = columns === undefined ? {} : ({ "--columns": columns } as CSSProperties);
  return (
    <div className={classes.list}>
      <div className={`${classes.table} ${className}`} style={style}>
        {head !== undefined && (
          <div className={classes.head} data-head="" aria-hidden="true">
            {head}
          </div>
        )}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the rows are links; arrows only move among them. */}
        <div ref={scroller} className={classes.scroll} onKeyDown={move}>
          <ul
            className={classes.room}
            style={{ height: virtualizer.getTotalSize() }}
            aria-label={label}
          >
            {items.map(({ index, start }) => {
              const at = row(index);
              return (
                <li
                  key={at?.key ?? index}
                  className={classes.item}
                  style={{ transform: `translateY(${start}px)` }}
                  aria-setsize={setSize}
                  aria-posinset={index + 1}
                >
                  {at !== null && <ListRow row={at} className={classes.row} index={index} />}
                </li>
              );
            })}
          </ul>
          {after}
        </div>
      </div>
    </div>
  );
};
