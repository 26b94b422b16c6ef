import { Button, Group, Modal } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Failure, fail } from "#shared/failure.ts";
import { useCore } from "../../data/core.ts";
import { useSyncStatus } from "../../data/sync.ts";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import classes from "./sign-out.module.css";

/** Asks before signing out: it erases this device's copy, and says what would be lost with it. */
export const SignOut = ({ opened, onClose }: { opened: boolean; onClose: () => void }) => {
  const { t } = useTranslation("shell");
  const core = useCore();
  const status = useSyncStatus();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const waiting = status?.waiting ?? 0;
  const attention = status?.attention ?? 0;
  const losing = waiting + attention > 0;

  const close = () => {
    setFailure(null);
    onClose();
  };
  const go = async () => {
    setBusy(true);
    const done = await core.session.signOut({ discard: losing }).catch(() => null);
    setBusy(false);
    if (done?.ok === true) close();
    else setFailure(done === null ? fail("core-unreachable") : done.error);
  };

  return (
    <Modal opened={opened} onClose={close} title={<strong>{t("signOut.title")}</strong>}>
      <p className={classes.text}>{t("signOut.text")}</p>
      {losing && (
        <div className={classes.losing} role="alert">
          {waiting > 0 && <p>{t("signOut.waiting", { count: waiting })}</p>}
          {attention > 0 && <p>{t("signOut.attention", { count: attention })}</p>}
          <p>{t("signOut.lost")}</p>
        </div>
      )}
      {failure !== null && <FailureNotice failure={failure} />}
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={close} data-autofocus>
          {t("signOut.stay")}
        </Button>
        {waiting > 0 && (
          <Button variant="default" onClick={() => void core.sync.now().catch(() => undefined)}>
            {t("signOut.syncFirst")}
          </Button>
        )}
        <Button {...(losing ? { color: "red" } : {})} loading={busy} onClick={() => void go()}>
          {t(losing ? "signOut.discard" : "signOut.go")}
        </Button>
      </Group>
    </Modal>
  );
};
