import { Avatar, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./assignee.module.css";

/** Who has a piece of work, by initials; a broken ring where nobody has. */
export const Assignee = ({
  name,
  withName = false,
}: {
  name: string | null;
  withName?: boolean;
}) => {
  const { t } = useTranslation("common");
  const label = name ?? t("unassigned");
  const mark =
    name === null ? (
      <span className={classes.nobody} />
    ) : (
      <Avatar size={20} name={name} color="initials" variant="light" className={classes.avatar} />
    );
  if (withName) {
    return (
      <span className={classes.named}>
        <span aria-hidden="true">{mark}</span>
        <span data-nobody={name === null || undefined}>{label}</span>
      </span>
    );
  }
  return (
    <Tooltip label={label}>
      <span className={classes.mark} role="img" aria-label={label}>
        {mark}
      </span>
    </Tooltip>
  );
};
