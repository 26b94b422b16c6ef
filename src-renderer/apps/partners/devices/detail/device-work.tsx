import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { KindIcon, StatusBadge } from "../../../../ui/badges.tsx";
import { RelativeTime } from "../../../../ui/relative-time.tsx";
import classes from "./detail.module.css";
import styles from "./device-work.module.css";
import { type DeviceWorkItem, partWork } from "./history.ts";
import { Section } from "./parts.tsx";
import { useOfDevice } from "./use-of-device.ts";

const page = 20;
const most = 1000;

/** What stands open on a device and everything that was done to it. */
export const DeviceWork = ({ deviceId }: { deviceId: string }) => {
  const { t } = useTranslation("devices");
  const tickets = useOfDevice("ticket", deviceId, most);
  const alarms = useOfDevice("alarm", deviceId, most);
  const visits = useOfDevice("visit", deviceId, most);
  const [shown, setShown] = useState(page);
  const { open, over } = useMemo(
    () => partWork({ tickets: tickets ?? [], alarms: alarms ?? [], visits: visits ?? [] }),
    [tickets, alarms, visits],
  );
  if (tickets === null || alarms === null || visits === null) return null;
  return (
    <>
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
        {open.length === 0 ? (
          <p className={classes.quiet}>{t("open.none")}</p>
        ) : (
          <Items items={open} />
        )}
      </Section>
      <Section title={t("history.title")}>
        {over.length === 0 ? (
          <p className={classes.quiet}>{t("history.none")}</p>
        ) : (
          <Items items={over.slice(0, shown)} />
        )}
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
    </>
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
