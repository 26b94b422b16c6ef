import { Button } from "@mantine/core";
import { IconLayoutSidebar, IconRipple } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { levelOf, scopeOf } from "#shared/access/layers.ts";
import type { Overview } from "#shared/ipc/views.ts";
import { useViewer } from "../../../data/session.ts";
import { useFirstSync } from "../../../data/sync.ts";
import { useLive } from "../../../data/use-live.ts";
import { useFeatures } from "../../../shell/features.ts";
import { sidebarOf } from "../../../shell/navigation.ts";
import layout from "../../../ui/overview.module.css";
import page from "../../../ui/page.module.css";
import { PageHeader } from "../../../ui/page-header.tsx";
import { EmptyState, FailedState, FirstSyncState, LoadingState } from "../../../ui/states.tsx";
import { CustomerBars } from "./customer-bars.tsx";
import { DayCard } from "./day-card.tsx";
import { WorkCard } from "./work-card.tsx";
import { WorkFigures } from "./work-figures.tsx";

/** What needs me now: figures, my own next work, today's visits, the head of the queue. */
export const OverviewPage = () => {
  const { t } = useTranslation("overview");
  const viewer = useViewer();
  const reads = levelOf(viewer, "workload") !== "hidden";
  return (
    <div className={page.page}>
      <PageHeader title={t("title")} />
      {reads ? <Work /> : <NoWork />}
    </div>
  );
};

/** A role that reads no work: where its own parts are, if they are there yet. */
const NoWork = () => {
  const { t } = useTranslation("overview");
  const viewer = useViewer();
  const elsewhere = sidebarOf(viewer, "partners", useFeatures()).length > 0;
  return (
    <EmptyState
      icon={IconLayoutSidebar}
      title={t("noWork.title")}
      action={levelOf(viewer, "covered-devices") !== "hidden" && <ToDevices />}
    >
      {t(elsewhere ? "noWork.text" : "noWork.notYet")}
    </EmptyState>
  );
};

const ToDevices = () => {
  const { t } = useTranslation("overview");
  return (
    <Button component={Link} to="/partners/devices" variant="default">
      {t("calm.devices")}
    </Button>
  );
};

const Work = () => {
  const first = useFirstSync();
  const live = useLive((core, signal) => core.work.overview(undefined, { signal }), []);
  if (live.state === "loading") return <LoadingState rows={10} />;
  if (live.state === "failed") return <FailedState />;
  if (live.value.open > 0 || live.value.visitsToday.length > 0) {
    return <Needs overview={live.value} />;
  }
  return first === null ? <Calm /> : <FirstSyncState {...first} />;
};

const Needs = ({ overview }: { overview: Overview }) => {
  const { t } = useTranslation("overview");
  const viewer = useViewer();
  const ownDay = scopeOf(viewer).ownVisits;
  const mine = (
    <WorkCard
      title={t("mine.title")}
      rows={overview.mine}
      none={t("mine.none")}
      all={{ label: t("mine.all"), search: { assignee: ["me"] } }}
    />
  );
  const day = (
    <DayCard
      title={t(ownDay ? "day.mine" : "day.title")}
      visits={overview.visitsToday}
      own={ownDay}
    />
  );
  if (ownDay) {
    return (
      <div className={layout.body}>
        {day}
        <WorkFigures overview={overview} own />
        {mine}
      </div>
    );
  }
  return (
    <div className={layout.body}>
      <WorkFigures overview={overview} own={false} />
      <div className={layout.columns}>
        <div className={layout.column}>
          <WorkCard
            title={t("queue.title")}
            rows={overview.next}
            none=""
            all={{ label: t("queue.all"), search: {} }}
          />
        </div>
        <div className={layout.column}>
          {day}
          {overview.mine.length > 0 && mine}
          <CustomerBars customers={overview.byCustomer} />
        </div>
      </div>
    </div>
  );
};

const Calm = () => {
  const { t } = useTranslation("overview");
  const viewer = useViewer();
  return (
    <EmptyState
      icon={IconRipple}
      tone="accent"
      title={t("calm.title")}
      action={levelOf(viewer, "covered-devices") !== "hidden" && <ToDevices />}
    >
      {t("calm.text")}
    </EmptyState>
  );
};
