import { IconCheck, IconMinus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { accessLayers } from "#shared/access/layers.ts";
import type { Layer } from "#shared/failure.ts";
import classes from "./layer-strip.module.css";

/** The layers of federation, in the order they are asked. */
export const sixLayers: readonly Layer[] = accessLayers;

const marks = { passed: IconCheck, refused: IconX, notAsked: IconMinus } as const;

/**
 * Who was asked, who refused, who was never asked. All six let pass what a working rule refuses;
 * nothing is drawn where something else failed.
 */
export const LayerStrip = ({ refused }: { refused: Layer }) => {
  const { t } = useTranslation(["common", "failures"]);
  const at = refused === "rule" ? sixLayers.length : sixLayers.indexOf(refused);
  if (at < 0) return null;
  return (
    <ol className={classes.strip} aria-label={t("whyNot.layers")}>
      {sixLayers.map((layer, n) => {
        const answer = n < at ? "passed" : n === at ? "refused" : "notAsked";
        const Mark = marks[answer];
        return (
          <li key={layer} data-answer={answer}>
            <Mark size={14} stroke={2.2} role="img" aria-label={t(`refusal.${answer}`)} />
            {t(`failures:layers.${layer}`)}
          </li>
        );
      })}
    </ol>
  );
};
