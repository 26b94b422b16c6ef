import { useTranslation } from "react-i18next";
import type { IntentType } from "#shared/domain/registry.ts";
import type { Ticket } from "#shared/domain/ticket/ticket.ts";
import { useWorkNavigation } from "../work-navigation.ts";
import { AssignForm, TextForm } from "./forms.tsx";
import { ScheduleForm } from "./schedule-form.tsx";

/** The form behind an action on a ticket. */
export const TicketForm = ({
  type,
  ticket,
  onClose,
}: {
  type: IntentType;
  ticket: Ticket;
  onClose: () => void;
}) => {
  const { t } = useTranslation("work");
  const { open } = useWorkNavigation();
  const common = { targetId: ticket.id, onDone: onClose, onCancel: onClose };
  switch (type) {
    case "ticket.note":
      return (
        <TextForm
          {...common}
          type={type}
          label={t("form.note")}
          hint={t("form.noteHint")}
          submit={t("form.addNote")}
          payload={(text) => ({ text })}
        />
      );
    case "ticket.resolve":
      return (
        <TextForm
          {...common}
          type={type}
          label={t("form.resolution")}
          submit={t("form.resolve")}
          payload={(resolution) => ({ resolution })}
        />
      );
    case "ticket.reopen":
      return (
        <TextForm
          {...common}
          type={type}
          label={t("form.reason")}
          submit={t("form.reopen")}
          payload={(reason) => ({ reason })}
        />
      );
    case "ticket.assign":
      return <AssignForm {...common} type={type} assigneeId={ticket.assigneeId} />;
    case "visit.schedule":
      return (
        <ScheduleForm
          deviceId={ticket.deviceId}
          ticketId={ticket.id}
          initialTitle={ticket.title}
          onDone={(id) => {
            onClose();
            open({ kind: "visit", id });
          }}
          onCancel={onClose}
        />
      );
    default:
      return null;
  }
};
