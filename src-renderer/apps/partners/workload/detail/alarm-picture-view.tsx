import { useTranslation } from "react-i18next";
import type { Alarm } from "#shared/domain/alarm/alarm.ts";
import { formatNumber } from "../../../../ui/format.ts";
import classes from "./alarm-picture.module.css";
import { pictureOf } from "./alarm-picture.ts";

/** The value on a scale with its bounds: how far outside, at a glance. Nothing where none was measured. */
export const AlarmPicture = ({ alarm }: { alarm: Alarm }) => {
  const { t, i18n } = useTranslation("work");
  const picture = pictureOf(alarm);
  if (picture === null || alarm.value === null) return null;
  const say = (value: number) => formatNumber(Number(value.toPrecision(4)), i18n.language);
  const at = (part: number) => `${part * 100}%`;
  const { outside, lower, upper } = picture;
  const from = lower ?? 0;
  const to = upper ?? 1;
  const words =
    outside === null
      ? t("picture.inside")
      : t(outside.of === "upper" ? "picture.above" : "picture.below", { by: say(outside.by) });
  return (
    <figure className={classes.picture} data-outside={outside !== null || undefined}>
      <figcaption className={classes.caption}>
        <span className={classes.value}>
          {say(alarm.value)}
          <small>{alarm.metric ?? t("picture.measured")}</small>
        </span>
        <span className={classes.words}>{words}</span>
      </figcaption>
      <div className={classes.scale} aria-hidden="true">
        <span className={classes.inside} style={{ left: at(from), width: at(to - from) }} />
        {outside !== null && (
          <span
            className={classes.excess}
            style={
              outside.of === "upper"
                ? { left: at(to), width: at(picture.value - to) }
                : { left: at(picture.value), width: at(from - picture.value) }
            }
          />
        )}
        {lower !== null && alarm.lower !== null && (
          <span className={classes.bound} style={{ left: at(lower) }}>
            <em>{t("picture.lower", { value: say(alarm.lower) })}</em>
          </span>
        )}
        {upper !== null && alarm.upper !== null && (
          <span className={classes.bound} style={{ left: at(upper) }}>
            <em>{t("picture.upper", { value: say(alarm.upper) })}</em>
          </span>
        )}
        <span className={classes.mark} style={{ left: at(picture.value) }} />
      </div>
    </figure>
  );
};
