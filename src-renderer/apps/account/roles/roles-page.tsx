import { Button } from "@mantine/core";
import { IconIdBadge2, IconPlus } from "@tabler/icons-react";
import { Outlet, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFirstSync } from "../../../data/sync.ts";
import { useOrganisation } from "../../../data/use-people.ts";
import page from "../../../ui/page.module.css";
import { PageHeader } from "../../../ui/page-header.tsx";
import { SplitPane } from "../../../ui/split-pane.tsx";
import { EmptyState, FailedState, FirstSyncState, LoadingState } from "../../../ui/states.tsx";
import { Because, useMayNot } from "../read-only.tsx";
import { CreateRole } from "./create-role.tsx";
import { RoleList } from "./role-list.tsx";

/** The roles an organisation grants: which there are, where they reach, who holds them. */
export const RolesPage = () => {
  const { t } = useTranslation("account");
  const mayNot = useMayNot("roles");
  const navigate = useNavigate();
  const { roleId = null } = useParams({ strict: false }) as { roleId?: string };
  const [creating, setCreating] = useState(false);
  const first = useFirstSync();
  const live = useOrganisation();
  const organisation = live.state === "live" ? live.value : null;
  return (
    <div className={page.page}>
      <PageHeader
        title={t("roles.title")}
        subtitle={organisation !== null && t("roles.count", { count: organisation.roles.length })}
        whyReadOnly={mayNot}
        actions={
          <Because failure={mayNot}>
            <Button
              disabled={mayNot !== null}
              leftSection={<IconPlus size={16} stroke={1.8} aria-hidden="true" />}
              onClick={() => setCreating(true)}
            >
              {t("createRole.open")}
            </Button>
          </Because>
        }
      />
      <div className={page.split}>
        <SplitPane
          id="roles"
          defaultWidth={430}
          onBack={() => void navigate({ to: "/account/roles" })}
          list={
            live.state === "failed" ? (
              <FailedState />
            ) : organisation === null ? (
              <LoadingState rows={8} />
            ) : organisation.roles.length > 0 ? (
              <RoleList organisation={organisation} selectedId={roleId} />
            ) : first === null ? (
              <EmptyState icon={IconIdBadge2} title={t("roles.emptyTitle")}>
                {t("roles.emptyText")}
              </EmptyState>
            ) : (
              <FirstSyncState {...first} />
            )
          }
          detail={roleId === null ? null : <Outlet />}
        />
      </div>
      {creating && (
        <CreateRole
          onClose={() => setCreating(false)}
          onDone={(id) => void navigate({ to: "/account/permissions", search: { role: id } })}
        />
      )}
    </div>
  );
};
