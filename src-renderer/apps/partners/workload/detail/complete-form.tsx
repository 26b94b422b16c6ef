import { NumberInput, SegmentedControl, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Visit } from "#shared/domain/visit/visit.ts";
import { FormPanel } from "./form-panel.tsx";
import type { FormProps } from "./forms.tsx";
import { useSubmit } from "./use-submit.ts";

type Outcome = NonNullable<Visit["outcome"]>;
const outcomes: readonly Outcome[] = ["done", "follow-up-needed", "not-possible"];

/** Ends a visit: how it went, what was done, how long it took. */
export const CompleteForm = ({
  visit,
  onDone,
  onCancel,
}: { visit: Visit } & Omit<FormProps, "targetId">) => {
  const { t } = useTranslation("work");
  const [outcome, setOutcome] = useState<string>("done");
  const [summary, setSummary] = useState("");
  const [labour, setLabour] = useState<number | string>(() =>
    visit.arrivedAt === null
      ? 60
      : Math.min(
          10_080,
          Math.max(5, Math.round((Date.now() - Date.parse(visit.arrivedAt)) / 300_000) * 5),
        ),
  );
  const sending = useSubmit("visit.complete", visit.id, onDone);
  return (
    <FormPanel
      label={t("step.complete")}
      submit={t("form.complete")}
      ready={summary.trim() !== "" && typeof labour === "number"}
      busy={sending.busy}
      failure={sending.failure}
      onSubmit={() => sending.submit({ outcome, summary: summary.trim(), labourMinutes: labour })}
      onCancel={onCancel}
    >
      <div>
        <Text size="sm" fw={500} mb={4}>
          {t("form.outcome")}
        </Text>
        <SegmentedControl
          size="sm"
          aria-label={t("form.outcome")}
          value={outcome}
          onChange={setOutcome}
          data={outcomes.map((value) => ({ value, label: t(`outcome.${value}`) }))}
        />
      </div>
      <Textarea
        label={t("form.summary")}
        placeholder={t("form.summaryHint")}
        autosize
        minRows={3}
        maxRows={12}
        maxLength={4000}
        value={summary}
        onChange={(event) => setSummary(event.currentTarget.value)}
      />
      <NumberInput
        label={t("form.labour")}
        w={160}
        min={0}
        max={7 * 24 * 60}
        step={5}
        allowDecimal={false}
        value={labour}
        onChange={setLabour}
      />
    </FormPanel>
  );
};
