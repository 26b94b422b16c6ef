import { useTranslation } from "react-i18next";
import { homeOf } from "#shared/access/layers.ts";
import { useViewer } from "../../../../data/session.ts";
import type { Member, Organisation } from "../../../../data/use-people.ts";
import { PendingMark } from "../../../../ui/badges.tsx";
import detail from "../../../../ui/detail.module.css";
import { formatDay } from "../../../../ui/format.ts";
import { RelativeTime } from "../../../../ui/relative-time.tsx";
import classes from "../../detail.module.css";
import { WaitingChanges } from "../../waiting-changes.tsx";
import { PersonStatus } from "../list/person-status.tsx";
import { DevicesSection } from "./devices-section.tsx";
import { HistorySection } from "./history-section.tsx";
import { RolesSection } from "./roles-section.tsx";
import { ScopeSection } from "./scope-section.tsx";
import { SightSection } from "./sight-section.tsx";
import { StatusActions } from "./status-actions.tsx";

/** Someone of the organisation: what they may do, where, on which devices, and what was done about it. */
export const UserDetail = ({
  member,
  organisation,
}: {
  member: Member;
  organisation: Organisation;
}) => {
  const viewer = useViewer();
  // Scope tells apart records: where the organisation works on none, there is nothing to narrow.
  const hasRecords = homeOf(viewer) !== "pipeline";
  const working = member.access.status === "active" || member.access.status === "suspended";
  return (
    <article className={detail.detail}>
      <header className={detail.head}>
        <div className={detail.what}>
          <h2 className={classes.title}>
            {member.name}
            <PersonStatus access={member.access} />
            <PendingMark count={member.pending.length} />
          </h2>
          <div className={classes.sub}>
            <span>{member.access.email}</span>
            <Invited member={member} />
          </div>
        </div>
        <StatusActions member={member} />
      </header>
      <WaitingChanges pending={member.pending} />
      <RolesSection member={member} roles={organisation.roles} />
      {hasRecords && <ScopeSection member={member} roles={organisation.roles} />}
      {hasRecords && <SightSection member={member} roles={organisation.roles} />}
      {working && <DevicesSection member={member} />}
      <HistorySection member={member} />
    </article>
  );
};

const Invited = ({ member: { access } }: { member: Member }) => {
  const { t, i18n } = useTranslation("account");
  if (access.invitedAt === null) return null;
  return (
    <span>
      {t("user.invitedBy", { name: access.invitedBy })} <RelativeTime at={access.invitedAt} />
      {access.status === "invited" &&
        access.inviteUntil !== null &&
        ` · ${t("user.inviteUntil", { day: formatDay(access.inviteUntil, i18n.language) })}`}
    </span>
  );
};
