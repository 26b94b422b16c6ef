import { Spotlight } from "@mantine/spotlight";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { anyWork, type DeviceRow, type WorkRow } from "#shared/ipc/views.ts";
import { useViewer } from "../../data/session.ts";
import { useLive } from "../../data/use-live.ts";
import { KindIcon, StatusBadge } from "../../ui/badges.tsx";
import { refusalOf } from "../refusal.ts";
import classes from "./palette.module.css";

const MOST = 6;

/** Work and devices that a search finds, as far as the viewer may open their pages. */
export const Found = ({ query, alone }: { query: string; alone: boolean }) => {
  const { t } = useTranslation("shell");
  const viewer = useViewer();
  const work = useLive(
    (core, signal) =>
      core.work.watch(
        { filter: { ...anyWork, search: query }, offset: 0, limit: MOST },
        { signal },
      ),
    [query],
  );
  const devices = useLive(
    (core, signal) =>
      core.devices.watch(
        { search: query, customers: [], regions: [], offset: 0, limit: MOST },
        { signal },
      ),
    [query],
  );
  if (work.state !== "live" || devices.state !== "live") return null;
  const rows = refusalOf(viewer, "workload") === null ? work.value.rows : [];
  const machines = refusalOf(viewer, "covered-devices") === null ? devices.value.rows : [];
  if (alone && rows.length + machines.length === 0) {
    return <p className={classes.hint}>{t("palette.nothing", { query })}</p>;
  }
  return (
    <>
      <FoundWork rows={rows} />
      <FoundDevices rows={machines} />
    </>
  );
};

const FoundWork = ({ rows }: { rows: WorkRow[] }) => {
  const { t } = useTranslation("shell");
  const navigate = useNavigate();
  if (rows.length === 0) return null;
  return (
    <Spotlight.ActionsGroup label={t("palette.work")}>
      {rows.map((row) => (
        <Spotlight.Action
          key={row.id}
          label={row.title}
          description={`${row.ref} · ${row.deviceName} · ${row.customerName}`}
          leftSection={<KindIcon kind={row.kind} />}
          rightSection={<StatusBadge kind={row.kind} status={row.status} />}
          onClick={() =>
            void navigate({
              to: "/partners/workload",
              search: { item: `${row.kind}:${row.id}` } as never,
            })
          }
        />
      ))}
    </Spotlight.ActionsGroup>
  );
};

const FoundDevices = ({ rows }: { rows: DeviceRow[] }) => {
  const { t } = useTranslation("shell");
  const navigate = useNavigate();
  if (rows.length === 0) return null;
  return (
    <Spotlight.ActionsGroup label={t("palette.devices")}>
      {rows.map((row) => (
        <Spotlight.Action
          key={row.id}
          label={row.name}
          description={`${row.model} · ${row.serial} · ${row.customerName}`}
          leftSection={<KindIcon kind="device" />}
          onClick={() => void navigate({ to: `/partners/devices/${row.id}` })}
        />
      ))}
    </Spotlight.ActionsGroup>
  );
};
