import { ActionIcon, CopyButton } from "@mantine/core";
import { IconCheck, IconCopy, IconEyeOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./line-detail.module.css";

/** A hash, whole, with a way to copy it. */
export const Hash = ({ value }: { value: string }) => {
  const { t } = useTranslation("portal");
  return (
    <span className={classes.hash}>
      <code className={classes.mono}>{value}</code>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <ActionIcon size="xs" onClick={copy} aria-label={t(copied ? "copied" : "copy")}>
            {copied ? <IconCheck size={13} /> : <IconCopy size={13} stroke={1.8} />}
          </ActionIcon>
        )}
      </CopyButton>
    </span>
  );
};

/** What stands where a value would, that its reader may not see (S8). */
export const NotShown = () => {
  const { t } = useTranslation("portal");
  return (
    <span className={classes.notShown}>
      <IconEyeOff size={13} stroke={1.8} aria-hidden="true" />
      {t("value.notShown")}
    </span>
  );
};
