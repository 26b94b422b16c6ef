import { useTranslation } from "react-i18next";
import type { Access } from "#shared/domain/person/person.ts";
import { useNow } from "../../../../ui/use-now.ts";
import classes from "./status-mark.module.css";

/** Where someone stands; an invitation that nobody took in time says so. */
export const StatusMark = ({ access }: { access: Access }) => {
  const { t } = useTranslation("account");
  const now = useNow();
  const { status, inviteUntil } = access;
  const late = status === "invited" && inviteUntil !== null && Date.parse(inviteUntil) <= now;
  return (
    <span className={classes.status} data-status={late ? "expired" : status}>
      {t(late ? "status.expired" : `status.${status}`)}
    </span>
  );
};
