import { Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { formatClock, formatDay, formatExact } from "../../../../ui/format.ts";

/** When a visit is planned: its day and its hours, in full on hover. */
export const VisitWindow = ({ from, to }: { from: string; to: string }) => {
  const { i18n } = useTranslation("work");
  const { language } = i18n;
  const sameDay = formatDay(from, language) === formatDay(to, language);
  const end = sameDay
    ? formatClock(to, language)
    : `${formatDay(to, language)} ${formatClock(to, language)}`;
  return (
    <Tooltip label={`${formatExact(from, language)} – ${formatExact(to, language)}`}>
      <span style={{ fontVariantNumeric: "tabular-nums" }}>
        {formatDay(from, language)}, {formatClock(from, language)}–{end}
      </span>
    </Tooltip>
  );
};
