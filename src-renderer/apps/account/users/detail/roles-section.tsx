import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { App } from "#shared/access/apps.ts";
import { type Checks, useChecks, type Wish } from "../../../../data/use-checks.ts";
import { useIntent } from "../../../../data/use-intent.ts";
import type { Member, OwnRole } from "../../../../data/use-people.ts";
import { Section } from "../../../../ui/section.tsx";
import classes from "../../detail.module.css";
import { LockReason, useMayNot } from "../../read-only.tsx";
import { useTenantApps } from "../../tenant-apps.ts";
import { useAccessWords } from "../../words.ts";

/** Stands in the select for no role in an app: a select cannot hold nothing. */
const NO_ROLE = "";

const wishOf = (member: Member, app: App, roleId: string | null): Wish => ({
  type: "person.change-role",
  targetId: member.id,
  payload: { app, roleId },
});

/** Which role someone holds in each app; another one takes effect at once, offline too (AUTH-1). */
export const RolesSection = ({ member, roles }: { member: Member; roles: readonly OwnRole[] }) => {
  const { t } = useTranslation("account");
  const apps = useTenantApps();
  const mayNot = useMayNot("users");
  const choices = (app: App) => [
    NO_ROLE,
    ...roles.filter((role) => role.apps.includes(app)).map(({ id }) => id),
  ];
  // What is held already cannot be given again, and is not asked about.
  const wishes = apps.flatMap((app) =>
    choices(app)
      .filter((id) => id !== (member.access.roles[app] ?? NO_ROLE))
      .map((id): [string, Wish] => [`${app} ${id}`, wishOf(member, app, id || null)]),
  );
  const checks = useChecks(Object.fromEntries(wishes), member);
  const refusals = wishes.map(([name]) => checks[name]);
  const [first] = refusals;
  const locked = first != null && refusals.every((refused) => refused?.code === first.code);
  return (
    <Section title={t("user.roles")}>
      <div className={classes.stack}>
        {apps.map((app) => (
          <RoleInApp
            key={app}
            app={app}
            member={member}
            roles={roles.filter((role) => role.apps.includes(app))}
            checks={checks}
            locked={locked}
          />
        ))}
        {locked && mayNot === null && <LockReason failure={first} />}
      </div>
    </Section>
  );
};

const RoleInApp = ({
  app,
  member,
  roles,
  checks,
  locked,
}: {
  app: App;
  member: Member;
  roles: readonly OwnRole[];
  checks: Checks;
  locked: boolean;
}) => {
  const { t } = useTranslation("account");
  const words = useAccessWords();
  const { make } = useIntent();
  const held = member.access.roles[app] ?? NO_ROLE;
  const refused = (id: string) => (id === held ? null : checks[`${app} ${id}`]);
  const role = roles.find(({ id }) => id === held);
  const option = (id: string, label: string) => ({
    value: id,
    label,
    disabled: refused(id) !== null,
  });
  return (
    <div className={classes.row}>
      <span>{words.app(app)}</span>
      <Select
        size="xs"
        aria-label={t("invite.roleIn", { app: words.app(app) })}
        disabled={locked}
        classNames={{ input: classes.held }}
        allowDeselect={false}
        data={[option(NO_ROLE, t("roleSelect.none")), ...roles.map((r) => option(r.id, r.name))]}
        value={held}
        onChange={(id) => {
          if (id === null || id === held) return;
          const { type, targetId, payload } = wishOf(member, app, id || null);
          void make(type, targetId, payload);
        }}
      />
      <span className={classes.quiet}>
        {role !== undefined && t(`template.${role.template}.short`)}
      </span>
    </div>
  );
};
