import { useTranslation } from "react-i18next";
import { WorkKeys } from "./keys-help.tsx";
import classes from "./workload.module.css";

/** Stands where the detail will: what to do, and the keys for it. */
export const PickHint = () => {
  const { t } = useTranslation("work");
  return (
    <div className={classes.pick}>
      <span>{t("pick.title")}</span>
      <WorkKeys />
    </div>
  );
};
