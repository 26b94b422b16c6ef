import { IconIdBadgeOff } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useOrganisation } from "../../../data/use-people.ts";
import { EmptyState, FailedState, LoadingState } from "../../../ui/states.tsx";
import { RoleDetail } from "./role-detail.tsx";

/** The role the address names: whole, on the way, or gone. */
export const RoleRoute = () => {
  const { t } = useTranslation("account");
  const { roleId } = useParams({ strict: false }) as { roleId?: string };
  const live = useOrganisation();
  if (live.state === "loading") return <LoadingState rows={8} />;
  if (live.state === "failed") return <FailedState />;
  const role = live.value.roles.find(({ id }) => id === roleId);
  if (role === undefined) {
    return (
      <EmptyState icon={IconIdBadgeOff} title={t("role.goneTitle")}>
        {t("role.goneText")}
      </EmptyState>
    );
  }
  return <RoleDetail key={role.id} role={role} organisation={live.value} />;
};
