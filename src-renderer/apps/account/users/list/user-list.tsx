import { Link } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type KeyboardEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { App } from "#shared/access/apps.ts";
import { PendingMark } from "../../../../ui/badges.tsx";
import { keyOf } from "../../../../ui/key-of.ts";
import { RelativeTime } from "../../../../ui/relative-time.tsx";
import { useAccessWords } from "../../words.ts";
import type { UserRow } from "./rows.ts";
import { StatusMark } from "./status-mark.tsx";
import classes from "./user-list.module.css";

const rowHeight = 52;
const steps: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

/** The people of the organisation: a table where there is room, two lines each beside a detail. */
export const UserList = ({
  rows,
  apps,
  meId,
  selectedId,
  search,
}: {
  rows: readonly UserRow[];
  /** One column for each. */
  apps: readonly App[];
  meId: string;
  selectedId: string | null;
  search: Record<string, unknown>;
}) => {
  const { t } = useTranslation("account");
  const words = useAccessWords();
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const move = (event: KeyboardEvent) => {
    const by = steps[keyOf(event)];
    const held = (event.target as Element).closest("[data-index]")?.getAttribute("data-index");
    if (by === undefined || rows.length === 0) return;
    event.preventDefault();
    const to = held == null ? 0 : Math.min(rows.length - 1, Math.max(0, Number(held) + by));
    virtualizer.scrollToIndex(to, { align: "auto" });
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${to}"]`)?.focus(),
    );
  };
  return (
    <div className={classes.list} style={{ "--apps": apps.length } as CSSProperties}>
      <div className={classes.head} aria-hidden="true">
        <span>{t("users.person")}</span>
        {apps.map((app) => (
          <span key={app}>{words.app(app)}</span>
        ))}
        <span>{t("users.status")}</span>
        <span>{t("users.since")}</span>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the rows are links; arrows only move among them. */}
      <div ref={scroller} className={classes.scroll} onKeyDown={move}>
        <ul
          className={classes.room}
          style={{ height: virtualizer.getTotalSize() }}
          aria-label={t("users.list")}
        >
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            return row === undefined ? null : (
              <li
                key={row.member.id}
                className={classes.item}
                style={{ transform: `translateY(${start}px)` }}
                aria-setsize={rows.length}
                aria-posinset={index + 1}
              >
                <Link
                  to="/account/users/$personId"
                  params={{ personId: row.member.id }}
                  search={search}
                  className={classes.row}
                  data-index={index}
                  data-selected={row.member.id === selectedId || undefined}
                  data-out={row.member.access.status === "withdrawn" || undefined}
                >
                  <Cells row={row} me={row.member.id === meId} />
                </Link>
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
};

const Cells = ({ row: { member, roles }, me }: { row: UserRow; me: boolean }) => {
  const { t } = useTranslation("account");
  const { access, pending } = member;
  return (
    <>
      <span className={classes.two} data-cell="person">
        <span className={classes.name}>
          <span>{member.name}</span>
          {me && <small>{t("users.you")}</small>}
          <PendingMark count={pending.length} />
        </span>
        <span className={classes.small}>{access.email}</span>
      </span>
      {roles.map(({ app, role }) => (
        <span key={app} className={classes.text} data-cell="role">
          {role?.name ?? <span className={classes.none}>–</span>}
        </span>
      ))}
      <span className={classes.also}>
        {[...new Set(roles.flatMap(({ role }) => role?.name ?? []))].join(", ") || "–"}
      </span>
      <span data-cell="status">
        <StatusMark access={access} />
      </span>
      <span data-cell="since" className={classes.small}>
        {access.invitedAt === null ? "–" : <RelativeTime at={access.invitedAt} />}
      </span>
    </>
  );
};
