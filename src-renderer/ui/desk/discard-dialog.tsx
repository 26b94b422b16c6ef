import { Button, Chip, Group, Modal, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#shared/failure.ts";
import { FailureNotice } from "../failure-notice.tsx";

const choices = ["notNeeded", "otherwise", "mistake"] as const;

/** Asks why a refused change is thrown away for good: the reason goes into the customer's log (S6). */
export const DiscardDialog = ({
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
  onGo: (reason: string) => void;
  onClose: () => void;
}) => {
  const { t } = useTranslation(["desk", "common"]);
  const [reason, setReason] = useState("");
  const [wanting, setWanting] = useState(false);
  const said = reason.trim();
  const go = (event: FormEvent) => {
    event.preventDefault();
    setWanting(said === "");
    if (said !== "") onGo(said);
  };
  return (
    <Modal opened onClose={onClose} title={<strong>{t("discardForm.title")}</strong>}>
      <form onSubmit={go} noValidate>
        <Text size="sm" lh={1.6} mb="md">
          {t("discardForm.text", { what })}
        </Text>
        <Chip.Group
          value={choices.find((choice) => t(`discardForm.${choice}`) === said) ?? null}
          onChange={(choice) => setReason(t(`discardForm.${choice as (typeof choices)[number]}`))}
        >
          <Group gap={6} mb="sm" role="group" aria-label={t("discardForm.choices")}>
            {choices.map((choice) => (
              <Chip key={choice} value={choice} size="xs" variant="light">
                {t(`discardForm.${choice}`)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        <TextInput
          label={t("discardForm.reason")}
          required
          maxLength={500}
          value={reason}
          error={wanting && said === "" ? t("discardForm.wanted") : null}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
        {failure !== null && <FailureNotice failure={failure} />}
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("discardForm.back")}
          </Button>
          <Button color="red" type="submit" loading={busy}>
            {t("discardForm.go")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
};
