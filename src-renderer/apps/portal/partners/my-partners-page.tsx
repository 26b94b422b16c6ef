import { IconAlertTriangle, IconUsersGroup } from "@tabler/icons-react";
import { Outlet, useNavigate, useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { decide } from "#shared/access/decide.ts";
import { useViewer } from "../../../data/session.ts";
import { useFirstSync } from "../../../data/sync.ts";
import { useHoldings, useMinute } from "../../../data/use-holdings.ts";
import cells from "../../../ui/cells.module.css";
import { formatDay } from "../../../ui/format.ts";
import page from "../../../ui/page.module.css";
import { PageHeader } from "../../../ui/page-header.tsx";
import { ShortList } from "../../../ui/short-list.tsx";
import { SplitPane } from "../../../ui/split-pane.tsx";
import { EmptyState, FailedState, FirstSyncState, LoadingState } from "../../../ui/states.tsx";
import { useNow } from "../../../ui/use-now.ts";
import { endsSoon } from "../timeline-layout.ts";
import { type Bond, bondsOf } from "./bond.ts";
import classes from "./partners.module.css";

/** The partners that an agreement or a grant binds to the customer, one of them beside the list. */
export const MyPartnersPage = () => {
  const { t } = useTranslation("portal");
  const viewer = useViewer();
  const { partnerId = null } = useParams({ strict: false }) as { partnerId?: string };
  const navigate = useNavigate();
  const first = useFirstSync();
  const live = useHoldings();
  const at = useMinute();
  const holdings = live.state === "live" ? live.value : null;
  const bonds = useMemo(() => (holdings === null ? null : bondsOf(holdings, at)), [holdings, at]);
  return (
    <div className={page.page}>
      <PageHeader
        title={t("partners.title")}
        subtitle={bonds !== null && t("partners.count", { count: bonds.length })}
        whyReadOnly={decide(viewer, { item: "my-partners", level: "full" })}
      />
      <div className={page.split}>
        <SplitPane
          id="my-partners"
          defaultWidth={380}
          onBack={() => void navigate({ to: "/portal/partners" })}
          list={
            live.state === "failed" ? (
              <FailedState />
            ) : bonds === null ? (
              <LoadingState rows={8} />
            ) : bonds.length > 0 ? (
              <List bonds={bonds} selectedId={partnerId} />
            ) : first !== null ? (
              <FirstSyncState {...first} />
            ) : (
              <EmptyState icon={IconUsersGroup} title={t("partners.emptyTitle")}>
                {t("partners.emptyText")}
              </EmptyState>
            )
          }
          detail={partnerId === null ? null : <Outlet />}
          empty={
            bonds === null || bonds.length === 0 ? undefined : (
              <EmptyState icon={IconUsersGroup} title={t("partners.pickTitle")}>
                {t("partners.pickText")}
              </EmptyState>
            )
          }
        />
      </div>
    </div>
  );
};

const List = ({ bonds, selectedId }: { bonds: readonly Bond[]; selectedId: string | null }) => {
  const { t } = useTranslation("portal");
  return (
    <ShortList
      label={t("partners.title")}
      rows={bonds.map((bond) => ({
        key: bond.partnerId,
        link: { to: "/portal/partners/$partnerId", params: { partnerId: bond.partnerId } },
        selected: bond.partnerId === selectedId,
        cells: <Cells bond={bond} />,
      }))}
    />
  );
};

const Cells = ({ bond }: { bond: Bond }) => {
  const { t, i18n } = useTranslation("portal");
  const now = useNow();
  const { name, covers, sees, begins, firstEnd, gap } = bond;
  return (
    <>
      <span className={cells.two}>
        <span className={cells.name}>{name ?? t("unknownPartner")}</span>
        <span className={classes.small} data-gap={(gap !== null && gap !== "partly") || undefined}>
          {gap !== null && gap !== "partly" && (
            <IconAlertTriangle size={13} stroke={1.9} aria-hidden="true" />
          )}
          {gap === "agreement-without-grant" || gap === "grant-without-agreement"
            ? t(`gap.${gap}`)
            : begins === null
              ? t("partners.sees", { count: covers, sees })
              : t("partners.begins", { day: formatDay(begins, i18n.language) })}
        </span>
      </span>
      {firstEnd !== null && (
        <span className={classes.end} data-soon={endsSoon(firstEnd, now) || undefined}>
          {formatDay(firstEnd, i18n.language)}
        </span>
      )}
    </>
  );
};
