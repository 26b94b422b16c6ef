import { Tooltip } from "@mantine/core";
import { IconMapPin } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { narrows } from "#shared/access/scope.ts";
import { isFixed } from "#shared/domain/role/role.ts";
import type { Failure } from "#shared/failure.ts";
import type { OwnRole } from "../../../data/use-people.ts";
import { PendingMark } from "../../../ui/badges.tsx";
import { LockMark } from "../read-only.tsx";
import { useAccessWords } from "../words.ts";
import classes from "./matrix.module.css";

/** The head of a role's column: its name, what it is made from, where it applies, why it is locked. */
export const RoleHead = ({
  role,
  lock,
  selected,
  onSelect,
}: {
  role: OwnRole;
  lock: Failure | null;
  selected: boolean;
  onSelect: () => void;
}) => {
  const { t } = useTranslation("account");
  const words = useAccessWords();
  const scope = words.scope(role.scope);
  return (
    <th scope="col" className={classes.role} data-selected={selected || undefined}>
      <span className={classes.roleName}>
        <Tooltip label={role.name}>
          <button type="button" aria-pressed={selected} onClick={onSelect}>
            {role.name}
          </button>
        </Tooltip>
        {lock !== null && <LockMark failure={lock} />}
        <PendingMark count={role.pending.length} />
      </span>
      <Tooltip label={scope}>
        <span className={classes.roleScope}>
          <span>
            {isFixed(role) ? t("permissions.fixed") : t(`template.${role.template}.name`)}
          </span>
          {narrows(role.scope) && (
            <IconMapPin size={12} stroke={1.9} role="img" aria-label={scope} />
          )}
        </span>
      </Tooltip>
    </th>
  );
};
