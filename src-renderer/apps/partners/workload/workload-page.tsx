import { SegmentedControl } from "@mantine/core";
import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { useDeferredValue, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { WorkFilter } from "#shared/ipc/views.ts";
import { useLive } from "../../../data/use-live.ts";
import { formatNumber } from "../../../ui/format.ts";
import { PageHeader } from "../../../ui/page-header.tsx";
import { SplitPane } from "../../../ui/split-pane.tsx";
import { DetailPane } from "./detail/detail-pane.tsx";
import { FilterBar } from "./filters/filter-bar.tsx";
import { SavedViews } from "./filters/saved-views.tsx";
import { possible } from "./filters/status-choices.ts";
import { PickHint } from "./pick-hint.tsx";
import type { QueueListHandle } from "./queue/queue-list.tsx";
import { QueuePane } from "./queue/queue-pane.tsx";
import { useQueue } from "./queue/use-queue.ts";
import { RaiseDialog } from "./raise-dialog.tsx";
import { useQueueKeys } from "./use-queue-keys.ts";
import { useSelection } from "./use-selection.ts";
import { WorkNavigationProvider } from "./work-navigation.ts";
import { type ItemRef, placeOfSearch, searchOfPlace, type WorkPlace } from "./work-search.ts";
import classes from "./workload.module.css";

/** One queue of everything that is owed, by when it is owed, with each piece of it beside (PAR-2). */
export const WorkloadPage = () => {
  const { t, i18n } = useTranslation("work");
  const raw = useSearch({ strict: false }) as Record<string, unknown>;
  const place = useMemo(() => placeOfSearch(raw), [raw]);
  const navigate = useNavigate();
  const router = useRouter();
  const go = (next: Partial<WorkPlace>, replace = true) =>
    void navigate({
      to: "/partners/workload",
      search: searchOfPlace({ ...place, at: 0, ...next }),
      replace,
    });
  const [item, select] = useSelection(place.item, (next) => go({ item: next }));
  const shownItem = useDeferredValue(item);
  const list = useRef<QueueListHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  const pane = useRef<HTMLElement>(null);
  const facets = useLive((core, signal) => core.work.facets(undefined, { signal }), []);
  const queue = useQueue(place.filter);

  const setFilter = (filter: WorkFilter) => {
    list.current?.scrollTo(0);
    go({ filter });
  };
  const close = () => {
    select(null);
    list.current?.focus();
  };
  const open = (next: ItemRef) => {
    select(next);
    pane.current?.parentElement?.scrollTo({ top: 0 });
  };
  useQueueKeys({
    queue,
    item,
    select: (next) => select(next),
    list,
    search,
    pane,
    close,
  });

  const total = queue.view.total;
  return (
    <WorkNavigationProvider value={{ open, close }}>
      <div className={classes.page}>
        <PageHeader
          title={t("title")}
          subtitle={
            total !== null &&
            `${t("shown", { count: total }).replace(String(total), formatNumber(total, i18n.language))}`
          }
          actions={
            <>
              <SegmentedControl
                size="xs"
                aria-label={t("state.label")}
                value={place.filter.state}
                onChange={(state) =>
                  setFilter(
                    possible({
                      ...place.filter,
                      state: state === "done" ? "done" : "open",
                    }),
                  )
                }
                data={(["open", "done"] as const).map((state) => ({
                  value: state,
                  label: t(`state.${state}`),
                }))}
              />
              <SavedViews filter={place.filter} onChoose={setFilter} />
            </>
          }
        />
        <FilterBar
          filter={place.filter}
          facets={facets.state === "live" ? facets.value : null}
          onChange={setFilter}
          searchRef={search}
          onLeave={() => list.current?.focus()}
        />
        <div className={classes.split}>
          <SplitPane
            id="workload"
            defaultWidth={580}
            onBack={close}
            list={
              <QueuePane
                queue={queue}
                filter={place.filter}
                selectedId={item?.id ?? null}
                startAt={place.at}
                handle={list}
                onSelect={(row) => select({ kind: row.kind, id: row.id })}
                onClear={setFilter}
              />
            }
            detail={shownItem === null ? null : <DetailPane item={shownItem} paneRef={pane} />}
            empty={<PickHint />}
          />
        </div>
        {place.raise !== null && (
          <RaiseDialog
            deviceId={place.raise}
            onDone={(id) => go({ raise: null, item: { kind: "ticket", id } })}
            onClose={() => router.history.back()}
          />
        )}
      </div>
    </WorkNavigationProvider>
  );
};
