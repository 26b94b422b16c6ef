import { Button, Group, Modal } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Failure, fail } from "#shared/failure.ts";
import type { DeskItem } from "#shared/ipc/views.ts";
import { useCore } from "../../../data/core.ts";
import { FailureNotice } from "../../../ui/failure-notice.tsx";
import classes from "./desk.module.css";
import { useIntentWords } from "./words.ts";

/** Asks before a refused change is thrown away for good. */
export const DiscardDialog = ({ item, onClose }: { item: DeskItem; onClose: () => void }) => {
  const { t } = useTranslation("desk");
  const core = useCore();
  const say = useIntentWords();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const what = [say(item.intent.type), item.subject].filter(Boolean).join(" · ");
  const go = async () => {
    setBusy(true);
    const done = await core.desk.discard({ id: item.id }).catch(() => null);
    setBusy(false);
    if (done?.ok === true) onClose();
    else setFailure(done === null ? fail("core-unreachable") : done.error);
  };
  return (
    <Modal opened onClose={onClose} title={<strong>{t("confirm.title")}</strong>}>
      <p className={classes.text}>{t("confirm.text", { what })}</p>
      {failure !== null && <FailureNotice failure={failure} />}
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t("back")}
        </Button>
        <Button color="red" loading={busy} onClick={() => void go()}>
          {t("confirm.go")}
        </Button>
      </Group>
    </Modal>
  );
};
