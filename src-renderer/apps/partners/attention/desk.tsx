import { IconCircleCheck } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DeskItem } from "#shared/ipc/views.ts";
import { useLive } from "../../../data/use-live.ts";
import { PageHeader } from "../../../ui/page-header.tsx";
import { EmptyState, FailedState, LoadingState } from "../../../ui/states.tsx";
import classes from "./desk.module.css";
import { DiscardDialog } from "./discard-dialog.tsx";
import { FixDialog } from "./fix-dialog.tsx";
import { Refusal } from "./refusal.tsx";

/** Refused changes by customer, the customers in order of their name, what has none last. */
export const byCustomer = (items: readonly DeskItem[]): [string | null, DeskItem[]][] => {
  const groups = new Map<string | null, DeskItem[]>();
  for (const item of items) {
    groups.set(item.customerName, [...(groups.get(item.customerName) ?? []), item]);
  }
  return [...groups].sort(([a], [b]) => (a === null ? 1 : b === null ? -1 : a.localeCompare(b)));
};

/** The Needs-attention desk: every refused change, whole, until someone settles it (S6). */
export const Desk = () => {
  const { t } = useTranslation("desk");
  const live = useLive((core, signal) => core.desk.watch(undefined, { signal }), []);
  const [fixing, setFixing] = useState<DeskItem | null>(null);
  const [discarding, setDiscarding] = useState<DeskItem | null>(null);

  if (live.state === "failed") return <FailedState />;
  if (live.state === "loading") return <LoadingState />;
  const items = live.value;
  if (items.length === 0) {
    return (
      <EmptyState icon={IconCircleCheck} tone="accent" title={t("empty.title")}>
        {t("empty.text")}
      </EmptyState>
    );
  }
  return (
    <div className={classes.page}>
      <PageHeader title={t("title")} subtitle={t("subtitle", { count: items.length })} />
      <div className={classes.groups}>
        {byCustomer(items).map(([customer, group]) => (
          <section key={customer ?? ""} aria-label={customer ?? t("noCustomer")}>
            <h2 className={classes.customer}>
              {customer ?? t("noCustomer")}
              <span>{group.length}</span>
            </h2>
            <ul className={classes.list}>
              {group.map((item) => (
                <Refusal
                  key={item.id}
                  item={item}
                  onFix={() => setFixing(item)}
                  onDiscard={() => setDiscarding(item)}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
      {fixing !== null && <FixDialog item={fixing} onClose={() => setFixing(null)} />}
      {discarding !== null && (
        <DiscardDialog item={discarding} onClose={() => setDiscarding(null)} />
      )}
    </div>
  );
};
