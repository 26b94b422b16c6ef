import { useTranslation } from "react-i18next";
import type { Access } from "#shared/domain/person/person.ts";
import { StatusMark } from "../../../../ui/badges.tsx";
import { useNow } from "../../../../ui/use-now.ts";

const tones = {
  active: "good",
  invited: "invited",
  expired: "warn",
  suspended: "danger",
  withdrawn: "left",
} as const;

/** Where someone stands; an invitation that nobody took in time says so. */
export const PersonStatus = ({ access }: { access: Access }) => {
  const { t } = useTranslation("account");
  const now = useNow();
  const { status, inviteUntil } = access;
  const late = status === "invited" && inviteUntil !== null && Date.parse(inviteUntil) <= now;
  const stands = late ? "expired" : status;
  return <StatusMark tone={tones[stands]}>{t(`status.${stands}`)}</StatusMark>;
};
