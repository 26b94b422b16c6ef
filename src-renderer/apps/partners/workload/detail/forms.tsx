import { SegmentedControl, Select, Text, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Priority } from "#shared/domain/common.ts";
import type { IntentType } from "#shared/domain/registry.ts";
import type { Payload } from "../../../../data/use-intent.ts";
import { useLive } from "../../../../data/use-live.ts";
import { FormPanel } from "./form-panel.tsx";
import { useSubmit } from "./use-submit.ts";

/** What every form is given: what it is about, and what follows. */
export interface FormProps {
  targetId: string;
  onDone: () => void;
  onCancel: () => void;
}

/** A change that says one text: a note, a resolution, a reason, a comment. */
export const TextForm = ({
  type,
  targetId,
  label,
  hint,
  submit,
  optional = false,
  most = 4000,
  payload,
  onDone,
  onCancel,
}: FormProps & {
  type: IntentType;
  label: string;
  hint?: string;
  submit: string;
  optional?: boolean;
  most?: number;
  payload: (text: string) => Payload;
}) => {
  const [text, setText] = useState("");
  const sending = useSubmit(type, targetId, onDone);
  return (
    <FormPanel
      label={label}
      submit={submit}
      ready={optional || text.trim() !== ""}
      busy={sending.busy}
      failure={sending.failure}
      onSubmit={() => sending.submit(payload(text.trim()))}
      onCancel={onCancel}
    >
      <Textarea
        label={label}
        placeholder={hint}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={most}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </FormPanel>
  );
};

/** The colleagues who take work, as a list to choose from; null until they are known. */
export const useTakers = (): { value: string; label: string }[] | null => {
  const live = useLive((core, signal) => core.work.facets(undefined, { signal }), []);
  if (live.state !== "live") return null;
  return live.value.people
    .filter((person) => person.takesWork)
    .map(({ id, name }) => ({ value: id, label: name }));
};

/** Gives a ticket or visit to a colleague. */
export const AssignForm = ({
  type,
  targetId,
  assigneeId,
  onDone,
  onCancel,
}: FormProps & { type: "ticket.assign" | "visit.assign"; assigneeId: string | null }) => {
  const { t } = useTranslation("work");
  const takers = useTakers();
  const [chosen, setChosen] = useState<string | null>(assigneeId);
  const sending = useSubmit(type, targetId, onDone);
  return (
    <FormPanel
      label={t("form.assignee")}
      submit={t("form.assign")}
      ready={chosen !== null && chosen !== assigneeId}
      busy={sending.busy}
      failure={sending.failure}
      onSubmit={() => sending.submit({ assigneeId: chosen })}
      onCancel={onCancel}
    >
      {takers?.length === 0 ? (
        <Text size="sm">{t("form.assignNobody")}</Text>
      ) : (
        <Select
          label={t("form.assignee")}
          placeholder={t("form.assigneeHint")}
          data={takers ?? []}
          value={chosen}
          onChange={setChosen}
          searchable
          openOnFocus={false}
        />
      )}
    </FormPanel>
  );
};

/** A ticket for a device, prefilled where an alarm is its reason. */
export const RaiseForm = ({
  deviceId,
  alarmId,
  initial,
  plain = false,
  onDone,
  onCancel,
}: {
  deviceId: string;
  alarmId: string | null;
  initial: { title: string; detail: string; priority: Priority };
  plain?: boolean;
  onDone: (ticketId: string) => void;
  onCancel: () => void;
}) => {
  const { t } = useTranslation("work");
  const { t: common } = useTranslation("common");
  const [title, setTitle] = useState(initial.title);
  const [detail, setDetail] = useState(initial.detail);
  const [priority, setPriority] = useState(String(initial.priority));
  const sending = useSubmit("ticket.raise", null, onDone);
  return (
    <FormPanel
      label={t("form.raiseTitle")}
      submit={t("form.raise")}
      ready={title.trim() !== ""}
      busy={sending.busy}
      failure={sending.failure}
      onSubmit={() =>
        sending.submit({
          deviceId,
          alarmId,
          title: title.trim(),
          detail: detail.trim(),
          priority: Number(priority),
        })
      }
      onCancel={onCancel}
      plain={plain}
    >
      <TextInput
        label={t("form.title")}
        maxLength={160}
        data-autofocus
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Textarea
        label={t("form.detail")}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={4000}
        value={detail}
        onChange={(event) => setDetail(event.currentTarget.value)}
      />
      <div>
        <Text size="sm" fw={500} mb={4}>
          {t("form.priority")}
        </Text>
        <SegmentedControl
          size="sm"
          aria-label={t("form.priority")}
          value={priority}
          onChange={setPriority}
          data={(["1", "2", "3", "4"] as const).map((one) => ({
            value: one,
            label: `P${one} ${common(`priority.${one}`)}`,
          }))}
        />
      </div>
    </FormPanel>
  );
};
