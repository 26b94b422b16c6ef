import { Button, Group, Modal } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#shared/failure.ts";
import type { Result } from "#shared/result.ts";
import type { DeviceView } from "#shared/sync/session.ts";
import { useStepUp } from "../../data/use-step-up.ts";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import classes from "./detail.module.css";

/** Asks before a device is revoked, says what that does, and has its asker prove who they are (ID-3). */
export const RevokeDevice = ({
  device,
  revoke,
  onDone,
  onClose,
}: {
  device: DeviceView;
  revoke: (id: string) => Promise<Result<unknown, Failure>>;
  onDone: () => void;
  onClose: () => void;
}) => {
  const { t } = useTranslation(["account", "common"]);
  const { runFresh } = useStepUp();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const go = async () => {
    setBusy(true);
    setFailure(null);
    const done = await runFresh(() => revoke(device.id));
    setBusy(false);
    if (done.ok) onDone();
    else setFailure(done.error);
  };
  const tail = device.id.slice(-4).toUpperCase();
  return (
    <Modal
      opened
      onClose={onClose}
      title={
        <strong>{t("sessions.revokeTitle", { device: t("sessions.device", { tail }) })}</strong>
      }
    >
      <p className={classes.text}>{t("sessions.revokeText")}</p>
      {failure !== null && <FailureNotice failure={failure} />}
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t("common:actions.cancel")}
        </Button>
        <Button color="red" loading={busy} onClick={() => void go()}>
          {t("sessions.revokeGo")}
        </Button>
      </Group>
    </Modal>
  );
};
