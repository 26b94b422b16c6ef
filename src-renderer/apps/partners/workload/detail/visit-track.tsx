import { IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Visit } from "#shared/domain/visit/visit.ts";
import { formatClock } from "../../../../ui/format.ts";
import classes from "./visit-track.module.css";

const steps = ["scheduled", "travelling", "on-site", "completed"] as const;

/** How far a visit has come, with the time of each step that was taken. */
export const VisitTrack = ({ visit }: { visit: Visit }) => {
  const { t } = useTranslation("work");
  const { t: common, i18n } = useTranslation("common");
  if (visit.status === "cancelled") return null;
  const reached = steps.indexOf(visit.status);
  const times = [null, visit.travelStartedAt, visit.arrivedAt, visit.completedAt];
  return (
    <ol className={classes.track} aria-label={t("visit.steps")}>
      {steps.map((step, index) => {
        const at = times[index] ?? null;
        const taken = index < reached || visit.status === "completed";
        return (
          <li
            key={step}
            className={classes.step}
            data-taken={taken || undefined}
            aria-current={index === reached ? "step" : undefined}
          >
            <span className={classes.dot}>
              {taken && <IconCheck size={11} stroke={3} aria-hidden="true" />}
            </span>
            <span className={classes.name}>{common(`status.visit.${step}`)}</span>
            <span className={classes.at}>{at === null ? "" : formatClock(at, i18n.language)}</span>
          </li>
        );
      })}
    </ol>
  );
};
