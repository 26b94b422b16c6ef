import { Button, Group, Modal } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Failure, fail } from "#shared/failure.ts";
import { err } from "#shared/result.ts";
import { useCore } from "../../../data/core.ts";
import { useSyncStatus } from "../../../data/sync.ts";
import { useStepUp } from "../../../data/use-step-up.ts";
import { FailureNotice } from "../../../ui/failure-notice.tsx";
import classes from "../detail.module.css";
import profile from "./profile.module.css";

/** Asks before every session is ended, and says what that does to each device (ID-3). */
export const SignOutEverywhere = ({ onClose }: { onClose: () => void }) => {
  const { t } = useTranslation("account");
  const core = useCore();
  const { runFresh } = useStepUp();
  const waiting = useSyncStatus()?.waiting ?? 0;
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const go = async () => {
    setBusy(true);
    setFailure(null);
    const done = await runFresh(() =>
      core.session.signOutEverywhere().catch(() => err(fail("core-unreachable"))),
    );
    setBusy(false);
    if (done.ok) onClose();
    else setFailure(done.error);
  };
  return (
    <Modal opened onClose={onClose} title={<strong>{t("everywhere.title")}</strong>}>
      <p className={classes.text}>{t("everywhere.text")}</p>
      <ul className={profile.list}>
        <li>{t("everywhere.others")}</li>
        <li>{t("everywhere.sent")}</li>
        <li>
          {waiting > 0 ? t("everywhere.hereWaiting", { count: waiting }) : t("everywhere.here")}
        </li>
      </ul>
      {failure !== null && <FailureNotice failure={failure} />}
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t("cancel")}
        </Button>
        <Button color="red" loading={busy} onClick={() => void go()}>
          {t("everywhere.go")}
        </Button>
      </Group>
    </Modal>
  );
};
