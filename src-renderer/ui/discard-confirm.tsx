import { Button, Group, Modal, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Failure } from "#shared/failure.ts";
import { FailureNotice } from "./failure-notice.tsx";

/** Asks before a refused change is thrown away for good. */
export const DiscardConfirm = ({
  what,
  failure,
  busy,
  onGo,
  onClose,
}: {
  /** The change in words. */
  what: string;
  /** Why it could not be discarded just now. */
  failure: Failure | null;
  busy: boolean;
  onGo: () => void;
  onClose: () => void;
}) => {
  const { t } = useTranslation("common");
  return (
    <Modal opened onClose={onClose} title={<strong>{t("discard.title")}</strong>}>
      <Text size="sm" lh={1.6} mb="sm">
        {t("discard.text", { what })}
      </Text>
      {failure !== null && <FailureNotice failure={failure} />}
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t("discard.back")}
        </Button>
        <Button color="red" loading={busy} onClick={onGo}>
          {t("discard.go")}
        </Button>
      </Group>
    </Modal>
  );
};
