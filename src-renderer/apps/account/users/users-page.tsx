import { Button } from "@mantine/core";
import { IconFilterOff, IconUserPlus, IconUsers } from "@tabler/icons-react";
import { Outlet, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useViewer } from "../../../data/session.ts";
import { useFirstSync } from "../../../data/sync.ts";
import { useOrganisation } from "../../../data/use-people.ts";
import page from "../../../ui/page.module.css";
import { PageHeader } from "../../../ui/page-header.tsx";
import { SplitPane } from "../../../ui/split-pane.tsx";
import { EmptyState, FailedState, FirstSyncState, LoadingState } from "../../../ui/states.tsx";
import { Because, useMayNot } from "../read-only.tsx";
import { useTenantApps } from "../tenant-apps.ts";
import { InviteDialog } from "./invite/invite-dialog.tsx";
import { userRows } from "./list/rows.ts";
import { UserFilters } from "./list/user-filters.tsx";
import { UserList } from "./list/user-list.tsx";
import { askOfSearch, everyone, narrowsAsk, searchOfAsk, type UserAsk } from "./user-search.ts";

/** The people of the organisation, what role each holds in each app (AUTH-1), and one of them beside. */
export const UsersPage = () => {
  const { t } = useTranslation(["account", "common"]);
  const viewer = useViewer();
  const apps = useTenantApps();
  const mayNot = useMayNot("users");
  const raw = useSearch({ strict: false }) as Record<string, unknown>;
  const ask = useMemo(() => askOfSearch(raw), [raw]);
  const { personId = null } = useParams({ strict: false }) as { personId?: string };
  const navigate = useNavigate();
  const [inviting, setInviting] = useState(false);
  const live = useOrganisation();
  const organisation = live.state === "live" ? live.value : null;
  const rows = useMemo(
    () => (organisation === null ? [] : userRows(organisation, apps, ask)),
    [organisation, apps, ask],
  );

  const narrow = (next: UserAsk) =>
    void navigate({
      to: personId === null ? "/account/users" : "/account/users/$personId",
      ...(personId === null ? {} : { params: { personId } }),
      search: searchOfAsk(next),
      replace: true,
    });
  const open = (id: string | null) =>
    void navigate({
      to: id === null ? "/account/users" : "/account/users/$personId",
      ...(id === null ? {} : { params: { personId: id } }),
      search: searchOfAsk(ask),
    });
  const invited = organisation?.people.filter(({ access }) => access.status === "invited") ?? [];
  return (
    <div className={page.page}>
      <PageHeader
        title={t("users.title")}
        subtitle={
          organisation !== null && (
            <>
              {t("users.count", { count: organisation.people.length })}
              {invited.length > 0 && ` · ${t("users.invitedCount", { count: invited.length })}`}
            </>
          )
        }
        whyReadOnly={mayNot}
        actions={
          <Because failure={mayNot}>
            <Button
              disabled={mayNot !== null}
              leftSection={<IconUserPlus size={16} stroke={1.8} aria-hidden="true" />}
              onClick={() => setInviting(true)}
            >
              {t("invite.open")}
            </Button>
          </Because>
        }
      />
      <UserFilters ask={ask} roles={organisation?.roles ?? []} apps={apps} onChange={narrow} />
      <div className={page.split}>
        <SplitPane
          id="users"
          defaultWidth={400}
          onBack={() => open(null)}
          list={
            live.state === "failed" ? (
              <FailedState />
            ) : live.state === "loading" ? (
              <LoadingState rows={12} />
            ) : rows.length === 0 ? (
              <Nobody ask={ask} onClear={() => narrow(everyone)} />
            ) : (
              <UserList
                rows={rows}
                apps={apps}
                meId={viewer.accountId}
                selectedId={personId}
                search={searchOfAsk(ask)}
              />
            )
          }
          detail={personId === null ? null : <Outlet />}
        />
      </div>
      {inviting && organisation !== null && (
        <InviteDialog
          roles={organisation.roles}
          onClose={(id) => {
            setInviting(false);
            if (id !== null) open(id);
          }}
        />
      )}
    </div>
  );
};

const Nobody = ({ ask, onClear }: { ask: UserAsk; onClear: () => void }) => {
  const { t } = useTranslation(["account", "common"]);
  const first = useFirstSync();
  if (first !== null) return <FirstSyncState {...first} />;
  return narrowsAsk(ask) ? (
    <EmptyState
      icon={IconFilterOff}
      title={t("users.noMatchTitle")}
      action={
        <Button variant="default" onClick={onClear}>
          {t("common:filter.clearAll")}
        </Button>
      }
    >
      {t("users.noMatchText")}
    </EmptyState>
  ) : (
    <EmptyState icon={IconUsers} title={t("users.emptyTitle")}>
      {t("users.emptyText")}
    </EmptyState>
  );
};
