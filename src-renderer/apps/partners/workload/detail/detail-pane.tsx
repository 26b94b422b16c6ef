import { Button } from "@mantine/core";
import { IconMapOff } from "@tabler/icons-react";
import type { Ref } from "react";
import { useTranslation } from "react-i18next";
import { useRecord } from "../../../../data/use-record.ts";
import { EmptyState, FailedState, LoadingState } from "../../../../ui/states.tsx";
import { useWorkNavigation } from "../work-navigation.ts";
import type { ItemRef } from "../work-search.ts";
import { AlarmDetail } from "./alarm-detail.tsx";
import classes from "./detail.module.css";
import { TicketDetail } from "./ticket-detail.tsx";
import { VisitDetail } from "./visit-detail.tsx";

/** The selected piece of work, whole; or that it is on its way, or no longer ours to see. */
export const DetailPane = ({ item, paneRef }: { item: ItemRef; paneRef: Ref<HTMLElement> }) => (
  <article className={classes.pane} ref={paneRef} tabIndex={-1}>
    {item.kind === "ticket" && <TicketPane key={item.id} id={item.id} />}
    {item.kind === "alarm" && <AlarmPane key={item.id} id={item.id} />}
    {item.kind === "visit" && <VisitPane key={item.id} id={item.id} />}
  </article>
);

const TicketPane = ({ id }: { id: string }) => {
  const live = useRecord("ticket", id);
  if (live.state !== "live") return <Pending failed={live.state === "failed"} />;
  if (live.value === null) return <Gone />;
  return <TicketDetail record={live.value.record} ticket={live.value.data} />;
};

const AlarmPane = ({ id }: { id: string }) => {
  const live = useRecord("alarm", id);
  if (live.state !== "live") return <Pending failed={live.state === "failed"} />;
  if (live.value === null) return <Gone />;
  return <AlarmDetail record={live.value.record} alarm={live.value.data} />;
};

const VisitPane = ({ id }: { id: string }) => {
  const live = useRecord("visit", id);
  if (live.state !== "live") return <Pending failed={live.state === "failed"} />;
  if (live.value === null) return <Gone />;
  return <VisitDetail record={live.value.record} visit={live.value.data} />;
};

const Pending = ({ failed }: { failed: boolean }) =>
  failed ? <FailedState /> : <LoadingState rows={7} />;

/** What stands in place of a record that has left this viewer's coverage (PAR-1). */
const Gone = () => {
  const { t } = useTranslation("work");
  const { close } = useWorkNavigation();
  return (
    <EmptyState
      icon={IconMapOff}
      title={t("gone.title")}
      action={
        <Button variant="default" onClick={close}>
          {t("gone.close")}
        </Button>
      }
    >
      {t("gone.text")}
    </EmptyState>
  );
};
