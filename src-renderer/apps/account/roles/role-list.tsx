import { Tooltip } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type KeyboardEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { isFixed } from "#shared/domain/role/role.ts";
import { holdersOf, type Organisation, type OwnRole } from "../../../data/use-people.ts";
import { PendingMark } from "../../../ui/badges.tsx";
import { keyOf } from "../../../ui/key-of.ts";
import { useAccessWords } from "../words.ts";
import classes from "./role-list.module.css";

const steps: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

/** The roles, the owner's first: what each is made from, where it reaches, how many hold it. */
export const RoleList = ({
  organisation: { roles, people },
  selectedId,
}: {
  organisation: Organisation;
  selectedId: string | null;
}) => {
  const { t } = useTranslation("account");
  const list = useRef<HTMLUListElement>(null);
  const move = (event: KeyboardEvent) => {
    const by = steps[keyOf(event)];
    const links = [...(list.current?.querySelectorAll("a") ?? [])];
    const held = links.indexOf(event.target as HTMLAnchorElement);
    if (by === undefined || held < 0) return;
    event.preventDefault();
    links[held + by]?.focus();
  };
  return (
    <div className={classes.list}>
      <ul ref={list} aria-label={t("roles.list")} onKeyDown={move}>
        {roles.map((role) => (
          <li key={role.id}>
            <Link
              to="/account/roles/$roleId"
              params={{ roleId: role.id }}
              className={classes.row}
              data-selected={role.id === selectedId || undefined}
            >
              <Row role={role} holders={holdersOf(role.id, people).map(({ name }) => name)} />
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
};

const Row = ({ role, holders }: { role: OwnRole; holders: string[] }) => {
  const { t } = useTranslation("account");
  const words = useAccessWords();
  return (
    <>
      <span className={classes.two}>
        <span className={classes.name}>
          <span>{role.name}</span>
          {isFixed(role) && (
            <IconLock size={13} stroke={1.9} role="img" aria-label={t("roles.fixed")} />
          )}
          <PendingMark count={role.pending.length} />
        </span>
        <span className={classes.small}>
          {isFixed(role)
            ? t("template.owner.short")
            : t("roles.from", { template: t(`template.${role.template}.name`) })}
        </span>
      </span>
      <span className={classes.small} data-cell="reach">
        {words.list(role.apps.map(words.app))}
      </span>
      <Tooltip label={holders.join(", ")} disabled={holders.length === 0}>
        <span className={classes.held} data-none={holders.length === 0 || undefined}>
          {t("roles.held", { count: holders.length })}
        </span>
      </Tooltip>
    </>
  );
};
