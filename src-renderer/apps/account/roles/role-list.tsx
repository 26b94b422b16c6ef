import { Tooltip } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { isFixed } from "#shared/domain/role/role.ts";
import { holdersOf, type Organisation, type OwnRole } from "../../../data/use-people.ts";
import { PendingMark } from "../../../ui/badges.tsx";
import cells from "../../../ui/cells.module.css";
import { ShortList } from "../../../ui/short-list.tsx";
import { useAccessWords } from "../words.ts";
import classes from "./role-list.module.css";

/** The roles, the owner's first: what each is made from, where it reaches, how many hold it. */
export const RoleList = ({
  organisation: { roles, people },
  selectedId,
}: {
  organisation: Organisation;
  selectedId: string | null;
}) => {
  const { t } = useTranslation("account");
  return (
    <ShortList
      label={t("roles.list")}
      className={classes.roles}
      rows={roles.map((role) => ({
        key: role.id,
        link: { to: "/account/roles/$roleId", params: { roleId: role.id } },
        selected: role.id === selectedId,
        cells: <Cells role={role} holders={holdersOf(role.id, people).map(({ name }) => name)} />,
      }))}
    />
  );
};

const Cells = ({ role, holders }: { role: OwnRole; holders: string[] }) => {
  const { t } = useTranslation("account");
  const words = useAccessWords();
  return (
    <>
      <span className={cells.two}>
        <span className={cells.marked}>
          <span>{role.name}</span>
          {isFixed(role) && (
            <IconLock size={13} stroke={1.9} role="img" aria-label={t("roles.fixed")} />
          )}
          <PendingMark count={role.pending.length} />
        </span>
        <span className={cells.small}>
          {isFixed(role)
            ? t("template.owner.short")
            : t("roles.from", { template: t(`template.${role.template}.name`) })}
        </span>
      </span>
      <span className={cells.small} data-cell="reach">
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
