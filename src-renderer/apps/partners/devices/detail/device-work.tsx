import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useOfDevice } from "../../../../data/use-record.ts";
import { KindIcon, StatusBadge } from "../../../../ui/badges.tsx";
import { RelativeTime } from "../../../../ui/relative-time.tsx";
import { Section } from "../../../../ui/section.tsx";
import classes from "./detail.module.css";
import styles from "./device-work.module.css";
import { type DeviceWorkItem, type DeviceWorkLists, partWork } from "./history.ts";

const page = 20;
const most = 1000;

/** What stands open on a device and what is over; null until it is known. */
export const useDeviceWork = (deviceId: string): DeviceWorkLists | null => {
  const tickets = useOfDevice("ticket", deviceId, most);
  const alarms = useOfDevice("alarm", deviceId, most);
  const visits = useOfDevice("visit", deviceId, most);
  return useMemo(
    () =>
      tickets === null || alarms === null || visits === null
        ? null
        : partWork({ tickets, alarms, visits }),
    [tickets, alarms, visits],
  );
};

/** The work that stands open on a device. */
export const OpenWork = ({
  deviceId,
  work,
}: {
  deviceId: string;
  work: DeviceWorkLists | null;
}) => {
  const { t } = useTranslation("devices");
  const open = work?.open ?? [];
  return (
    <Section
      title={t("open.title")}
      aside={
        open.length > 0 && (
          <Link to="/partners/workload" search={{ device: deviceId }}>
            {t("detail.queue")}
          </Link>
        )
      }
    >
      {open.length > 0 && <Items items={open} />}
      {work !== null && open.length === 0 && <p className={classes.quiet}>{t("open.none")}</p>}
    </Section>
  );
};

/** Everything that was done to a device, the latest first, a page at a time. */
export const History = ({ work }: { work: DeviceWorkLists | null }) => {
  const { t } = useTranslation("devices");
  const [shown, setShown] = useState(page);
  const over = work?.over ?? [];
  return (
    <Section title={t("history.title")}>
      {over.length > 0 && <Items items={over.slice(0, shown)} />}
      {work !== null && over.length === 0 && <p className={classes.quiet}>{t("history.none")}</p>}
      {over.length > shown && (
        <div>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => setShown((was) => was + page * 2)}
          >
            {t("history.more")}
          </Button>
        </div>
      )}
    </Section>
  );
};

const Items = ({ items }: { items: readonly DeviceWorkItem[] }) => (
  <ul className={styles.items}>
    {items.map((item) => (
      <li key={`${item.kind}:${item.id}`}>
        <Link
          to="/partners/workload"
          search={{ item: `${item.kind}:${item.id}` }}
          className={styles.item}
        >
          <KindIcon kind={item.kind} />
          <span className={classes.mono}>{item.ref}</span>
          <span className={styles.title}>{item.title}</span>
          <span className={styles.at}>
            <RelativeTime at={item.at} />
          </span>
          <span className={styles.status}>
            <StatusBadge kind={item.kind} status={item.status} />
          </span>
        </Link>
      </li>
    ))}
  </ul>
);
