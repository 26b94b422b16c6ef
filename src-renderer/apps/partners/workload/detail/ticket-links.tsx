import { useTranslation } from "react-i18next";
import type { Ticket } from "#shared/domain/ticket/ticket.ts";
import { RelativeTime } from "../../../../ui/relative-time.tsx";
import { LinkedWork, Quiet, Section } from "./parts.tsx";
import { useOfDevice, useRecord } from "./use-record.ts";

/** What hangs on a ticket: the alarm it came from, the visits made for it. */
export const TicketLinks = ({ ticket }: { ticket: Ticket }) => {
  const { t } = useTranslation("work");
  const visits = useOfDevice("visit", ticket.deviceId, 200).filter(
    ({ data }) => data.ticketId === ticket.id,
  );
  return (
    <>
      {ticket.alarmId !== null && <AlarmLink alarmId={ticket.alarmId} />}
      <Section title={t("linked.visits")}>
        {visits.length === 0 && <Quiet>{t("linked.none")}</Quiet>}
        {visits.map(({ data }) => (
          <LinkedWork
            key={data.id}
            kind="visit"
            item={data}
            aside={<RelativeTime at={data.windowStart} />}
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
