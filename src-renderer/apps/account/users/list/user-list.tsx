import { useTranslation } from "react-i18next";
import type { App } from "#shared/access/apps.ts";
import { PendingMark } from "../../../../ui/badges.tsx";
import cells from "../../../../ui/cells.module.css";
import { RelativeTime } from "../../../../ui/relative-time.tsx";
import { TableList } from "../../../../ui/table-list.tsx";
import { useAccessWords } from "../../words.ts";
import { PersonStatus } from "./person-status.tsx";
import type { UserRow } from "./rows.ts";
import classes from "./user-list.module.css";

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
  return (
    <TableList
      label={t("users.list")}
      className={classes.users}
      columns={`minmax(200px, 1.5fr) repeat(${apps.length}, minmax(110px, 1fr)) 116px minmax(120px, 0.8fr)`}
      head={
        <>
          <span>{t("users.person")}</span>
          {apps.map((app) => (
            <span key={app}>{words.app(app)}</span>
          ))}
          <span>{t("users.status")}</span>
          <span>{t("users.since")}</span>
        </>
      }
      count={rows.length}
      row={(index) => {
        const row = rows[index];
        if (row === undefined) return null;
        const { id } = row.member;
        return {
          key: id,
          link: { to: "/account/users/$personId", params: { personId: id }, search },
          selected: id === selectedId,
          cells: <Cells row={row} me={id === meId} />,
        };
      }}
    />
  );
};

const Cells = ({ row: { member, roles }, me }: { row: UserRow; me: boolean }) => {
  const { t } = useTranslation("account");
  const { access, pending } = member;
  return (
    <>
      <span
        className={cells.two}
        data-cell="person"
        data-out={access.status === "withdrawn" || undefined}
      >
        <span className={`${cells.marked} ${classes.name}`}>
          <span>{member.name}</span>
          {me && <small>{t("users.you")}</small>}
          <PendingMark count={pending.length} />
        </span>
        <span className={cells.small}>{access.email}</span>
      </span>
      {roles.map(({ app, role }) => (
        <span key={app} className={cells.text} data-cell="role">
          {role?.name ?? <span className={classes.none}>–</span>}
        </span>
      ))}
      <span className={`${cells.text} ${classes.also}`}>
        {[...new Set(roles.flatMap(({ role }) => role?.name ?? []))].join(", ") || "–"}
      </span>
      <span data-cell="status">
        <PersonStatus access={access} />
      </span>
      <span data-cell="since" className={cells.small}>
        {access.invitedAt === null ? "–" : <RelativeTime at={access.invitedAt} />}
      </span>
    </>
  );
};
