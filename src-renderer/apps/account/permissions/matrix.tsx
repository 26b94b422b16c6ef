import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Item } from "#shared/access/menu.ts";
import type { Level } from "#shared/access/nav.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { useViewer } from "../../../data/session.ts";
import type { Checks } from "../../../data/use-checks.ts";
import { notifyFailure, useIntent } from "../../../data/use-intent.ts";
import type { OwnRole } from "../../../data/use-people.ts";
import { useGroupName } from "../../../shell/frame/use-group-name.ts";
import { keyOf } from "../../../ui/key-of.ts";
import { useTenantApps } from "../tenant-apps.ts";
import { useAccessWords } from "../words.ts";
import { blocksOf, cellOf, levelOfKey, placeAfter } from "./cells.ts";
import { LevelCell } from "./level-cell.tsx";
import classes from "./matrix.module.css";
import { RoleHead } from "./role-head.tsx";

/**
 * The role × permission matrix, edited in place. One cell takes part in the order of tabs; arrows
 * move among them (the grid pattern of WAI-ARIA).
 */
export const Matrix = ({
  roles,
  locks,
  selectedId,
  onSelect,
}: {
  roles: readonly OwnRole[];
  /** By role, why its column cannot be changed; absent until it is known. */
  locks: Checks;
  selectedId: string | null;
  onSelect: (roleId: string) => void;
}) => {
  const { t } = useTranslation("account");
  const groupName = useGroupName();
  const words = useAccessWords();
  const { tenant } = useViewer();
  const apps = useTenantApps();
  const { make } = useIntent();
  const table = useRef<HTMLTableElement>(null);
  const [[atRow, atColumn], setAt] = useState<[number, number]>([0, 0]);
  const blocks = useMemo(() => blocksOf(tenant, apps), [tenant, apps]);
  const rows = useMemo(() => blocks.flatMap((block) => block.rows), [blocks]);

  const chosen = roles.findIndex(({ id }) => id === selectedId);
  useEffect(() => {
    if (chosen < 0) return;
    setAt(([row]) => [row, chosen]);
    // Beside the panel there is less room: what it is about stays in sight.
    table.current
      ?.querySelector(`[data-row="0"][data-column="${chosen}"]`)
      ?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [chosen]);

  const lockOf = (role: OwnRole, reached: boolean): Failure | null => {
    const lock = locks[role.id] ?? null;
    return lock === null && !reached ? fail("role-unfit", { role: role.name }) : lock;
  };
  const set = (role: OwnRole, item: Item, level: Level, lock: Failure | null) => {
    if (lock !== null) notifyFailure(lock);
    else void make("role.set-level", role.id, { item, level });
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const held = (event.target as Element).closest<HTMLElement>("[data-row]");
    if (held === null) return;
    const place: [number, number] = [Number(held.dataset.row), Number(held.dataset.column)];
    const to = placeAfter(event.key, place, [rows.length, roles.length]);
    if (to !== null) {
      event.preventDefault();
      table.current
        ?.querySelector<HTMLElement>(`[data-row="${to[0]}"][data-column="${to[1]}"]`)
        ?.focus();
      return;
    }
    const row = rows[place[0]];
    const role = roles[place[1]];
    if (row === undefined || role === undefined) return;
    const cell = cellOf(role, row, tenant);
    const level = levelOfKey(keyOf(event), cell.level);
    if (level === null) return;
    event.preventDefault();
    const lock = lockOf(role, cell.reached);
    if (level !== cell.level || lock !== null) set(role, row.item, level, lock);
  };

  return (
    <div className={classes.scroll}>
      <table
        ref={table}
        className={classes.matrix}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are edited is a grid.
        role="grid"
        aria-label={t("permissions.matrix")}
        onKeyDown={press}
      >
        <thead>
          <tr>
            <th scope="col" className={classes.corner}>
              {t("permissions.item")}
            </th>
            {roles.map((role) => (
              <RoleHead
                key={role.id}
                role={role}
                lock={locks[role.id] ?? null}
                selected={role.id === selectedId}
                onSelect={() => onSelect(role.id)}
              />
            ))}
          </tr>
        </thead>
        {blocks.map((block) => (
          <tbody key={`${block.app} ${block.group}`}>
            <tr>
              <th scope="rowgroup" className={classes.block}>
                <span>{words.app(block.app)}</span> · {groupName(block.group)}
              </th>
              <td colSpan={roles.length} className={classes.fill} />
            </tr>
            {block.rows.map((row) => {
              const r = rows.indexOf(row);
              return (
                <tr key={row.item}>
                  <th scope="row" className={classes.item}>
                    {words.item(row.item)}
                  </th>
                  {roles.map((role, c) => {
                    const cell = cellOf(role, row, tenant);
                    const lock = lockOf(role, cell.reached);
                    return (
                      <LevelCell
                        key={role.id}
                        cell={cell}
                        name={`${role.name}, ${words.item(row.item)}`}
                        lock={lock}
                        place={[r, c]}
                        tabbed={r === atRow && c === Math.min(atColumn, roles.length - 1)}
                        selected={role.id === selectedId}
                        onFocus={() => setAt([r, c])}
                        onSet={(level) => set(role, row.item, level, lock)}
                      />
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        ))}
      </table>
    </div>
  );
};
