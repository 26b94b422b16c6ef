import { Button, Group, Modal, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#shared/failure.ts";
import { useIntent } from "../../../data/use-intent.ts";
import type { OwnRole } from "../../../data/use-people.ts";
import { FailureNotice } from "../../../ui/failure-notice.tsx";

/** Gives a role another name; who holds it keeps it. */
export const Rename = ({ role }: { role: OwnRole }) => {
  const { t } = useTranslation("account");
  const { make, busy } = useIntent();
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState(role.name);
  const [failure, setFailure] = useState<Failure | null>(null);
  const open = () => {
    setName(role.name);
    setFailure(null);
    setOpened(true);
  };
  const go = async (event: FormEvent) => {
    event.preventDefault();
    const wanted = name.trim();
    if (wanted === "" || wanted === role.name) return;
    const done = await make("role.rename", role.id, { name: wanted }, { quiet: true });
    if (done.ok) setOpened(false);
    else setFailure(done.error);
  };
  return (
    <>
      <Button size="compact-md" variant="default" onClick={open}>
        {t("rename.open")}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={<strong>{t("rename.title", { role: role.name })}</strong>}
      >
        <form onSubmit={(event) => void go(event)} noValidate>
          <TextInput
            label={t("rename.name")}
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
            mb="sm"
          />
          {failure !== null && <FailureNotice failure={failure} />}
          <Group justify="flex-end" mt="md" gap="xs">
            <Button variant="default" onClick={() => setOpened(false)}>
              {t("cancel")}
            </Button>
            <Button
              type="submit"
              loading={busy}
              disabled={name.trim() === "" || name.trim() === role.name}
            >
              {t("rename.go")}
            </Button>
          </Group>
        </form>
      </Modal>
    </>
  );
};
