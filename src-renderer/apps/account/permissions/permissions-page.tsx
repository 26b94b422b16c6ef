import { IconGridDots } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFirstSync } from "../../../data/sync.ts";
import { useChecks, type Wish } from "../../../data/use-checks.ts";
import { type Organisation, useOrganisation } from "../../../data/use-people.ts";
import page from "../../../ui/page.module.css";
import { PageHeader } from "../../../ui/page-header.tsx";
import { SplitPane } from "../../../ui/split-pane.tsx";
import { EmptyState, FailedState, FirstSyncState, LoadingState } from "../../../ui/states.tsx";
import { useMayNot } from "../read-only.tsx";
import { Legend } from "./legend.tsx";
import { Matrix } from "./matrix.tsx";
import { RolePanel } from "./role-panel.tsx";

/** What each role can do here, and where: layers 4 and 5 (FED-9, FED-10). */
export const PermissionsPage = () => {
  const { t } = useTranslation("account");
  const mayNot = useMayNot("permissions");
  const first = useFirstSync();
  const live = useOrganisation();
  return (
    <div className={page.page}>
      <PageHeader
        title={t("permissions.title")}
        subtitle={t("permissions.subtitle")}
        actions={<Legend />}
        whyReadOnly={mayNot}
      />
      <div className={page.split}>
        {live.state === "failed" ? (
          <FailedState />
        ) : live.state === "loading" ? (
          <LoadingState rows={12} />
        ) : live.value.roles.length > 0 ? (
          <Permissions organisation={live.value} />
        ) : first === null ? (
          <EmptyState icon={IconGridDots} title={t("roles.emptyTitle")}>
            {t("roles.emptyText")}
          </EmptyState>
        ) : (
          <FirstSyncState {...first} />
        )}
      </div>
    </div>
  );
};

const Permissions = ({ organisation }: { organisation: Organisation }) => {
  const navigate = useNavigate();
  const { role: wanted } = useSearch({ strict: false }) as { role?: string };
  const { roles, people } = organisation;
  const selected = roles.find(({ id }) => id === wanted) ?? null;
  // A role's scope given once more changes nothing: it asks whether the role may be changed at all.
  const probe = ({ id, scope }: (typeof roles)[number]): [string, Wish] => [
    id,
    { type: "role.set-scope", targetId: id, payload: { scope } },
  ];
  const locks = useChecks(Object.fromEntries(roles.map(probe)), people);
  const select = (id: string | null) =>
    void navigate({ to: "/account/permissions", search: id === null ? {} : { role: id } });
  return (
    <SplitPane
      id="permissions"
      defaultWidth={820}
      onBack={() => select(null)}
      list={
        <Matrix
          roles={roles}
          locks={locks}
          selectedId={selected?.id ?? null}
          onSelect={(id) => select(id === selected?.id ? null : id)}
        />
      }
      detail={
        selected === null ? null : (
          <RolePanel
            key={selected.id}
            role={selected}
            organisation={organisation}
            lock={locks[selected.id] ?? null}
            onClose={() => select(null)}
          />
        )
      }
    />
  );
};
