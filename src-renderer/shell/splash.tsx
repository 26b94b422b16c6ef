import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { BrandMark } from "../ui/brand-mark.tsx";
import classes from "./splash.module.css";

/** The moment before the engine has said who is signed in; words only if it takes long. */
export const Splash = () => {
  const { t } = useTranslation("shell");
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), 900);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={classes.splash} role="status">
      <BrandMark size={44} />
      <span data-shown={long || undefined}>{t("engine.connecting")}</span>
    </div>
  );
};
