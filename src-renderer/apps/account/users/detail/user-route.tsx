import { IconUserOff } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useOrganisation } from "../../../../data/use-people.ts";
import { EmptyState, FailedState, LoadingState } from "../../../../ui/states.tsx";
import { UserDetail } from "./user-detail.tsx";

/** The person the address names: whole, on the way, or not of the organisation. */
export const UserRoute = () => {
  const { t } = useTranslation("account");
  const { personId } = useParams({ strict: false }) as { personId?: string };
  const live = useOrganisation();
  if (live.state === "loading") return <LoadingState rows={8} />;
  if (live.state === "failed") return <FailedState />;
  const member = live.value.people.find(({ id }) => id === personId);
  if (member === undefined) {
    return (
      <EmptyState icon={IconUserOff} title={t("user.goneTitle")}>
        {t("user.goneText")}
      </EmptyState>
    );
  }
  return <UserDetail key={member.id} member={member} organisation={live.value} />;
};
