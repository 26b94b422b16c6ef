import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { IntentType } from "#shared/domain/registry.ts";
import type { Visit } from "#shared/domain/visit/visit.ts";
import type { RecordView } from "#shared/ipc/views.ts";
import { useRecord } from "../../../../data/use-record.ts";
import { RelativeTime } from "../../../../ui/relative-time.tsx";
import { Section } from "../../../../ui/section.tsx";
import { SlaCountdown } from "../../../../ui/sla-countdown.tsx";
import { Assignee } from "../assignee.tsx";
import { ActionBar } from "./action-bar.tsx";
import { Attachments } from "./attachments/attachments.tsx";
import { Checklist } from "./checklist.tsx";
import { CompleteForm } from "./complete-form.tsx";
import { AssignForm, TextForm } from "./forms.tsx";
import { DetailHead, Facts, LinkedWork, Prose } from "./parts.tsx";
import { Refused } from "./refused.tsx";
import { stampOf } from "./stamp.ts";
import { Story, storyOf } from "./story.tsx";
import { useVisitActions } from "./visit-actions.ts";
import { VisitTrack } from "./visit-track.tsx";
import { VisitWindow } from "./visit-window.tsx";
import { Waiting } from "./waiting.tsx";

/** A visit, whole: its window, its steps, its checklist, and the one next thing to do. */
export const VisitDetail = ({ record, visit }: { record: RecordView; visit: Visit }) => {
  const { t } = useTranslation("work");
  const [form, setForm] = useState<IntentType | null>(null);
  const close = () => setForm(null);
  const over = visit.status === "completed" || visit.status === "cancelled";
  const common = { targetId: visit.id, onDone: close, onCancel: close };
  return (
    <>
      <DetailHead kind="visit" item={visit} priority={null} pending={record.pending.length} />
      <VisitTrack visit={visit} />
      <ActionBar actions={useVisitActions(visit, setForm)} stamp={stampOf(record)} />
      {form === "visit.note" && (
        <TextForm
          {...common}
          type={form}
          label={t("form.note")}
          hint={t("form.noteHint")}
          submit={t("form.addNote")}
          payload={(text) => ({ text })}
        />
      )}
      {form === "visit.assign" && (
        <AssignForm {...common} type={form} assigneeId={visit.assigneeId} />
      )}
      {form === "visit.complete" && <CompleteForm visit={visit} onDone={close} onCancel={close} />}
      <Refused targetId={visit.id} />
      <Waiting pending={record.pending} />
      <Section
        title={t("facts.title")}
        aside={
          !over && (
            <SlaCountdown
              due={Date.parse(visit.arrivedAt === null ? visit.windowStart : visit.windowEnd)}
              promise={visit.arrivedAt === null ? "begin" : "finish"}
            />
          )
        }
      >
        <Facts
          facts={[
            [
              t("facts.window"),
              <VisitWindow key="w" from={visit.windowStart} to={visit.windowEnd} />,
            ],
            [t("facts.assignee"), <Assignee key="who" name={visit.assigneeName} withName />],
            [t("facts.purpose"), t(`purpose.${visit.purpose}`)],
            [t("facts.region"), visit.region],
            [t("facts.outcome"), visit.outcome === null ? null : t(`outcome.${visit.outcome}`)],
            [
              t("facts.labour"),
              visit.labourMinutes === null
                ? null
                : t("facts.labourMinutes", { count: visit.labourMinutes }),
            ],
          ]}
        />
      </Section>
      {visit.summary !== null && (
        <Section title={t("visit.report")}>
          <Prose>{visit.summary}</Prose>
        </Section>
      )}
      <Checklist visit={visit} stamp={stampOf(record)} />
      <Attachments key={visit.id} visit={visit} stamp={stampOf(record)} />
      {visit.ticketId !== null && <TicketLink ticketId={visit.ticketId} />}
      <Story
        entries={storyOf(
          [
            { title: t("story.travel"), at: visit.travelStartedAt },
            { title: t("story.arrived"), at: visit.arrivedAt },
            { title: t("story.completed"), at: visit.completedAt },
          ],
          visit.notes,
          record.pending,
        )}
      />
    </>
  );
};

const TicketLink = ({ ticketId }: { ticketId: string }) => {
  const { t } = useTranslation("work");
  const ticket = useRecord("ticket", ticketId);
  if (ticket.state !== "live" || ticket.value === null) return null;
  return (
    <Section title={t("linked.ticket")}>
      <LinkedWork
        kind="ticket"
        item={ticket.value.data}
        aside={<RelativeTime at={ticket.value.data.openedAt} />}
      />
    </Section>
  );
};
