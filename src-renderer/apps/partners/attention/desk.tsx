import { IconCircleCheck, IconCloudOff } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DeskItem } from "#shared/ipc/views.ts";
import { useSyncStatus } from "../../../data/sync.ts";
import { useDesk } from "../../../data/use-desk.ts";
import { useNames } from "../../../data/use-names.tsx";
import { KeyHint } from "../../../ui/key-hint.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import { EmptyState, FailedState, LoadingState } from "../../../ui/states.tsx";
import classes from "./desk.module.css";
import { DeskEntry } from "./desk-entry.tsx";
import { FixDialog } from "./fix-dialog.tsx";
import { byCustomer } from "./groups.ts";
import { placeOf } from "./place.ts";
import { useDeskKeys } from "./use-desk-keys.ts";

/** The Needs-attention desk: every change that needs a person, whole, until someone settles it (S6). */
export const Desk = () => {
  const { t } = useTranslation("desk");
  const live = useDesk();

  if (live.state === "failed") return <FailedState />;
  if (live.state === "loading") return <LoadingState />;
  if (live.value.length === 0) {
    return (
      <EmptyState icon={IconCircleCheck} tone="accent" title={t("empty.title")}>
        {t("empty.text")}
      </EmptyState>
    );
  }
  return <FullDesk items={live.value} />;
};

const FullDesk = ({ items }: { items: readonly DeskItem[] }) => {
  const { t } = useTranslation("desk");
  const navigate = useNavigate();
  const names = useNames();
  const list = useRef<HTMLDivElement>(null);
  const [fixing, setFixing] = useState<DeskItem | null>(null);
  const groups = byCustomer(items);
  const inOrder = groups.flatMap((group) => group.items);
  const keys = useDeskKeys(
    list,
    inOrder.map(({ id }) => id),
    (id) => {
      const place = placeOf(inOrder.find((item) => item.id === id));
      if (place !== null) void navigate(place);
    },
  );
  return (
    <div className={classes.page}>
      <PageHeader
        title={t("title")}
        subtitle={t("subtitle", { count: items.length })}
        actions={
          <span className={classes.keys} aria-hidden="true">
            <KeyHint keys="J" />
            <KeyHint keys="K" />
            {t("keys.move")}
            <KeyHint keys="↵" />
            {t("keys.open")}
          </span>
        }
      />
      <div className={classes.groups} ref={list}>
        <OfflineNote />
        {groups.map(({ key, name, items: group }) => (
          <section key={key} aria-label={name ?? t("noCustomer")}>
            <h2 className={classes.customer}>
              {name ?? t("noCustomer")}
              <span>{t("count", { count: group.length })}</span>
            </h2>
            <ul className={classes.list}>
              {group.map((item) => (
                <DeskEntry
                  key={item.id}
                  item={item}
                  names={names}
                  current={keys.current === item.id}
                  onFocus={() => keys.onFocus(item.id)}
                  onFix={() => setFixing(item)}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
      {fixing !== null && <FixDialog item={fixing} onClose={() => setFixing(null)} />}
    </div>
  );
};

/** Says, while there is no way to the server, that what is decided here waits for one. */
const OfflineNote = () => {
  const { t } = useTranslation("desk");
  if (useSyncStatus()?.phase !== "offline") return null;
  return (
    <p className={classes.offline} role="note">
      <IconCloudOff size={17} stroke={1.7} aria-hidden="true" />
      {t("offline")}
    </p>
  );
};
