import { Button } from "@mantine/core";
import { IconCpu, IconFilterOff } from "@tabler/icons-react";
import { Outlet, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { decide } from "#shared/access/decide.ts";
import { heldDevices } from "../../../data/holdings.ts";
import { useViewer } from "../../../data/session.ts";
import { useFirstSync } from "../../../data/sync.ts";
import { useHoldings, useMinute } from "../../../data/use-holdings.ts";
import { formatNumber } from "../../../ui/format.ts";
import page from "../../../ui/page.module.css";
import { PageHeader } from "../../../ui/page-header.tsx";
import { SplitPane } from "../../../ui/split-pane.tsx";
import { EmptyState, FailedState, FirstSyncState, LoadingState } from "../../../ui/states.tsx";
import {
  allDevices,
  askDevices,
  type DeviceAsk,
  narrows,
  readAsk,
  writeAsk,
} from "./device-ask.ts";
import { DeviceFilters } from "./device-filters.tsx";
import { DeviceList } from "./device-list.tsx";

/** All that the customer owns, with one of it beside the list. */
export const MyDevicesPage = () => {
  const { t, i18n } = useTranslation("portal");
  const viewer = useViewer();
  const raw = useSearch({ strict: false }) as Record<string, unknown>;
  const ask = useMemo(() => readAsk(raw), [raw]);
  const { deviceId = null } = useParams({ strict: false }) as { deviceId?: string };
  const navigate = useNavigate();
  const live = useHoldings();
  const at = useMinute();
  const holdings = live.state === "live" ? live.value : null;
  const devices = useMemo(
    () => (holdings === null ? null : heldDevices(holdings, at)),
    [holdings, at],
  );
  const shown = useMemo(() => (devices === null ? [] : askDevices(devices, ask)), [devices, ask]);

  const narrow = (next: DeviceAsk) =>
    void navigate({
      to: deviceId === null ? "/portal/devices" : "/portal/devices/$deviceId",
      ...(deviceId === null ? {} : { params: { deviceId } }),
      search: writeAsk(next),
      replace: true,
    });
  const count = shown.length;
  return (
    <div className={page.page}>
      <PageHeader
        title={t("devices.title")}
        subtitle={
          devices !== null &&
          t("devices.count", { count, formatted: formatNumber(count, i18n.language) })
        }
        whyReadOnly={decide(viewer, { item: "my-devices", level: "full" })}
      />
      <DeviceFilters ask={ask} devices={devices ?? []} holdings={holdings} onChange={narrow} />
      <div className={page.split}>
        <SplitPane
          id="my-devices"
          defaultWidth={440}
          onBack={() => void navigate({ to: "/portal/devices", search: writeAsk(ask) })}
          list={
            live.state === "failed" ? (
              <FailedState />
            ) : holdings === null ? (
              <LoadingState rows={12} />
            ) : count > 0 ? (
              <DeviceList
                devices={shown}
                holdings={holdings}
                selectedId={deviceId}
                search={writeAsk(ask)}
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
  const { t } = useTranslation("portal");
  const { t: common } = useTranslation("common");
  const first = useFirstSync();
  if (first !== null) return <FirstSyncState {...first} />;
  return narrows(ask) ? (
    <EmptyState
      icon={IconFilterOff}
      title={t("devices.noMatchTitle")}
      action={
        <Button variant="default" onClick={() => onClear(allDevices)}>
          {common("filter.clearAll")}
        </Button>
      }
    >
      {t("devices.noMatchText")}
    </EmptyState>
  ) : (
    <EmptyState icon={IconCpu} title={t("devices.emptyTitle")}>
      {t("devices.emptyText")}
    </EmptyState>
  );
};
