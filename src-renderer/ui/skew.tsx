import { useTranslation } from "react-i18next";
import { formatDuration } from "./format.ts";

/** How much of a clock's difference is not worth saying, ms. */
const SKEW_MATTERS = 60_000;

/** Whether a clock's difference (the server's minus the device's, ms) is worth saying. */
export const skewMatters = (skew: number | null): skew is number =>
  skew !== null && Math.abs(skew) > SKEW_MATTERS;

/** How far a device's clock was off when a change was made: "device clock 7m behind". */
export const SkewWords = ({ skew }: { skew: number }) => {
  const { t, i18n } = useTranslation("desk");
  const time = formatDuration(skew, i18n.getFixedT(i18n.language, "common"));
  return t(skew < 0 ? "clock.ahead" : "clock.behind", { time });
};
