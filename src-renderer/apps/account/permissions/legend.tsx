import { useTranslation } from "react-i18next";
import { levels } from "#shared/access/nav.ts";
import classes from "./legend.module.css";

/** What the marks of the matrix mean, and the key of each level. */
export const Legend = () => {
  const { t } = useTranslation("account");
  return (
    <ul className={classes.legend} aria-label={t("legend.label")}>
      {levels.map((level) => (
        <li key={level}>
          <kbd>{t(`levelKey.${level}`)}</kbd> {t(`level.${level}`)}
        </li>
      ))}
      <li>
        <span className={classes.dot} aria-hidden="true" /> {t("legend.differs")}
      </li>
    </ul>
  );
};
