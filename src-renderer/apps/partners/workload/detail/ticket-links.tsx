import { useTranslation } from "react-i18next";
import type { Ticket } from "#shared/domain/ticket/ticket.ts";
import { useOfDevice, useRecord } from "../../../../data/use-record.ts";
import { RelativeTime } from "../../../../ui/relative-time.tsx";
import { Section } from "../../../../ui/section.tsx";
import { LinkedWork, Quiet } from "./parts.tsx";

/** What hangs on a ticket: the alarm it came from, the visits made for it. */
export const TicketLinks = ({ ticket }: { ticket: Ticket }) => {
  const { t } = useTranslation("work");
  const visits = useOfDevice("visit", ticket.deviceId, 200)?.filter(
    (visit) => visit.ticketId === ticket.id,
  );
  return (
    <>
      {ticket.alarmId !== null && <AlarmLink alarmId={ticket.alarmId} />}
      <Section title={t("linked.visits")}>
        {visits?.length === 0 && <Quiet>{t("linked.none")}</Quiet>}
        {visits?.map((visit) => (
          <LinkedWork
            key={visit.id}
            kind="visit"
            item={visit}
            aside={<RelativeTime at={visit.windowStart} />}
          />
        ))}
      </Section>
    </>
  );
};

const AlarmLink = ({ alarmId }: { alarmId: string }) => {
  const { t } = useTranslation("work");
  const alarm = useRecord("alarm", alarmId);
  if (alarm.state !== "live" || alarm.value === null) return null;
  return (
    <Section title={t("linked.alarm")}>
      <LinkedWork
        kind="alarm"
        item={alarm.value.data}
        aside={<RelativeTime at={alarm.value.data.raisedAt} />}
      />
    </Section>
  );
};
