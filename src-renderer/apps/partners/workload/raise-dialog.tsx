import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useViewer } from "../../../data/session.ts";
import { useRecord } from "../../../data/use-record.ts";
import { RaiseForm } from "./detail/forms.tsx";
import { permitted } from "./detail/permitted.ts";

/** Raises a ticket for the device the address names. */
export const RaiseDialog = ({
  deviceId,
  onDone,
  onClose,
}: {
  deviceId: string;
  onDone: (ticketId: string) => void;
  onClose: () => void;
}) => {
  const { t } = useTranslation("work");
  const viewer = useViewer();
  const device = useRecord("device", deviceId);
  const known = device.state === "live" ? device.value?.data : undefined;
  if (!permitted(viewer, "ticket.raise") || known === undefined) return null;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={
        <strong>
          {t("form.raiseTitle")} · {t("form.raiseOn", { device: known.name })}
        </strong>
      }
    >
      <RaiseForm
        deviceId={deviceId}
        alarmId={null}
        plain
        initial={{ title: "", detail: "", priority: 3 }}
        onDone={onDone}
        onCancel={onClose}
      />
    </Modal>
  );
};
