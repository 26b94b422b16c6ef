import { Link } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { DeviceRow } from "#shared/ipc/views.ts";
import { KindIcon, TierBadge } from "../../../../ui/badges.tsx";
import { keyOf } from "../../../../ui/key-of.ts";
import { RelativeTime } from "../../../../ui/relative-time.tsx";
import classes from "./device-list.module.css";
import { Until } from "./until.tsx";
import type { Devices } from "./use-devices.ts";

const rowHeight = 52;

const steps: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

/** The covered devices: a table where there is room, two lines each beside a detail. */
export const DeviceList = ({
  devices,
  selectedId,
  search,
  readsWork,
}: {
  devices: Devices;
  selectedId: string | null;
  search: Record<string, unknown>;
  /** Whether the viewer reads work: else what stands open is not theirs to know. */
  readsWork: boolean;
}) => {
  const { t } = useTranslation("devices");
  const scroller = useRef<HTMLDivElement>(null);
  const { look, row, total } = devices;
  const virtualizer = useVirtualizer({
    count: total ?? 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 20;
  useEffect(() => look(first, last), [look, first, last]);

  const move = (event: KeyboardEvent) => {
    const by = steps[keyOf(event)];
    const held = (event.target as Element).closest("[data-index]")?.getAttribute("data-index");
    if (by === undefined || total === null) return;
    event.preventDefault();
    const to = held == null ? 0 : Math.min(total - 1, Math.max(0, Number(held) + by));
    virtualizer.scrollToIndex(to, { align: "auto" });
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${to}"]`)?.focus(),
    );
  };

  return (
    <div className={classes.list} data-plain={!readsWork || undefined}>
      <div className={classes.head} aria-hidden="true">
        <span>{t("column.device")}</span>
        <span>{t("column.customer")}</span>
        <span>{t("column.region")}</span>
        <span>{t("column.tier")}</span>
        {readsWork && <span>{t("column.work")}</span>}
        {readsWork && <span>{t("column.nextVisit")}</span>}
        <span>{t("column.until")}</span>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the rows are links; arrows only move among them. */}
      <div ref={scroller} className={classes.scroll} onKeyDown={move}>
        <ul
          className={classes.room}
          style={{ height: virtualizer.getTotalSize() }}
          aria-label={t("list.label")}
        >
          {items.map(({ index, start }) => {
            const device = row(index);
            return (
              <li
                key={index}
                className={classes.item}
                style={{ transform: `translateY(${start}px)` }}
                aria-setsize={total ?? undefined}
                aria-posinset={index + 1}
              >
                {device !== undefined && (
                  <Link
                    to="/partners/devices/$deviceId"
                    params={{ deviceId: device.id }}
                    search={search}
                    className={classes.row}
                    data-index={index}
                    data-selected={device.id === selectedId || undefined}
                  >
                    <Cells device={device} readsWork={readsWork} />
                  </Link>
                )}
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
};

const Cells = ({ device, readsWork }: { device: DeviceRow; readsWork: boolean }) => (
  <>
    <span className={classes.two} data-cell="device">
      <span className={classes.name}>{device.name}</span>
      <span className={classes.small}>
        {device.model} · <span className={classes.serial}>{device.serial}</span>
      </span>
    </span>
    <span className={classes.two} data-cell="customer">
      <span className={classes.text}>
        {device.customerName}
        <span className={classes.also}> · {device.siteName}</span>
      </span>
      <span className={classes.small}>{device.siteName}</span>
    </span>
    <span className={classes.text} data-cell="region">
      {device.region}
    </span>
    <span data-cell="tier">
      <TierBadge tier={device.tier} />
    </span>
    {readsWork && <Work device={device} />}
    {readsWork && (
      <span data-cell="visit" className={classes.text}>
        {device.nextVisit === null ? (
          <span className={classes.none}>–</span>
        ) : (
          <RelativeTime at={device.nextVisit} />
        )}
      </span>
    )}
    <span data-cell="until">
      <Until until={device.until} />
    </span>
  </>
);

const Work = ({ device }: { device: DeviceRow }) => {
  const { t } = useTranslation("devices");
  const { openTickets, openAlarms } = device;
  return (
    <span className={classes.work} data-cell="work">
      <span
        role="img"
        aria-label={t("work.tickets", { count: openTickets })}
        title={t("work.tickets", { count: openTickets })}
        data-zero={openTickets === 0 || undefined}
      >
        <KindIcon kind="ticket" size={15} />
        {openTickets}
      </span>
      <span
        role="img"
        aria-label={t("work.alarms", { count: openAlarms })}
        title={t("work.alarms", { count: openAlarms })}
        data-zero={openAlarms === 0 || undefined}
        data-alarm=""
      >
        <KindIcon kind="alarm" size={15} />
        {openAlarms}
      </span>
    </span>
  );
};
