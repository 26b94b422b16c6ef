import { useTranslation } from "react-i18next";
import type { Failure } from "#shared/failure.ts";
import { useFailureText } from "../failure-text.ts";
import { LayerStrip, sixLayers } from "../layer-strip.tsx";
import { unlockOf } from "./unlock.ts";
import { WhoCan } from "./who-can.tsx";
import classes from "./why-not.module.css";

/**
 * "Why can't I?": the six layers in the order they are asked and which of them refused, in words why,
 * what would unlock it, and who can. From what is on this device alone, so offline too.
 */
export const WhyNot = ({ failure }: { failure: Failure }) => {
  const { what, remedy, layer } = useFailureText(failure);
  const { t } = useTranslation("common");
  const nth = sixLayers.indexOf(failure.layer) + 1;
  const unlock = unlockOf(failure);
  return (
    <div className={classes.why}>
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
        {unlock !== null && (
          <>
            <dt>{t("whyNot.who")}</dt>
            <dd>
              <WhoCan unlock={unlock} />
            </dd>
          </>
        )}
      </dl>
    </div>
  );
};
