import { Tooltip } from "@mantine/core";
import { IconEye, IconEyeOff, IconHourglassLow } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { readsKind } from "#shared/access/visibility.ts";
import { type HeldDevice, type Holdings, partnerName } from "../../../data/holdings.ts";
import { useViewer } from "../../../data/session.ts";
import { TierBadge } from "../../../ui/badges.tsx";
import cells from "../../../ui/cells.module.css";
import { formatDay } from "../../../ui/format.ts";
import { TableList } from "../../../ui/table-list.tsx";
import { useNow } from "../../../ui/use-now.ts";
import { endsSoon } from "../timeline-layout.ts";
import classes from "./device-list.module.css";

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
  return (
    <TableList
      label={t("devices.title")}
      className={readsGrants ? classes.devices : classes.plain}
      head={
        <>
          <span>{t("devices.device")}</span>
          <span>{t("devices.siteAndRegion")}</span>
          <span>{t("devices.coveredBy")}</span>
          <span>{t("devices.until")}</span>
          {readsGrants && <span>{t("devices.seenBy")}</span>}
        </>
      }
      count={devices.length}
      row={(index) => {
        const held = devices[index];
        if (held === undefined) return null;
        const { id } = held.device;
        return {
          key: id,
          link: { to: "/portal/devices/$deviceId", params: { deviceId: id }, search },
          selected: id === selectedId,
          cells: <Cells held={held} holdings={holdings} readsGrants={readsGrants} />,
        };
      }}
    />
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
      <span className={cells.two} data-cell="device">
        <span className={cells.name}>{device.name}</span>
        <span className={cells.small}>
          {device.model} · <span className={cells.serial}>{device.serial}</span>
        </span>
      </span>
      <span className={cells.two} data-cell="site">
        <span className={cells.text}>{device.siteName}</span>
        <span className={cells.small}>{device.region}</span>
      </span>
      <span className={cells.two} data-cell="partner">
        {agreement === null ? (
          <span className={classes.uncovered}>{t("devices.uncovered")}</span>
        ) : (
          <>
            <span className={cells.text}>{name(agreement.partnerId)}</span>
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
