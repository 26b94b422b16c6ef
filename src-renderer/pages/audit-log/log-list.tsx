import { Button, Loader } from "@mantine/core";
import { IconCloudOff, IconFilterOff, IconListDetails } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { LogView } from "../../data/use-audit.ts";
import type { Names } from "../../ui/desk/value.tsx";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import { keyOf } from "../../ui/key-of.ts";
import { EmptyState, LoadingState } from "../../ui/states.tsx";
import { LineRow } from "./line-row.tsx";
import classes from "./log-list.module.css";
import { type LogSearch, narrowsLog, wholeLog, writeLogSearch } from "./log-search.ts";

const rowHeight = 52;

const steps: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

/** The lines of a log, newest first; older ones are asked for as they come near. */
export const LogList = ({
  log,
  names,
  offline,
  search,
  path,
  onClear,
}: {
  log: LogView;
  names: Names;
  offline: boolean;
  search: LogSearch;
  path: string;
  onClear: (search: LogSearch) => void;
}) => {
  const { t } = useTranslation("portal");
  const scroller = useRef<HTMLDivElement>(null);
  const { lines, more, asking, older, failure } = log;
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => lines[index]?.seq ?? index,
    overscan: 8,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (more && failure === null && last >= lines.length - 12) older();
  }, [more, failure, last, lines.length, older]);

  if (lines.length === 0) {
    return <Without log={log} offline={offline} search={search} onClear={onClear} />;
  }
  const move = (event: KeyboardEvent) => {
    const by = steps[keyOf(event)];
    const held = (event.target as Element).closest("[data-index]")?.getAttribute("data-index");
    if (by === undefined) return;
    event.preventDefault();
    const to = held == null ? 0 : Math.min(lines.length - 1, Math.max(0, Number(held) + by));
    virtualizer.scrollToIndex(to, { align: "auto" });
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${to}"]`)?.focus(),
    );
  };
  return (
    <div className={classes.list}>
      {offline && (
        <p className={classes.offline} role="status">
          <IconCloudOff size={15} stroke={1.8} aria-hidden="true" />
          {t("log.offlineKept")}
        </p>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the rows are links; arrows only move among them. */}
      <div ref={scroller} className={classes.scroll} onKeyDown={move}>
        <ul
          className={classes.room}
          style={{ height: virtualizer.getTotalSize() }}
          aria-label={t("log.label")}
        >
          {items.map(({ index, start, key }) => {
            const line = lines[index];
            return line === undefined ? null : (
              <li
                key={key}
                className={classes.item}
                style={{ transform: `translateY(${start}px)` }}
                aria-setsize={more ? -1 : lines.length}
                aria-posinset={index + 1}
              >
                <Link
                  to={path}
                  search={writeLogSearch({ ...search, line: line.seq })}
                  replace
                  className={classes.row}
                  data-index={index}
                  data-selected={line.seq === search.line || undefined}
                >
                  <LineRow line={line} names={names} />
                </Link>
              </li>
            );
          })}
        </ul>
        {asking && (
          <div className={classes.more}>
            <Loader size="xs" color="gray" aria-label={t("log.older")} />
          </div>
        )}
        {failure !== null && !offline && (
          <div className={classes.more}>
            <FailureNotice failure={failure} />
          </div>
        )}
        {!more && !asking && <p className={classes.end}>{t("log.end")}</p>}
      </div>
    </div>
  );
};

/** What stands there while there is no line: on its way, offline, refused, nothing, nothing that fits. */
const Without = ({
  log,
  offline,
  search,
  onClear,
}: {
  log: LogView;
  offline: boolean;
  search: LogSearch;
  onClear: (search: LogSearch) => void;
}) => {
  const { t } = useTranslation("portal");
  const { t: common } = useTranslation("common");
  if (offline) {
    return (
      <EmptyState icon={IconCloudOff} title={t("log.offlineTitle")}>
        {t("log.offlineText")}
      </EmptyState>
    );
  }
  if (log.asking) return <LoadingState rows={12} />;
  if (log.failure !== null) {
    return (
      <div className={classes.refused}>
        <FailureNotice failure={log.failure} />
        <Button variant="default" onClick={log.again}>
          {t("log.again")}
        </Button>
      </div>
    );
  }
  return narrowsLog(search) ? (
    <EmptyState
      icon={IconFilterOff}
      title={t("log.noMatchTitle")}
      action={
        <Button variant="default" onClick={() => onClear(wholeLog(search))}>
          {common("filter.clearAll")}
        </Button>
      }
    >
      {t("log.noMatchText")}
    </EmptyState>
  ) : (
    <EmptyState icon={IconListDetails} title={t("log.emptyTitle")}>
      {t("log.emptyText")}
    </EmptyState>
  );
};
