import { Tooltip } from "@mantine/core";
import { IconHourglassLow } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { formatDay, formatExact } from "../../../../ui/format.ts";
import { useNow } from "../../../../ui/use-now.ts";
import { coverageEnd } from "../coverage.ts";
import classes from "./until.module.css";

/** Until when a device is covered; said louder where that is near (PAR-3). */
export const Until = ({ until }: { until: string | null }) => {
  const { t, i18n } = useTranslation("devices");
  const now = useNow();
  if (until === null) return <span className={classes.until}>–</span>;
  const { state, days } = coverageEnd(until, now);
  return (
    <Tooltip label={formatExact(until, i18n.language)}>
      <span className={classes.until} data-state={state}>
        {state === "soon" && <IconHourglassLow size={14} stroke={1.8} aria-hidden="true" />}
        {state === "ended" ? t("until.ended") : formatDay(until, i18n.language)}
        {state === "soon" && <small>{t("until.days", { count: days })}</small>}
      </span>
    </Tooltip>
  );
};
