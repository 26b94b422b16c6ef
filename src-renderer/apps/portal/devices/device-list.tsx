import { Tooltip } from "@mantine/core";
import { IconEye, IconEyeOff, IconHourglassLow } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { readsKind } from "#shared/access/visibility.ts";
import { type HeldDevice, type Holdings, partnerName } from "../../../data/holdings.ts";
import { useViewer } from "../../../data/session.ts";
import { TierBadge } from "../../../ui/badges.tsx";
import { formatDay } from "../../../ui/format.ts";
import { keyOf } from "../../../ui/key-of.ts";
import { useNow } from "../../../ui/use-now.ts";
import { endsSoon } from "../timeline-layout.ts";
import classes from "./device-list.module.css";

const rowHeight = 52;

const steps: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

/** The customer's devices: a table where there is room, two lines each beside a detail. */
export const DeviceList = ({
  devices,
  holdings,
  selectedId,
  search,
}: {
  devices: readonly HeldDevice[];
  holdings: Holdings;
  selectedId: string | null;
  search: Record<string, unknown>;
}) => {
  const { t } = useTranslation("portal");
  const readsGrants = readsKind(useViewer(), "grant");
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: devices.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const move = (event: KeyboardEvent) => {
    const by = steps[keyOf(event)];
    const held = (event.target as Element).closest("[data-index]")?.getAttribute("data-index");
    if (by === undefined) return;
    event.preventDefault();
    const to = held == null ? 0 : Math.min(devices.length - 1, Math.max(0, Number(held) + by));
    virtualizer.scrollToIndex(to, { align: "auto" });
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${to}"]`)?.focus(),
    );
  };
  return (
    <div className={classes.list} data-plain={!readsGrants || undefined}>
      <div className={classes.head} aria-hidden="true">
        <span>{t("devices.device")}</span>
        <span>{t("devices.siteAndRegion")}</span>
        <span>{t("devices.coveredBy")}</span>
        <span>{t("devices.until")}</span>
        {readsGrants && <span>{t("devices.seenBy")}</span>}
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the rows are links; arrows only move among them. */}
      <div ref={scroller} className={classes.scroll} onKeyDown={move}>
        <ul
          className={classes.room}
          style={{ height: virtualizer.getTotalSize() }}
          aria-label={t("devices.title")}
        >
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const held = devices[index];
            return held === undefined ? null : (
              <li
                key={held.device.id}
                className={classes.item}
                style={{ transform: `translateY(${start}px)` }}
                aria-setsize={devices.length}
                aria-posinset={index + 1}
              >
                <Link
                  to="/portal/devices/$deviceId"
                  params={{ deviceId: held.device.id }}
                  search={search}
                  className={classes.row}
                  data-index={index}
                  data-selected={held.device.id === selectedId || undefined}
                >
                  <Cells held={held} holdings={holdings} readsGrants={readsGrants} />
                </Link>
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
};

const Cells = ({
  held: { device, agreement, next, standings },
  holdings,
  readsGrants,
}: {
  held: HeldDevice;
  holdings: Holdings;
  readsGrants: boolean;
}) => {
  const { t, i18n } = useTranslation("portal");
  const now = useNow();
  const name = (partnerId: string) => partnerName(holdings, partnerId) ?? t("unknownPartner");
  const soon = agreement !== null && next === null && endsSoon(agreement.endsAt, now);
  return (
    <>
      <span className={classes.two} data-cell="device">
        <span className={classes.name}>{device.name}</span>
        <span className={classes.small}>
          {device.model} · <span className={classes.serial}>{device.serial}</span>
        </span>
      </span>
      <span className={classes.two} data-cell="site">
        <span className={classes.text}>{device.siteName}</span>
        <span className={classes.small}>{device.region}</span>
      </span>
      <span className={classes.two} data-cell="partner">
        {agreement === null ? (
          <span className={classes.uncovered}>{t("devices.uncovered")}</span>
        ) : (
          <>
            <span className={classes.text}>{name(agreement.partnerId)}</span>
            <span className={classes.tier}>
              <TierBadge tier={agreement.tier} />
            </span>
          </>
        )}
      </span>
      <span className={classes.until} data-cell="until" data-soon={soon || undefined}>
        {soon && <IconHourglassLow size={14} stroke={1.8} aria-hidden="true" />}
        {agreement === null ? "–" : formatDay(agreement.endsAt, i18n.language)}
      </span>
      {readsGrants && (
        <SeenBy names={standings.filter(({ sees }) => sees).map((s) => name(s.partnerId))} />
      )}
    </>
  );
};

const SeenBy = ({ names }: { names: readonly string[] }) => {
  const { t } = useTranslation("portal");
  const [first] = names;
  const about =
    first === undefined
      ? t("devices.seenByNobody")
      : t("devices.seenByAll", { names: names.join(", ") });
  return (
    <span data-cell="seen">
      <Tooltip label={about}>
        <span className={classes.seen} data-none={first === undefined || undefined}>
          {first === undefined ? (
            <IconEyeOff size={15} stroke={1.8} role="img" aria-label={about} />
          ) : (
            <IconEye size={15} stroke={1.8} role="img" aria-label={about} />
          )}
          <span aria-hidden="true">
            {first ?? t("devices.nobodyShort")}
            {names.length > 1 && ` +${names.length - 1}`}
          </span>
        </span>
      </Tooltip>
    </span>
  );
};
