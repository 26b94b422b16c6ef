import { IconMapOff } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useRecord } from "../../../../data/use-record.ts";
import { EmptyState, FailedState, LoadingState } from "../../../../ui/states.tsx";
import { DeviceDetail } from "./device-detail.tsx";

/** The device the address names: whole, on its way, or no longer covered. */
export const DeviceRoute = () => {
  const { deviceId } = useParams({ strict: false }) as { deviceId?: string };
  return deviceId === undefined ? null : <OneDevice key={deviceId} deviceId={deviceId} />;
};

const OneDevice = ({ deviceId }: { deviceId: string }) => {
  const { t } = useTranslation("devices");
  const live = useRecord("device", deviceId);
  if (live.state === "loading") return <LoadingState rows={8} />;
  if (live.state === "failed") return <FailedState />;
  if (live.value === null) {
    return (
      <EmptyState icon={IconMapOff} title={t("gone.title")}>
        {t("gone.text")}
      </EmptyState>
    );
  }
  return <DeviceDetail device={live.value.data} />;
};
