import { Button } from "@mantine/core";
import { IconCloudOff } from "@tabler/icons-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { notifyFailure } from "../../data/use-intent.ts";
import { useSignIn } from "../sign-in/use-sign-in.ts";
import classes from "./ended-banner.module.css";

/** The session has ended at the provider: work goes on, sync waits. */
export const EndedBanner = () => {
  const { t } = useTranslation("shell");
  const { start, busy, failure } = useSignIn();
  useEffect(() => {
    if (failure !== null) notifyFailure(failure);
  }, [failure]);
  return (
    <div className={classes.banner} role="status">
      <IconCloudOff size={17} stroke={1.7} aria-hidden="true" />
      <p>
        <strong>{t("ended.title")}</strong> {t("ended.text")}
      </p>
      <Button loading={busy} onClick={() => void start()}>
        {t("ended.button")}
      </Button>
    </div>
  );
};
