import { LineChart } from "@mantine/charts";
import { useTranslation } from "react-i18next";
import { ReferenceLine } from "recharts";
import type { Alarm } from "#shared/domain/alarm/alarm.ts";
import type { Threshold } from "#shared/domain/device/device.ts";
import { formatClock, formatExact, formatNumber, localeOf } from "../../../../ui/format.ts";
import { ticksOf, valueAxis } from "./axis.ts";
import type { Picture, Range, Series } from "./series.ts";
import classes from "./telemetry.module.css";

/** The line of one metric with the bounds that raise alarms, and the alarms that were raised. */
const TelemetryChart = ({
  series,
  picture,
  range,
  threshold,
  alarms,
}: {
  series: Series;
  picture: Picture;
  range: Range;
  threshold: Threshold | null;
  alarms: readonly Alarm[];
}) => {
  const { t, i18n } = useTranslation("devices");
  const { language } = i18n;
  const say = (value: number) => formatNumber(Number(value.toPrecision(4)), language);
  const high = threshold?.high ?? null;
  const low = threshold?.low ?? null;
  const raised = alarms
    .map((alarm) => ({ id: alarm.id, at: Date.parse(alarm.raisedAt) }))
    .filter(({ at }) => at >= picture.from && at <= picture.to);
  const values = valueAxis(picture.lowest, picture.highest, low, high);
  const tick = (at: number) =>
    range === "24h"
      ? formatClock(at, language)
      : new Intl.DateTimeFormat(localeOf(language), { day: "numeric", month: "short" }).format(at);
  const bound = (value: number, label: string) => ({
    y: value,
    label,
    color: "var(--rs-danger)",
    labelPosition: "insideTopLeft" as const,
  });
  return (
    <figure
      className={classes.figure}
      aria-label={t("telemetry.chart", {
        metric: series.metric,
        range: t(`telemetry.${range}`),
        low: say(picture.lowest),
        high: say(picture.highest),
        unit: series.unit,
      })}
    >
      <dl className={classes.figures}>
        {(
          [
            ["latest", picture.latest[1]],
            ["lowest", picture.lowest],
            ["highest", picture.highest],
          ] as const
        ).map(([name, value]) => (
          <div key={name}>
            <dt>{t(`telemetry.${name}`)}</dt>
            <dd>
              {say(value)} <small>{series.unit}</small>
            </dd>
          </div>
        ))}
      </dl>
      <LineChart
        h={234}
        lineChartProps={{ margin: { top: 10, right: 4, bottom: 0, left: 0 } }}
        data={picture.points}
        dataKey="at"
        series={[{ name: "value", label: series.metric, color: "var(--rs-accent)" }]}
        curveType="linear"
        strokeWidth={1.5}
        withDots={false}
        connectNulls={false}
        gridAxis="x"
        tickLine="none"
        valueFormatter={(value) => `${say(value)} ${series.unit}`}
        lineProps={{ isAnimationActive: false }}
        xAxisProps={{
          type: "number",
          domain: [picture.from, picture.to],
          ticks: ticksOf(picture.from, picture.to, range),
          tickFormatter: tick,
          scale: "time",
          minTickGap: 30,
        }}
        yAxisProps={{
          domain: [values.from, values.to],
          ticks: values.ticks,
          tickFormatter: say,
          width: 48,
        }}
        tooltipProps={{
          labelFormatter: (at) => (typeof at === "number" ? formatExact(at, language) : ""),
          isAnimationActive: false,
        }}
        referenceLines={[
          ...(high === null ? [] : [bound(high, t("telemetry.high", { value: say(high) }))]),
          ...(low === null ? [] : [bound(low, t("telemetry.low", { value: say(low) }))]),
        ]}
      >
        {raised.map(({ id, at }) => (
          <ReferenceLine
            key={id}
            x={at}
            stroke="var(--rs-danger)"
            strokeDasharray="2 3"
            label={{
              value: `◆ ${t("telemetry.alarm")} ${tick(at)}`,
              position: at > (picture.from + picture.to) / 2 ? "insideTopRight" : "insideTopLeft",
              fill: "var(--rs-danger)",
              fontSize: 11,
            }}
          />
        ))}
      </LineChart>
    </figure>
  );
};

export default TelemetryChart;
