import { Button, Checkbox, CloseButton, Select, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { DateTime } from "luxon";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import panel from "./form-panel.module.css";
import { FormPanel } from "./form-panel.tsx";
import { useTakers } from "./forms.tsx";
import { useSubmit } from "./use-submit.ts";

interface Step {
  id: string;
  text: string;
  required: boolean;
}

/** Plans a visit on a device: when, by whom, with what to check; for a ticket or by itself. */
export const ScheduleForm = ({
  deviceId,
  ticketId,
  initialTitle,
  onDone,
  onCancel,
}: {
  deviceId: string;
  ticketId: string | null;
  initialTitle: string;
  onDone: (visitId: string) => void;
  onCancel: () => void;
}) => {
  const { t } = useTranslation("work");
  const takers = useTakers();
  const [title, setTitle] = useState(initialTitle);
  const [day, setDay] = useState(() => DateTime.now().plus({ days: 1 }).toISODate());
  const [from, setFrom] = useState("09:00");
  const [to, setTo] = useState("11:00");
  const [assigneeId, setAssigneeId] = useState<string | null>(null);
  const [steps, setSteps] = useState<Step[]>(() =>
    (["safety", "fault", "test"] as const).map((step) => ({
      id: crypto.randomUUID(),
      text: t(`defaultSteps.${step}`),
      required: step !== "fault",
    })),
  );
  const sending = useSubmit("visit.schedule", null, onDone);
  const at = (time: string) => DateTime.fromISO(`${day}T${time}`);
  const valid = at(from).isValid && at(to).isValid;
  return (
    <FormPanel
      label={t("form.planTitle")}
      submit={t("form.plan")}
      ready={title.trim() !== "" && valid}
      busy={sending.busy}
      failure={sending.failure}
      onSubmit={() =>
        sending.submit({
          deviceId,
          ticketId,
          assigneeId,
          title: title.trim(),
          windowStart: at(from).toUTC().toISO(),
          windowEnd: at(to).toUTC().toISO(),
          checklist: steps
            .map((step) => ({ ...step, text: step.text.trim() }))
            .filter((step) => step.text !== ""),
        })
      }
      onCancel={onCancel}
    >
      <TextInput
        label={t("form.title")}
        maxLength={160}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <div className={panel.row}>
        <TextInput
          type="date"
          label={t("form.day")}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <TextInput
          type="time"
          label={t("form.from")}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="time"
          label={t("form.to")}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      </div>
      <Select
        label={t("form.technician")}
        placeholder={t("form.later")}
        data={takers ?? []}
        value={assigneeId}
        onChange={setAssigneeId}
        searchable
        clearable
      />
      <StepsField steps={steps} onChange={setSteps} />
    </FormPanel>
  );
};

const StepsField = ({ steps, onChange }: { steps: Step[]; onChange: (steps: Step[]) => void }) => {
  const { t } = useTranslation("work");
  const change = (id: string, to: Partial<Step>) =>
    onChange(steps.map((step) => (step.id === id ? { ...step, ...to } : step)));
  return (
    <div className={panel.steps}>
      <span className={panel.legend}>{t("form.steps")}</span>
      {steps.map((step, index) => (
        <div key={step.id} className={panel.step}>
          <TextInput
            size="xs"
            aria-label={t("form.stepText", { n: index + 1 })}
            maxLength={200}
            value={step.text}
            onChange={(event) => change(step.id, { text: event.currentTarget.value })}
          />
          <Checkbox
            size="xs"
            label={t("form.stepRequired")}
            checked={step.required}
            onChange={(event) => change(step.id, { required: event.currentTarget.checked })}
          />
          <CloseButton
            size="sm"
            aria-label={t("form.stepRemove", { n: index + 1 })}
            onClick={() => onChange(steps.filter((one) => one.id !== step.id))}
          />
        </div>
      ))}
      <div>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          disabled={steps.length >= 50}
          onClick={() =>
            onChange([...steps, { id: crypto.randomUUID(), text: "", required: false }])
          }
        >
          {t("form.stepAdd")}
        </Button>
      </div>
    </div>
  );
};
