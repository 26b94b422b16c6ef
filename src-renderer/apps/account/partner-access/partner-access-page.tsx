import { IconKey, IconUsersGroup } from "@tabler/icons-react";
import { Outlet, useNavigate, useParams } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { decide } from "#shared/access/decide.ts";
import { type HeldDevice, heldDevices } from "../../../data/holdings.ts";
import { useViewer } from "../../../data/session.ts";
import { useFirstSync, useSyncStatus } from "../../../data/sync.ts";
import { type LiveHoldings, useHoldings, useMinute } from "../../../data/use-holdings.ts";
import { PendingMark } from "../../../ui/badges.tsx";
import cells from "../../../ui/cells.module.css";
import { formatDay } from "../../../ui/format.ts";
import page from "../../../ui/page.module.css";
import { PageHeader } from "../../../ui/page-header.tsx";
import { SearchBox } from "../../../ui/search-box.tsx";
import { ShortList } from "../../../ui/short-list.tsx";
import { SplitPane } from "../../../ui/split-pane.tsx";
import { EmptyState, FailedState, FirstSyncState, LoadingState } from "../../../ui/states.tsx";
import classes from "./partner-access.module.css";

/** What each partner of the directory is let see: those with a grant first (PRT-3, FED-11). */
export const PartnerAccessPage = () => {
  const { t } = useTranslation("access");
  const viewer = useViewer();
  const { partnerId = null } = useParams({ strict: false }) as { partnerId?: string };
  const navigate = useNavigate();
  const first = useFirstSync();
  const offline = useSyncStatus()?.phase === "offline";
  const live = useHoldings();
  const at = useMinute();
  const holdings = live.state === "live" ? live.value : null;
  const rows = useMemo(() => (holdings === null ? null : rowsOf(holdings, at)), [holdings, at]);
  const granted = rows?.filter(({ grants }) => grants > 0).length ?? 0;
  return (
    <div className={page.page}>
      <PageHeader
        title={t("title")}
        subtitle={rows !== null && t("count", { count: granted })}
        whyReadOnly={decide(viewer, { item: "partner-access", level: "full" })}
      />
      {offline && (
        <p className={classes.offline} role="status">
          {t("offline")}
        </p>
      )}
      <div className={page.split}>
        <SplitPane
          id="partner-access"
          defaultWidth={360}
          onBack={() => void navigate({ to: "/account/partner-access" })}
          list={
            live.state === "failed" ? (
              <FailedState />
            ) : rows === null ? (
              <LoadingState rows={8} />
            ) : rows.length > 0 ? (
              <List rows={rows} selectedId={partnerId} />
            ) : first !== null ? (
              <FirstSyncState {...first} />
            ) : (
              <EmptyState icon={IconUsersGroup} title={t("emptyTitle")}>
                {t("emptyText")}
              </EmptyState>
            )
          }
          detail={partnerId === null ? null : <Outlet />}
          empty={
            rows === null || rows.length === 0 ? undefined : (
              <EmptyState icon={IconKey} title={t("pickTitle")}>
                {t("pickText")}
              </EmptyState>
            )
          }
        />
      </div>
    </div>
  );
};

/** A partner of the directory with what it is granted now. */
interface Row {
  partnerId: string;
  name: string;
  grants: number;
  sees: number;
  telemetry: boolean;
  /** When the last grant ends; null without one. ISO. */
  until: string | null;
  pending: number;
}

const rowsOf = (holdings: LiveHoldings, at: string): Row[] => {
  const devices: HeldDevice[] = heldDevices(holdings, at);
  return holdings.partners
    .map(({ tenantId, name }): Row => {
      const mine = holdings.grants.filter(({ partnerId }) => partnerId === tenantId);
      const grants = mine.filter(({ status, until }) => status === "active" && until > at);
      const seen = devices.flatMap(({ standings }) =>
        standings.filter(({ partnerId, sees }) => partnerId === tenantId && sees),
      );
      return {
        ...{ partnerId: tenantId, name, grants: grants.length, sees: seen.length },
        telemetry: grants.some(({ telemetry }) => telemetry),
        until:
          grants
            .map(({ until }) => until)
            .sort()
            .at(-1) ?? null,
        pending: mine.reduce((sum, { id }) => sum + (holdings.pending.get(id)?.length ?? 0), 0),
      };
    })
    .sort((a, b) => Number(b.grants > 0) - Number(a.grants > 0) || a.name.localeCompare(b.name));
};

const List = ({ rows, selectedId }: { rows: readonly Row[]; selectedId: string | null }) => {
  const { t } = useTranslation("access");
  const [search, setSearch] = useState("");
  const wanted = search.toLowerCase();
  const shown = rows.filter(({ name }) => name.toLowerCase().includes(wanted));
  return (
    <>
      <div className={classes.bar}>
        <SearchBox
          label={t("search")}
          placeholder={t("search")}
          value={search}
          onChange={setSearch}
        />
      </div>
      <ShortList
        label={t("title")}
        rows={shown.map((row) => ({
          key: row.partnerId,
          link: { to: "/account/partner-access/$partnerId", params: { partnerId: row.partnerId } },
          selected: row.partnerId === selectedId,
          cells: <RowCells row={row} />,
        }))}
        none={t("noMatch")}
      />
    </>
  );
};

const RowCells = ({ row }: { row: Row }) => {
  const { t, i18n } = useTranslation("access");
  const { name, grants, sees, telemetry, until, pending } = row;
  return (
    <>
      <span className={cells.two}>
        <span className={cells.name}>{name}</span>
        <span className={cells.small}>
          {grants === 0 ? t("noAccess") : t("sees", { count: sees })}
          {grants > 0 && telemetry && ` · ${t("telemetry")}`}
        </span>
      </span>
      <PendingMark count={pending} />
      {until !== null && <span className={classes.until}>{formatDay(until, i18n.language)}</span>}
    </>
  );
};
