import { IconMinus, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Device } from "#shared/domain/device/device.ts";
import { formatDay } from "../../../ui/format.ts";
import classes from "./difference-view.module.css";
import type { Difference } from "./exposure.ts";

/** What a change adds, and what it takes away: that is erased on the partner's devices (S9). */
export const DifferenceView = ({
  difference: { added, removed, telemetryAdded, telemetryRemoved },
  until,
}: {
  difference: Difference;
  /** When the grant ended before and ends after, ISO; null where that is no matter. */
  until: readonly [string, string] | null;
}) => {
  const { t, i18n } = useTranslation("access");
  const day = (at: string) => formatDay(at, i18n.language);
  const moved = until !== null && day(until[0]) !== day(until[1]);
  const nothing = [added, removed, telemetryAdded, telemetryRemoved].every(
    ({ length }) => length === 0,
  );
  return (
    <section className={classes.difference} aria-label={t("difference.title")}>
      <h4>{t("difference.title")}</h4>
      {nothing && !moved && <p className={classes.none}>{t("difference.nothing")}</p>}
      <Part sign="plus" says={t("difference.added", { count: added.length })} devices={added} />
      <Part
        sign="plus"
        says={t("difference.telemetryAdded", { count: telemetryAdded.length })}
        devices={telemetryAdded}
      />
      <Part
        sign="minus"
        says={t("difference.removed", { count: removed.length })}
        devices={removed}
      />
      <Part
        sign="minus"
        says={t("difference.telemetryRemoved", { count: telemetryRemoved.length })}
        devices={telemetryRemoved}
      />
      {moved && (
        <p className={classes.none}>
          {t("difference.until", { from: day(until[0]), to: day(until[1]) })}
        </p>
      )}
      {removed.length + telemetryRemoved.length > 0 && (
        <p className={classes.erased}>{t("difference.erased")}</p>
      )}
    </section>
  );
};

/** So many names are told; the others are counted. */
const NAMED = 8;

const Part = ({
  sign,
  says,
  devices,
}: {
  sign: "plus" | "minus";
  says: string;
  devices: readonly Device[];
}) => {
  const { t } = useTranslation("access");
  if (devices.length === 0) return null;
  const named = devices.slice(0, NAMED).map(({ name }) => name);
  const others = devices.length - named.length;
  return (
    <div className={classes.part} data-sign={sign}>
      {sign === "plus" ? (
        <IconPlus size={15} stroke={2.2} aria-hidden="true" />
      ) : (
        <IconMinus size={15} stroke={2.2} aria-hidden="true" />
      )}
      <div>
        <strong>{says}</strong>
        <span>
          {named.join(", ")}
          {others > 0 && ` ${t("difference.others", { count: others })}`}
        </span>
      </div>
    </div>
  );
};
