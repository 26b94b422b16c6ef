import { Button } from "@mantine/core";
import { IconFilterOff, IconHistory, IconRipple } from "@tabler/icons-react";
import { type RefObject, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { anyWork, type WorkFilter, type WorkRow } from "#shared/ipc/views.ts";
import { useFirstSync } from "../../../../data/sync.ts";
import { EmptyState, FailedState, FirstSyncState, LoadingState } from "../../../../ui/states.tsx";
import { narrowings } from "../work-search.ts";
import { QueueList, type QueueListHandle } from "./queue-list.tsx";
import type { Queue } from "./use-queue.ts";

/** The list's side: the queue, or why there is nothing in it. */
export const QueuePane = ({
  queue,
  filter,
  selectedId,
  startAt,
  handle,
  onSelect,
  onClear,
}: {
  queue: Queue;
  filter: WorkFilter;
  selectedId: string | null;
  startAt: number;
  handle: RefObject<QueueListHandle | null>;
  onSelect: (row: WorkRow, index: number) => void;
  onClear: (filter: WorkFilter) => void;
}) => {
  const { t } = useTranslation("work");
  const { t: common } = useTranslation("common");
  const { view } = queue;
  const first = useFirstSync();
  const done = filter.state === "done";
  if (view.failed && view.total === null) return <FailedState />;
  if (view.total === null) return <LoadingList queue={queue} />;
  if (view.total > 0 || queue.stale) {
    return (
      <QueueList
        queue={queue}
        selectedId={selectedId}
        done={done}
        startAt={startAt}
        handle={handle}
        onSelect={onSelect}
      />
    );
  }
  if (first !== null) return <FirstSyncState {...first} />;
  if (narrowings(filter) > 0) {
    return (
      <EmptyState
        icon={IconFilterOff}
        title={t("list.noMatchTitle")}
        action={
          <Button variant="default" onClick={() => onClear({ ...anyWork, state: filter.state })}>
            {common("filter.clearAll")}
          </Button>
        }
      >
        {t("list.noMatchText")}
      </EmptyState>
    );
  }
  return done ? (
    <EmptyState icon={IconHistory} title={t("list.doneTitle")}>
      {t("list.doneText")}
    </EmptyState>
  ) : (
    <EmptyState icon={IconRipple} tone="accent" title={t("list.emptyTitle")}>
      {t("list.emptyText")}
    </EmptyState>
  );
};

/** The list before its first lines: it already asks for them. */
const LoadingList = ({ queue }: { queue: Queue }) => {
  const { look } = queue;
  useEffect(() => look(0, 20), [look]);
  return <LoadingState rows={12} />;
};
