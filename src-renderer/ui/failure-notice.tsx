import { IconBan, IconLock } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#shared/failure.ts";
import classes from "./failure-notice.module.css";
import { useFailureText } from "./failure-text.ts";
import { sixLayers } from "./layer-strip.tsx";
import { WhyNot } from "./why-not/why-not.tsx";

/** A refusal or fault: what happened, the layer that said no, what helps. `plain` draws no frame. */
export const FailureNotice = ({ failure, plain }: { failure: Failure; plain?: boolean }) => {
  const { what, remedy, layer } = useFailureText(failure);
  const { t } = useTranslation("common");
  const refuses = failure.layer === "rule" || sixLayers.includes(failure.layer);
  const calm = failure.code === "sign-in-cancelled";
  return (
    <div
      className={classes.notice}
      data-plain={plain === true || undefined}
      data-calm={calm || undefined}
      role="alert"
    >
      {plain !== true && !calm && (
        <IconBan size={18} stroke={1.7} className={classes.icon} aria-hidden />
      )}
      <div>
        <p className={classes.what}>{what}</p>
        <p className={classes.remedy}>{remedy}</p>
        {!calm && (
          <p className={classes.layer}>
            {t(refuses ? "refusal.layer" : "refusal.concerns", { layer })}
          </p>
        )}
      </div>
    </div>
  );
};

/** A whole place that is refused: what, by which layer, why, what would unlock it. */
export const Refused = ({
  failure,
  title,
  action,
}: {
  failure: Failure;
  title?: string;
  action?: ReactNode;
}) => {
  const { what } = useFailureText(failure);
  return (
    <section className={classes.refused} aria-label={title ?? what}>
      <span className={classes.lock}>
        <IconLock size={24} stroke={1.6} aria-hidden="true" />
      </span>
      <h1 className={classes.title}>{title ?? what}</h1>
      <WhyNot failure={failure} />
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </section>
  );
};
