import { IconActivity, IconCalendarDue, IconCpu, IconEyeOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Device } from "#shared/domain/device/device.ts";
import { formatDay, formatNumber } from "../../../ui/format.ts";
import { RelativeTime } from "../../../ui/relative-time.tsx";
import type { Exposure } from "./exposure.ts";
import classes from "./exposure-view.module.css";

/** Exactly what a grant exposes: how many devices where, telemetry, until when, what no agreement covers. */
export const ExposureView = ({ exposure, open }: { exposure: Exposure; open?: boolean }) => {
  const { t, i18n } = useTranslation("access");
  const { devices, sites, uncovered, telemetry, until } = exposure;
  const count = devices.length;
  const seen = count - uncovered.length;
  return (
    <div className={classes.exposure}>
      <ul className={classes.facts}>
        <li>
          <IconCpu size={16} stroke={1.8} aria-hidden="true" className={classes.icon} />
          <span>
            {t("preview.devices", { count, formatted: formatNumber(count, i18n.language) })}
          </span>
        </li>
        <li>
          <IconActivity
            size={16}
            stroke={1.8}
            aria-hidden="true"
            className={classes.icon}
            data-telemetry={telemetry || undefined}
          />
          <span>{t(telemetry ? "preview.telemetry" : "preview.noTelemetry")}</span>
        </li>
        <li>
          <IconCalendarDue size={16} stroke={1.8} aria-hidden="true" className={classes.icon} />
          <span>
            {t("preview.until", { day: formatDay(until, i18n.language) })}{" "}
            <small>
              <RelativeTime at={until} />
            </small>
          </span>
        </li>
      </ul>
      {uncovered.length > 0 && (
        <div className={classes.uncovered} role="note">
          <IconEyeOff size={17} stroke={1.7} aria-hidden="true" />
          <div>
            <strong>
              {seen === 0
                ? t("preview.nothingSeen")
                : t("preview.uncovered", { count: uncovered.length, seen })}
            </strong>
            <span>{t("preview.uncoveredText")}</span>
          </div>
        </div>
      )}
      {count > 0 && (
        <details className={classes.sites} open={open}>
          <summary>{t("preview.where", { count: sites.length })}</summary>
          <ul>
            {sites.map(({ region, siteName, devices: held }) => (
              <li key={`${region}/${siteName}`}>
                <details>
                  <summary>
                    <span>{siteName}</span>
                    <small>{region}</small>
                    <b>{formatNumber(held.length, i18n.language)}</b>
                  </summary>
                  <DeviceNames devices={held} uncovered={uncovered} />
                </details>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
};

const DeviceNames = ({
  devices,
  uncovered,
}: {
  devices: readonly Device[];
  uncovered: readonly Device[];
}) => {
  const { t } = useTranslation("access");
  return (
    <ul className={classes.names}>
      {devices.map((device) => (
        <li key={device.id} data-uncovered={uncovered.includes(device) || undefined}>
          {device.name}
          {uncovered.includes(device) && <small> · {t("preview.noAgreement")}</small>}
        </li>
      ))}
    </ul>
  );
};
