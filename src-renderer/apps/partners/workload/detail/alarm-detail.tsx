import { IconChecks, IconTicket } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Alarm } from "#shared/domain/alarm/alarm.ts";
import type { IntentType } from "#shared/domain/registry.ts";
import type { RecordView } from "#shared/ipc/views.ts";
import { useOfDevice } from "../../../../data/use-record.ts";
import { formatNumber } from "../../../../ui/format.ts";
import { RelativeTime } from "../../../../ui/relative-time.tsx";
import { Section } from "../../../../ui/section.tsx";
import { useWorkNavigation } from "../work-navigation.ts";
import { type Action, ActionBar } from "./action-bar.tsx";
import { AlarmPicture } from "./alarm-picture-view.tsx";
import { RaiseForm, TextForm } from "./forms.tsx";
import { DetailHead, Facts, LinkedWork } from "./parts.tsx";
import { Refused } from "./refused.tsx";
import { stampOf } from "./stamp.ts";
import { Story, storyOf } from "./story.tsx";
import { Waiting } from "./waiting.tsx";

/** An alarm, whole: the value against its bounds, who has seen it, the ticket that stands on it. */
export const AlarmDetail = ({ record, alarm }: { record: RecordView; alarm: Alarm }) => {
  const { t, i18n } = useTranslation("work");
  const { open } = useWorkNavigation();
  const [form, setForm] = useState<IntentType | null>(null);
  const close = () => setForm(null);
  const tickets = (useOfDevice("ticket", alarm.deviceId, 500) ?? []).filter(
    (ticket) => ticket.alarmId === alarm.id,
  );
  const raised = tickets.some((ticket) => ticket.status !== "resolved");
  const measured =
    alarm.value === null ? "" : `${alarm.metric ?? ""} ${formatNumber(alarm.value, i18n.language)}`;
  return (
    <>
      <DetailHead
        kind="alarm"
        item={alarm}
        priority={alarm.severity}
        pending={record.pending.length}
      />
      <ActionBar actions={useAlarmActions(alarm, raised, setForm)} stamp={stampOf(record)} />
      {form === "alarm.acknowledge" && (
        <TextForm
          type={form}
          targetId={alarm.id}
          label={t("form.comment")}
          hint={t("form.commentHint")}
          submit={t("form.acknowledge")}
          optional
          most={1000}
          payload={(comment) => ({ comment })}
          onDone={close}
          onCancel={close}
        />
      )}
      {form === "ticket.raise" && (
        <RaiseForm
          deviceId={alarm.deviceId}
          alarmId={alarm.id}
          initial={{
            title: alarm.title.slice(0, 160),
            detail: [alarm.rule, measured.trim()].filter(Boolean).join("\n"),
            priority: alarm.severity,
          }}
          onDone={(id) => {
            close();
            open({ kind: "ticket", id });
          }}
          onCancel={close}
        />
      )}
      <Refused targetId={alarm.id} />
      <Waiting pending={record.pending} />
      <AlarmPicture alarm={alarm} />
      {tickets.length > 0 && (
        <Section title={t("alarm.hasTicket")}>
          {tickets.map((ticket) => (
            <LinkedWork key={ticket.id} kind="ticket" item={ticket} />
          ))}
        </Section>
      )}
      <Section title={t("facts.title")}>
        <Facts
          facts={[
            [t("facts.rule"), alarm.rule],
            [t("facts.metric"), alarm.metric],
            [t("facts.region"), alarm.region],
            [t("facts.raised"), <RelativeTime key="at" at={alarm.raisedAt} />],
          ]}
        />
      </Section>
      <Story
        entries={storyOf(
          [
            { title: t("story.raised"), at: alarm.raisedAt },
            {
              title: t("story.acknowledged", { name: alarm.acknowledgedBy ?? "" }),
              at: alarm.acknowledgedAt,
              text: alarm.comment,
            },
            { title: t("story.cleared"), at: alarm.clearedAt },
          ],
          [],
          record.pending,
        )}
      />
    </>
  );
};

const useAlarmActions = (
  alarm: Alarm,
  raised: boolean,
  open: (type: IntentType) => void,
): Action[] => {
  const { t } = useTranslation("work");
  const acknowledge: Action = {
    type: "alarm.acknowledge",
    targetId: alarm.id,
    probe: { comment: "" },
    label: t("action.alarm-acknowledge"),
    icon: IconChecks,
    hotkey: "c",
    primary: alarm.status === "active",
    run: () => open("alarm.acknowledge"),
  };
  const raise: Action = {
    type: "ticket.raise",
    targetId: null,
    probe: {
      deviceId: alarm.deviceId,
      alarmId: alarm.id,
      title: "?",
      detail: "",
      priority: alarm.severity,
    },
    label: t("action.ticket-raise"),
    icon: IconTicket,
    run: () => open("ticket.raise"),
  };
  return raised ? [acknowledge] : [acknowledge, raise];
};
