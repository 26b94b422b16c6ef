import { Button } from "@mantine/core";
import { IconTicket } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { levelOf } from "#shared/access/layers.ts";
import { type DataOf, intentDefs } from "#shared/domain/registry.ts";
import { useViewer } from "../../../../data/session.ts";
import { useOfDevice } from "../../../../data/use-record.ts";
import { TierBadge } from "../../../../ui/badges.tsx";
import detail from "../../../../ui/detail.module.css";
import { Facts } from "../../../../ui/facts.tsx";
import { formatDay } from "../../../../ui/format.ts";
import { Section } from "../../../../ui/section.tsx";
import { TelemetrySection } from "../telemetry/telemetry-section.tsx";
import { AgreementSection } from "./agreement-section.tsx";
import classes from "./detail.module.css";
import { History, OpenWork, useDeviceWork } from "./device-work.tsx";
import { GrantSection } from "./grant-section.tsx";

/** A covered device: what it is, under what it is covered, what it measures, what was done to it. */
export const DeviceDetail = ({ device }: { device: DataOf<"device"> }) => {
  const { t, i18n } = useTranslation("devices");
  const { t: common } = useTranslation("common");
  const viewer = useViewer();
  const readsWork = levelOf(viewer, "workload") !== "hidden";
  const raises = levelOf(viewer, intentDefs["ticket.raise"].permission) === "full";
  const agreements = useOfDevice("agreement", device.id, 20);
  const grants = useOfDevice("grant", device.id, 20);
  const work = useDeviceWork(device.id);
  return (
    <article className={detail.detail}>
      <header className={detail.head}>
        <div className={detail.what}>
          <h2 className={detail.title}>{device.name}</h2>
          <div className={classes.place}>
            <span>{[device.customerName, device.siteName, device.region].join("\u00a0· ")}</span>
            <TierBadge tier={device.tier} />
          </div>
        </div>
        {raises && (
          <div className={classes.actions}>
            <Button
              renderRoot={(props) => (
                <Link
                  {...props}
                  to="/partners/workload"
                  search={{ device: device.id, raise: device.id }}
                />
              )}
              size="compact-md"
              leftSection={<IconTicket size={16} stroke={1.8} aria-hidden="true" />}
            >
              {t("detail.raise")}
            </Button>
          </div>
        )}
      </header>
      <TelemetrySection device={device} grants={grants} />
      {readsWork && <OpenWork deviceId={device.id} work={work} />}
      <div className={classes.pair}>
        <AgreementSection agreements={agreements} />
        <GrantSection device={device} grants={grants} />
      </div>
      <div className={classes.pair}>
        <Section title={t("detail.identity")}>
          <Facts
            facts={[
              [t("detail.model"), device.model],
              [
                t("detail.serial"),
                <span key="serial" className={classes.mono}>
                  {device.serial}
                </span>,
              ],
              [t("detail.type"), common(`deviceType.${device.type}`)],
              [t("detail.installed"), formatDay(device.installedAt, i18n.language)],
            ]}
          />
        </Section>
        <Section title={t("detail.components")}>
          {device.components.length === 0 ? (
            <p className={classes.quiet}>{t("detail.noComponents")}</p>
          ) : (
            <ul className={classes.components}>
              {device.components.map((component) => (
                <li key={component}>{component}</li>
              ))}
            </ul>
          )}
        </Section>
      </div>
      {readsWork && <History work={work} />}
    </article>
  );
};
