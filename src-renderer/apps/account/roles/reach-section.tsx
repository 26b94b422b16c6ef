import { Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { App } from "#shared/access/apps.ts";
import type { Failure } from "#shared/failure.ts";
import { fail } from "#shared/failure.ts";
import { useIntent } from "../../../data/use-intent.ts";
import type { Member, OwnRole } from "../../../data/use-people.ts";
import { Section } from "../../../ui/section.tsx";
import classes from "../detail.module.css";
import { LockMark } from "../read-only.tsx";
import { useTenantApps } from "../tenant-apps.ts";
import { useAccessWords } from "../words.ts";
import reach from "./reach-section.module.css";

/** The apps in which a role can be granted; one that somebody holds it in cannot be left (FED-7). */
export const ReachSection = ({
  role,
  people,
  locked,
}: {
  role: OwnRole;
  people: readonly Member[];
  locked: Failure | null;
}) => {
  const { t } = useTranslation("account");
  const words = useAccessWords();
  const apps = useTenantApps();
  const { make } = useIntent();
  const heldIn = (app: App) => people.filter(({ access }) => access.roles[app] === role.id).length;
  const set = (app: App, wanted: boolean) =>
    void make("role.set-reach", role.id, {
      apps: wanted ? [...role.apps, app] : role.apps.filter((one) => one !== app),
    });
  return (
    <Section title={t("role.reach")}>
      <p className={classes.quiet}>{t("role.reachText")}</p>
      <ul className={reach.apps}>
        {apps.map((app) => {
          const reached = role.apps.includes(app);
          const held = reached ? heldIn(app) : 0;
          const only = reached && role.apps.length === 1;
          return (
            <li key={app}>
              <Checkbox
                size="xs"
                label={words.app(app)}
                checked={reached}
                disabled={locked !== null || held > 0 || only}
                onChange={(event) => set(app, event.currentTarget.checked)}
              />
              <span className={reach.held}>
                {locked === null && only && held === 0 && t("role.lastApp")}
                {held > 0 && t("role.heldIn", { count: held })}
              </span>
              {locked === null && held > 0 && (
                <LockMark failure={fail("role-in-use", { count: held })} />
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
};
