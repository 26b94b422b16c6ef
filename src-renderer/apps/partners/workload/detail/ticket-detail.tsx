import {
  IconCalendarPlus,
  IconCircleCheck,
  IconHandGrab,
  IconMessagePlus,
  IconRotate,
  IconUserPlus,
} from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { IntentType } from "#shared/domain/registry.ts";
import type { Ticket } from "#shared/domain/ticket/ticket.ts";
import type { RecordView } from "#shared/ipc/views.ts";
import { useViewer } from "../../../../data/session.ts";
import { useIntent } from "../../../../data/use-intent.ts";
import { RelativeTime } from "../../../../ui/relative-time.tsx";
import { Section } from "../../../../ui/section.tsx";
import { Assignee } from "../assignee.tsx";
import { type Action, ActionBar } from "./action-bar.tsx";
import { useTakers } from "./forms.tsx";
import { DetailHead, Facts, Prose } from "./parts.tsx";
import { Refused } from "./refused.tsx";
import { SlaClock } from "./sla-clock.tsx";
import { stampOf } from "./stamp.ts";
import { Story, storyOf } from "./story.tsx";
import { TicketForm } from "./ticket-form.tsx";
import { TicketLinks } from "./ticket-links.tsx";
import { Waiting } from "./waiting.tsx";

/** A ticket, whole: its clock, its facts, what hangs on it, what was said, what can be done. */
export const TicketDetail = ({ record, ticket }: { record: RecordView; ticket: Ticket }) => {
  const { t } = useTranslation("work");
  const [form, setForm] = useState<IntentType | null>(null);
  const close = () => setForm(null);
  return (
    <>
      <DetailHead
        kind="ticket"
        item={ticket}
        priority={ticket.priority}
        pending={record.pending.length}
      />
      <ActionBar actions={useTicketActions(ticket, setForm)} stamp={stampOf(record)} />
      {form !== null && <TicketForm key={form} type={form} ticket={ticket} onClose={close} />}
      <Refused targetId={ticket.id} />
      <Waiting pending={record.pending} />
      <Section title={t("sla.title")}>
        <SlaClock ticket={ticket} />
      </Section>
      {ticket.detail !== "" && <Prose>{ticket.detail}</Prose>}
      <Section title={t("facts.title")}>
        <Facts
          facts={[
            [t("facts.assignee"), <Assignee key="who" name={ticket.assigneeName} withName />],
            [t("facts.region"), ticket.region],
            [t("facts.component"), ticket.component],
            [t("facts.failure"), ticket.failureCode],
            [
              t("facts.opened"),
              <span key="at">
                <RelativeTime at={ticket.openedAt} />{" "}
                {t("facts.openedBy", { name: ticket.openedBy })}
              </span>,
            ],
          ]}
        />
      </Section>
      {ticket.resolution !== null && (
        <Section title={t("story.resolved")}>
          <Prose>{ticket.resolution}</Prose>
        </Section>
      )}
      <TicketLinks ticket={ticket} />
      <Story
        entries={storyOf(
          [
            { title: t("story.opened", { name: ticket.openedBy }), at: ticket.openedAt },
            { title: t("story.responded"), at: ticket.respondedAt },
            { title: t("story.resolved"), at: ticket.resolvedAt },
          ],
          ticket.notes,
          record.pending,
        )}
      />
    </>
  );
};

const useTicketActions = (ticket: Ticket, open: (type: IntentType) => void): Action[] => {
  const { t } = useTranslation("work");
  const viewer = useViewer();
  const { make } = useIntent();
  const mine = ticket.assigneeId === viewer.accountId;
  const someone = useTakers()?.[0]?.value ?? viewer.accountId;
  const on = { targetId: ticket.id };
  if (ticket.status === "resolved") {
    return [
      {
        ...on,
        type: "ticket.reopen",
        probe: { reason: "?" },
        label: t("action.ticket-reopen"),
        icon: IconRotate,
        run: () => open("ticket.reopen"),
      },
      {
        ...on,
        type: "ticket.note",
        probe: { text: "?" },
        label: t("action.ticket-note"),
        icon: IconMessagePlus,
        hotkey: "n",
        run: () => open("ticket.note"),
      },
    ];
  }
  const actions: Action[] = [
    {
      ...on,
      type: "ticket.take",
      probe: {},
      label: t("action.ticket-take"),
      icon: IconHandGrab,
      hotkey: "t",
      primary: !mine,
      run: () => void make("ticket.take", ticket.id, {}),
    },
    {
      ...on,
      type: "ticket.resolve",
      probe: { resolution: "?" },
      label: t("action.ticket-resolve"),
      icon: IconCircleCheck,
      hotkey: "c",
      primary: mine,
      run: () => open("ticket.resolve"),
    },
    {
      ...on,
      type: "ticket.assign",
      probe: { assigneeId: someone },
      label: t("action.ticket-assign"),
      icon: IconUserPlus,
      hotkey: "a",
      run: () => open("ticket.assign"),
    },
    {
      ...on,
      type: "ticket.note",
      probe: { text: "?" },
      label: t("action.ticket-note"),
      icon: IconMessagePlus,
      hotkey: "n",
      run: () => open("ticket.note"),
    },
    {
      type: "visit.schedule",
      targetId: null,
      probe: scheduleProbe(ticket),
      label: t("action.visit-schedule"),
      icon: IconCalendarPlus,
      run: () => open("visit.schedule"),
    },
  ];
  // What is mine already need not be offered to take.
  return actions.filter((action) => !(mine && action.type === "ticket.take"));
};

/** A visit as anyone might plan it: enough to ask whether planning one is allowed. */
const scheduleProbe = (ticket: Ticket) => ({
  deviceId: ticket.deviceId,
  ticketId: ticket.id,
  title: "?",
  assigneeId: null,
  windowStart: "2000-01-01T00:00:00.000Z",
  windowEnd: "2000-01-01T01:00:00.000Z",
  checklist: [],
});
