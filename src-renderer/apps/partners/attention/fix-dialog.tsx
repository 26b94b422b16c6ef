import { Button, Group, Modal, Stack } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { intentDef } from "#shared/domain/registry.ts";
import type { Failure } from "#shared/failure.ts";
import type { DeskItem } from "#shared/ipc/views.ts";
import { useDeskItem } from "../../../data/use-desk-item.ts";
import { useLive } from "../../../data/use-live.ts";
import { useActWords } from "../../../ui/act-words.ts";
import { useFieldWords } from "../../../ui/desk/words.ts";
import { FailureNotice } from "../../../ui/failure-notice.tsx";
import { Mend } from "./mend.tsx";
import { mendableOf } from "./mendable.ts";

/** The fields of `payload` that its intent's own schema does not accept. */
export const wrongFields = (type: string, payload: Record<string, unknown>): string[] => {
  const judged = intentDef(type)?.payload.safeParse(payload);
  return judged === undefined || judged.success
    ? []
    : judged.error.issues.map((issue) => String(issue.path[0] ?? ""));
};

/** A small form over what a refused change said; sends it again as mended (S6). */
export const FixDialog = ({ item, onClose }: { item: DeskItem; onClose: () => void }) => {
  const { t } = useTranslation(["desk", "common"]);
  const { resend, busy } = useDeskItem(item.id);
  const say = useActWords("meant");
  const sayField = useFieldWords();
  const [payload, setPayload] = useState(item.intent.payload);
  const [wrong, setWrong] = useState<string[]>([]);
  const [failure, setFailure] = useState<Failure | null>(item.failure);
  const facets = useLive((c, signal) => c.work.facets(undefined, { signal }), []);
  const people = facets.state === "live" ? facets.value.people.filter((p) => p.takesWork) : [];

  const send = async (event: FormEvent) => {
    event.preventDefault();
    const unfit = wrongFields(item.intent.type, payload);
    setWrong(unfit);
    if (unfit.length > 0) return;
    const why = await resend(payload);
    if (why === null) onClose();
    else setFailure(why);
  };

  return (
    <Modal
      opened
      onClose={onClose}
      size={520}
      title={<strong>{t("form.title", { what: say(item.intent.type) })}</strong>}
    >
      <form onSubmit={(event) => void send(event)} noValidate>
        <Stack gap="sm">
          {failure !== null && <FailureNotice failure={failure} />}
          {mendableOf(payload).map(({ name, field, value }) => (
            <Mend
              key={name}
              label={sayField(name)}
              field={field}
              value={value}
              people={people}
              error={wrong.includes(name) ? t("form.invalid") : null}
              onChange={(next) => setPayload((before) => ({ ...before, [name]: next }))}
            />
          ))}
        </Stack>
        <Group justify="flex-end" mt="lg" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("common:actions.cancel")}
          </Button>
          <Button type="submit" loading={busy !== null}>
            {t("fix")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
};
