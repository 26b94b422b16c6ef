import { Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { NEVER } from "#shared/domain/index-fields.ts";
import { DUE_SOON_MS, type WorkRow } from "#shared/ipc/views.ts";
import { formatDuration, formatExact } from "./format.ts";
import classes from "./sla-countdown.module.css";
import { useNow } from "./use-now.ts";

/** How near a deadline is; each has its own shape beside its own colour. */
export type Urgency = "overdue" | "soon" | "today" | "later" | "none";

/** How near `due` is at `now`, both ms. */
export const urgencyOf = (due: number, now: number): Urgency => {
  if (due >= NEVER) return "none";
  if (due <= now) return "overdue";
  if (due - now <= DUE_SOON_MS) return "soon";
  return due - now <= 24 * 3_600_000 ? "today" : "later";
};

/** Time left to what is owed: "2h 14m", "overdue 3d"; the exact instant on hover. */
export const SlaCountdown = ({
  due,
  promise,
  now: given,
}: {
  due: number;
  /** What is owed; not said where it is not known. */
  promise?: WorkRow["promise"];
  /** Defaults to the shared clock. */
  now?: number;
}) => {
  const { t, i18n } = useTranslation("common");
  const ticking = useNow();
  const now = given ?? ticking;
  const urgency = urgencyOf(due, now);
  if (urgency === "none") return <span className={classes.countdown}>{t("sla.none")}</span>;
  const time = formatDuration(due - now, t);
  const exact = t(urgency === "overdue" ? "sla.wasDue" : "sla.due", {
    promise: t(`promise.${promise ?? "work"}`),
    at: formatExact(due, i18n.language),
  });
  return (
    <Tooltip label={exact}>
      <span className={classes.countdown} data-urgency={urgency}>
        <Mark urgency={urgency} />
        {urgency === "overdue" ? t("sla.overdue", { time }) : time}
      </span>
    </Tooltip>
  );
};

/** Overdue is a filled diamond, soon a filled triangle, today a half disc, later a ring. */
const Mark = ({ urgency }: { urgency: Exclude<Urgency, "none"> }) => (
  <svg viewBox="0 0 12 12" className={classes.mark} aria-hidden="true">
    {urgency === "overdue" && <path d="M6 .5 11.5 6 6 11.5.5 6Z" fill="currentColor" />}
    {urgency === "soon" && <path d="M6 1.2 11.4 10.6H.6Z" fill="currentColor" />}
    {urgency === "today" && (
      <>
        <circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.4" />
        <path d="M6 1.6a4.4 4.4 0 0 1 0 8.8Z" fill="currentColor" />
      </>
    )}
    {urgency === "later" && (
      <circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.4" />
    )}
  </svg>
);
