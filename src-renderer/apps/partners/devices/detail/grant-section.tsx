import { IconCheck, IconLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Grant } from "#shared/domain/grant/grant.ts";
import type { DataOf } from "#shared/domain/registry.ts";
import { Facts } from "../../../../ui/facts.tsx";
import { formatDay } from "../../../../ui/format.ts";
import { Section } from "../../../../ui/section.tsx";
import { useNow } from "../../../../ui/use-now.ts";
import { reaches, telemetryGranted } from "../coverage.ts";
import classes from "./detail.module.css";

/** What the customer lets the partner see of this device, and until when (layer 6). */
export const GrantSection = ({
  device,
  grants,
}: {
  device: DataOf<"device">;
  grants: Grant[] | null;
}) => {
  const { t, i18n } = useTranslation("devices");
  const now = useNow();
  const title = t("grant.title", { customer: device.customerName });
  if (grants === null) return <Section title={title}>{null}</Section>;
  const held = grants
    .filter((grant) => reaches(grant, device, now))
    .sort((a, b) => b.until.localeCompare(a.until))[0];
  if (held === undefined) {
    return (
      <Section title={title}>
        <p className={classes.quiet}>{t("grant.none")}</p>
      </Section>
    );
  }
  const telemetry = telemetryGranted(grants, device, now);
  return (
    <Section title={title}>
      <Facts
        facts={[
          [
            t("grant.regions"),
            held.regions.length === 0 ? t("grant.allRegions") : held.regions.join(", "),
          ],
          [
            t("grant.devices"),
            held.deviceIds.length === 0
              ? t("grant.allDevices")
              : t("grant.someDevices", { count: held.deviceIds.length }),
          ],
          [
            t("grant.telemetry"),
            <span key="telemetry" className={telemetry ? classes.yes : classes.no}>
              {telemetry ? (
                <IconCheck size={15} aria-hidden="true" />
              ) : (
                <IconLock size={15} aria-hidden="true" />
              )}
              {t(telemetry ? "grant.yes" : "grant.no")}
            </span>,
          ],
          [t("grant.until"), formatDay(held.until, i18n.language)],
        ]}
      />
    </Section>
  );
};
