import { useTranslation } from "react-i18next";
import type { DeviceRow } from "#shared/ipc/views.ts";
import { KindIcon, TierBadge } from "../../../../ui/badges.tsx";
import cells from "../../../../ui/cells.module.css";
import { RelativeTime } from "../../../../ui/relative-time.tsx";
import { TableList } from "../../../../ui/table-list.tsx";
import classes from "./device-list.module.css";
import { Until } from "./until.tsx";
import type { Devices } from "./use-devices.ts";

/** The covered devices: a table where there is room, two lines each beside a detail. */
export const DeviceList = ({
  devices: { look, row, total },
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
  return (
    <TableList
      label={t("list.label")}
      className={readsWork ? classes.devices : classes.plain}
      head={
        <>
          <span>{t("column.device")}</span>
          <span>{t("column.customer")}</span>
          <span>{t("column.region")}</span>
          <span>{t("column.tier")}</span>
          {readsWork && <span>{t("column.work")}</span>}
          {readsWork && <span>{t("column.nextVisit")}</span>}
          <span>{t("column.until")}</span>
        </>
      }
      count={total ?? 0}
      row={(index) => {
        const device = row(index);
        return device === undefined
          ? null
          : {
              key: device.id,
              link: {
                to: "/partners/devices/$deviceId",
                params: { deviceId: device.id },
                search,
              },
              selected: device.id === selectedId,
              cells: <Cells device={device} readsWork={readsWork} />,
            };
      }}
      onSight={look}
    />
  );
};

const Cells = ({ device, readsWork }: { device: DeviceRow; readsWork: boolean }) => (
  <>
    <span className={cells.two} data-cell="device">
      <span className={cells.name}>{device.name}</span>
      <span className={cells.small}>
        {device.model} · <span className={cells.serial}>{device.serial}</span>
      </span>
    </span>
    <span className={cells.two} data-cell="customer">
      <span className={cells.text}>
        {device.customerName}
        <span className={classes.also}> · {device.siteName}</span>
      </span>
      <span className={cells.small}>{device.siteName}</span>
    </span>
    <span className={cells.text} data-cell="region">
      {device.region}
    </span>
    <span data-cell="tier">
      <TierBadge tier={device.tier} />
    </span>
    {readsWork && <Work device={device} />}
    {readsWork && (
      <span data-cell="visit" className={cells.text}>
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
