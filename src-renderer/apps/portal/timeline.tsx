import { Tooltip } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { formatDay, localeOf } from "../../ui/format.ts";
import classes from "./timeline.module.css";
import { layTimeline, type Span } from "./timeline-layout.ts";

/** Agreements and grants as bars from today on, so that one sees what ends when. */
export const Timeline = ({
  spans,
  now,
  named = true,
}: {
  spans: readonly Span[];
  now: number;
  /** Whether each says whose it is: not where all are one partner's. */
  named?: boolean;
}) => {
  const { t, i18n } = useTranslation("portal");
  const { rows, marks, today } = layTimeline(spans, now);
  const month = new Intl.DateTimeFormat(localeOf(i18n.language), { month: "short" });
  const year = new Intl.DateTimeFormat(localeOf(i18n.language), { year: "2-digit" });
  // The figure alone: some calendars put the name of their era before it.
  const figure = (at: number) =>
    year.formatToParts(at).find(({ type }) => type === "year")?.value ?? "";
  return (
    <div className={classes.timeline}>
      <div className={classes.axis} aria-hidden="true">
        {marks.map(({ at, left }, n) => (
          <span key={at} style={{ left: `${left * 100}%` }}>
            {month.format(at)}
            {figure(at) !== figure(marks[n - 1]?.at ?? 0) && <small> {figure(at)}</small>}
          </span>
        ))}
      </div>
      <ul className={classes.rows}>
        {rows.map(({ span, left, width, goesOn, soon }) => {
          const day = formatDay(span.to, i18n.language);
          const says = t(span.kind === "grant" ? "timeline.grant" : "timeline.agreement", {
            partner: span.partner,
            day,
          });
          return (
            <li key={span.id} className={classes.row}>
              <Link to="/portal/partners/$partnerId" params={{ partnerId: span.partnerId }}>
                {named && <span className={classes.name}>{span.partner}</span>}
                <span className={classes.what}>
                  {t(`timeline.${span.kind}Label`)} {span.label}
                </span>
              </Link>
              <span className={classes.track}>
                <Tooltip label={says}>
                  <span
                    className={classes.bar}
                    role="img"
                    aria-label={says}
                    data-kind={span.kind}
                    data-soon={soon || undefined}
                    data-goes-on={goesOn || undefined}
                    style={{ left: `${left * 100}%`, width: `${width * 100}%` }}
                  />
                </Tooltip>
                <span className={classes.today} style={{ left: `${today * 100}%` }} />
              </span>
              <span className={classes.end} data-soon={soon || undefined}>
                {day}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
};
