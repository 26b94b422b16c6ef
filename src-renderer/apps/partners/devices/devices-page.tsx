import { Button } from "@mantine/core";
import { IconCpu, IconFilterOff } from "@tabler/icons-react";
import { Outlet, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { decide } from "#shared/access/decide.ts";
import { levelOf } from "#shared/access/layers.ts";
import { useViewer } from "../../../data/session.ts";
import { useFirstSync } from "../../../data/sync.ts";
import { formatNumber } from "../../../ui/format.ts";
import page from "../../../ui/page.module.css";
import { PageHeader } from "../../../ui/page-header.tsx";
import { SplitPane } from "../../../ui/split-pane.tsx";
import { EmptyState, FailedState, FirstSyncState, LoadingState } from "../../../ui/states.tsx";
import { askOfSearch, type DeviceAsk, narrows, searchOfAsk } from "./device-search.ts";
import { DeviceFilters } from "./list/device-filters.tsx";
import { DeviceList } from "./list/device-list.tsx";
import { useDevices } from "./list/use-devices.ts";

/** Exactly the devices the partner covers (PAR-1), with one of them beside the list. */
export const DevicesPage = () => {
  const { t, i18n } = useTranslation("devices");
  const viewer = useViewer();
  const raw = useSearch({ strict: false }) as Record<string, unknown>;
  const ask = useMemo(() => askOfSearch(raw), [raw]);
  const params = useParams({ strict: false }) as { deviceId?: string };
  const deviceId = params.deviceId ?? null;
  const navigate = useNavigate();
  const devices = useDevices(ask);

  const narrow = (next: DeviceAsk) =>
    void navigate({
      to: deviceId === null ? "/partners/devices" : "/partners/devices/$deviceId",
      ...(deviceId === null ? {} : { params: { deviceId } }),
      search: searchOfAsk(next),
      replace: true,
    });
  const back = () => void navigate({ to: "/partners/devices", search: searchOfAsk(ask) });

  const { total } = devices;
  return (
    <div className={page.page}>
      <PageHeader
        title={t("title")}
        subtitle={
          total !== null &&
          t("count", { count: total }).replace(String(total), formatNumber(total, i18n.language))
        }
        whyReadOnly={decide(viewer, { item: "covered-devices", level: "full" })}
      />
      <DeviceFilters ask={ask} onChange={narrow} />
      <div className={page.split}>
        <SplitPane
          id="devices"
          defaultWidth={420}
          onBack={back}
          list={
            devices.failed ? (
              <FailedState />
            ) : total === null ? (
              <LoadingState rows={12} />
            ) : total > 0 ? (
              <DeviceList
                devices={devices}
                selectedId={deviceId}
                search={searchOfAsk(ask)}
                readsWork={levelOf(viewer, "workload") !== "hidden"}
              />
            ) : (
              <Nothing ask={ask} onClear={narrow} />
            )
          }
          detail={deviceId === null ? null : <Outlet />}
        />
      </div>
    </div>
  );
};

const Nothing = ({ ask, onClear }: { ask: DeviceAsk; onClear: (ask: DeviceAsk) => void }) => {
  const { t } = useTranslation("devices");
  const { t: common } = useTranslation("common");
  const first = useFirstSync();
  if (first !== null) return <FirstSyncState {...first} />;
  return narrows(ask) ? (
    <EmptyState
      icon={IconFilterOff}
      title={t("list.noMatchTitle")}
      action={
        <Button
          variant="default"
          onClick={() => onClear({ search: "", customers: [], regions: [] })}
        >
          {common("filter.clearAll")}
        </Button>
      }
    >
      {t("list.noMatchText")}
    </EmptyState>
  ) : (
    <EmptyState icon={IconCpu} title={t("list.emptyTitle")}>
      {t("list.emptyText")}
    </EmptyState>
  );
};
