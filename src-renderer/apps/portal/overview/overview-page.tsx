import { IconLayoutSidebar, IconRipple } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { levelOf } from "#shared/access/layers.ts";
import { heldDevices } from "../../../data/holdings.ts";
import { useViewer } from "../../../data/session.ts";
import { useFirstSync } from "../../../data/sync.ts";
import { type LiveHoldings, useHoldings, useMinute } from "../../../data/use-holdings.ts";
import { Card } from "../../../ui/card.tsx";
import layout from "../../../ui/overview.module.css";
import page from "../../../ui/page.module.css";
import { PageHeader } from "../../../ui/page-header.tsx";
import { EmptyState, FailedState, FirstSyncState, LoadingState } from "../../../ui/states.tsx";
import { useNow } from "../../../ui/use-now.ts";
import { Timeline } from "../timeline.tsx";
import { spansOf } from "../timeline-layout.ts";
import { CoverBars } from "./cover-bars.tsx";
import { HoldingFigures } from "./holding-figures.tsx";
import { LogAlarm, LogCard } from "./log-card.tsx";
import classes from "./overview.module.css";

/** At a glance: devices, who covers them, what ends soon, what was last done, and the proof. */
export const OverviewPage = () => {
  const { t } = useTranslation("portal");
  const viewer = useViewer();
  const devices = levelOf(viewer, "my-devices") !== "hidden";
  const log = levelOf(viewer, "audit-log") !== "hidden";
  return (
    <div className={page.page}>
      <PageHeader title={t("overview.title")} />
      {devices || log ? (
        <Parts devices={devices} log={log} />
      ) : (
        <EmptyState icon={IconLayoutSidebar} title={t("overview.nothingTitle")}>
          {t("overview.nothingText")}
        </EmptyState>
      )}
    </div>
  );
};

const Parts = ({ devices, log }: { devices: boolean; log: boolean }) => {
  const { t } = useTranslation("portal");
  const first = useFirstSync();
  const live = useHoldings();
  if (live.state === "loading") return <LoadingState rows={10} />;
  if (live.state === "failed") return <FailedState />;
  if (live.value.devices.length === 0 && devices) {
    if (first !== null) return <FirstSyncState {...first} />;
    return (
      <div className={layout.body}>
        {log && <LogAlarm />}
        <EmptyState icon={IconRipple} tone="accent" title={t("devices.emptyTitle")}>
          {t("devices.emptyText")}
        </EmptyState>
        {log && <LogCard />}
      </div>
    );
  }
  return (
    <div className={layout.body}>
      {log && <LogAlarm />}
      {devices && <Holdings holdings={live.value} log={log} />}
      {!devices && <LogCard />}
    </div>
  );
};

const Holdings = ({ holdings, log }: { holdings: LiveHoldings; log: boolean }) => {
  const { t } = useTranslation("portal");
  const viewer = useViewer();
  const now = useNow();
  const at = useMinute();
  const held = useMemo(() => heldDevices(holdings, at), [holdings, at]);
  const spans = useMemo(() => spansOf(holdings, at, t("unknownPartner")), [holdings, at, t]);
  const readsPartners = levelOf(viewer, "my-partners") !== "hidden";
  return (
    <>
      <HoldingFigures held={held} spans={spans} readsGrants={readsPartners} now={now} />
      <div className={layout.columns}>
        <div className={layout.column}>
          <Card
            title={t("overview.ends")}
            aside={readsPartners && <Link to="/portal/partners">{t("partners.title")}</Link>}
          >
            <div className={classes.inside}>
              {spans.length === 0 ? (
                <p className={classes.none}>{t("overview.endsNone")}</p>
              ) : (
                <Timeline spans={spans.slice(0, 12)} now={now} />
              )}
            </div>
          </Card>
          <CoverBars held={held} holdings={holdings} />
        </div>
        <div className={layout.column}>{log && <LogCard />}</div>
      </div>
    </>
  );
};
