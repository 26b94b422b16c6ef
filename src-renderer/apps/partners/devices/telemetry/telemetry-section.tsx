import { SegmentedControl } from "@mantine/core";
import { IconChartLine, IconLock } from "@tabler/icons-react";
import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Grant } from "#shared/domain/grant/grant.ts";
import type { DataOf } from "#shared/domain/registry.ts";
import { useOfDevice } from "../../../../data/use-record.ts";
import { RelativeTime } from "../../../../ui/relative-time.tsx";
import { Section } from "../../../../ui/section.tsx";
import { LoadingState } from "../../../../ui/states.tsx";
import { useNow } from "../../../../ui/use-now.ts";
import { telemetryGranted } from "../coverage.ts";
import { pictureOf, type Range, ranges, seriesOf } from "./series.ts";
import classes from "./telemetry.module.css";

const Chart = lazy(() => import("./telemetry-chart.tsx"));

/** What a device measures, where its customer has granted that; else who refused and what helps. */
export const TelemetrySection = ({
  device,
  grants,
}: {
  device: DataOf<"device">;
  grants: Grant[] | null;
}) => {
  const { t } = useTranslation("devices");
  const now = useNow();
  if (grants === null) return <Section title={t("telemetry.title")}>{null}</Section>;
  return telemetryGranted(grants, device, now) ? (
    <Granted device={device} />
  ) : (
    <Section title={t("telemetry.title")}>
      <Refused customer={device.customerName} />
    </Section>
  );
};

const Refused = ({ customer }: { customer: string }) => {
  const { t } = useTranslation("devices");
  return (
    <div className={classes.refused}>
      <span className={classes.lock}>
        <IconLock size={22} stroke={1.6} aria-hidden="true" />
      </span>
      <div>
        <strong>{t("telemetry.refusedTitle", { customer })}</strong>
        <p>{t("telemetry.refusedText")}</p>
        <p>{t("telemetry.refusedRemedy", { customer })}</p>
        <small>{t("telemetry.refusedLayer")}</small>
      </div>
    </div>
  );
};

const Granted = ({ device }: { device: DataOf<"device"> }) => {
  const { t } = useTranslation("devices");
  const stretches = useOfDevice("telemetry", device.id, 1000);
  const alarms = useOfDevice("alarm", device.id, 200);
  const [range, setRange] = useState<Range>("24h");
  const [wanted, setWanted] = useState<string | null>(null);
  const all = useMemo(() => seriesOf(stretches ?? []), [stretches]);
  const series = all.find(({ metric }) => metric === wanted) ?? all[0];
  const picture = useMemo(
    () => (series === undefined ? null : pictureOf(series, range)),
    [series, range],
  );
  if (stretches === null) {
    return (
      <Section title={t("telemetry.title")}>
        <LoadingState rows={5} />
      </Section>
    );
  }
  if (series === undefined || picture === null) {
    return (
      <Section title={t("telemetry.title")}>
        <div className={classes.refused}>
          <span className={classes.lock}>
            <IconChartLine size={22} stroke={1.6} aria-hidden="true" />
          </span>
          <div>
            <strong>{t("telemetry.noneTitle")}</strong>
            <p>{t("telemetry.noneText")}</p>
          </div>
        </div>
      </Section>
    );
  }
  return (
    <Section
      title={t("telemetry.title")}
      aside={
        <span className={classes.controls}>
          {all.length > 1 && (
            <SegmentedControl
              size="xs"
              aria-label={t("telemetry.metric")}
              value={series.metric}
              onChange={setWanted}
              data={all.map(({ metric }) => metric)}
            />
          )}
          <SegmentedControl
            size="xs"
            aria-label={t("telemetry.range")}
            value={range}
            onChange={(value) => setRange(value as Range)}
            data={(Object.keys(ranges) as Range[]).map((one) => ({
              value: one,
              label: t(`telemetry.${one}`),
            }))}
          />
        </span>
      }
    >
      <Suspense fallback={<LoadingState rows={5} />}>
        <Chart
          series={series}
          picture={picture}
          range={range}
          threshold={device.thresholds.find(({ metric }) => metric === series.metric) ?? null}
          alarms={(alarms ?? []).filter(({ metric }) => metric === series.metric)}
        />
      </Suspense>
      <p className={classes.upTo}>
        {t("telemetry.upTo")} <RelativeTime at={picture.to} />
      </p>
    </Section>
  );
};
