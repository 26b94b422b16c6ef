import { IconBan, IconLock } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#shared/failure.ts";
import classes from "./failure-notice.module.css";
import { useFailureText } from "./failure-text.ts";
import { LayerStrip, sixLayers } from "./layer-strip.tsx";

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
  const { what, remedy, layer } = useFailureText(failure);
  const { t } = useTranslation("common");
  const nth = sixLayers.indexOf(failure.layer) + 1;
  return (
    <section className={classes.refused} aria-label={title ?? what}>
      <span className={classes.lock}>
        <IconLock size={24} stroke={1.6} aria-hidden="true" />
      </span>
      <h1 className={classes.title}>{title ?? what}</h1>
      <LayerStrip refused={failure.layer} />
      <dl className={classes.facts}>
        <dt>{t("refusal.why")}</dt>
        <dd>{what}</dd>
        <dt>{t("refusal.by")}</dt>
        <dd>
          {layer}
          {nth > 0 && <span className={classes.nth}>{t("refusal.nth", { n: nth })}</span>}
        </dd>
        <dt>{t("refusal.remedy")}</dt>
        <dd>{remedy}</dd>
      </dl>
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </section>
  );
};
