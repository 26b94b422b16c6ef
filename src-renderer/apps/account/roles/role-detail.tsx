import { Button } from "@mantine/core";
import { IconGridDots } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { levelOf } from "#shared/access/layers.ts";
import { isFixed, levelsHeld } from "#shared/domain/role/role.ts";
import { useViewer } from "../../../data/session.ts";
import { useChecks } from "../../../data/use-checks.ts";
import { holdersOf, type Organisation, type OwnRole } from "../../../data/use-people.ts";
import { PendingMark } from "../../../ui/badges.tsx";
import detail from "../../../ui/detail.module.css";
import { Section } from "../../../ui/section.tsx";
import classes from "../detail.module.css";
import { LevelsTable } from "../levels.tsx";
import { LockReason, useMayNot } from "../read-only.tsx";
import { WaitingChanges } from "../waiting-changes.tsx";
import { useAccessWords } from "../words.ts";
import { ReachSection } from "./reach-section.tsx";
import { RemoveRole } from "./remove-role.tsx";
import { Rename } from "./rename.tsx";

/** A role: its name and reach, which are set here, and its powers, which are only shown (WF-8). */
export const RoleDetail = ({
  role,
  organisation,
}: {
  role: OwnRole;
  organisation: Organisation;
}) => {
  const { t } = useTranslation("account");
  const viewer = useViewer();
  const words = useAccessWords();
  const mayNot = useMayNot("roles");
  const holders = holdersOf(role.id, organisation.people);
  // A name nobody has yet: asks whether the role may be changed at all.
  const { change: locked } = useChecks(
    { change: { type: "role.rename", targetId: role.id, payload: { name: `${role.name} *` } } },
    role,
  );
  return (
    <article className={detail.detail}>
      <header className={detail.head}>
        <div className={detail.what}>
          <h2 className={classes.title}>
            {role.name}
            <PendingMark count={role.pending.length} />
          </h2>
          <div className={classes.sub}>
            {isFixed(role)
              ? t("template.owner.about")
              : t("roles.from", { template: t(`template.${role.template}.name`) })}
          </div>
        </div>
        <div className={classes.actions}>
          {locked === null && <Rename role={role} />}
          {!isFixed(role) && <RemoveRole role={role} stamp={organisation} />}
        </div>
      </header>
      {mayNot === null && <LockReason failure={locked} />}
      <WaitingChanges pending={role.pending} />
      <ReachSection role={role} people={organisation.people} locked={locked ?? null} />
      <Section title={t("role.holders", { count: holders.length })}>
        {holders.length === 0 ? (
          <p className={classes.quiet}>{t("role.nobody")}</p>
        ) : (
          <ul className={classes.chips}>
            {holders.map(({ id, name }) => (
              <li key={id}>
                {levelOf(viewer, "users") === "hidden" ? (
                  name
                ) : (
                  <Link to="/account/users/$personId" params={{ personId: id }}>
                    {name}
                  </Link>
                )}
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section
        title={t("role.powers")}
        aside={
          levelOf(viewer, "permissions") !== "hidden" && (
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<IconGridDots size={14} stroke={1.8} aria-hidden="true" />}
              renderRoot={(props) => (
                <Link {...props} to="/account/permissions" search={{ role: role.id }} />
              )}
            >
              {t("role.toPermissions")}
            </Button>
          )
        }
      >
        <LevelsTable levels={levelsHeld(role, viewer.tenant)} apps={role.apps} />
        <p className={classes.quiet}>{words.scope(role.scope)}</p>
      </Section>
    </article>
  );
};
