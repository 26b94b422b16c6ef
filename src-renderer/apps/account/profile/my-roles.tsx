import { useTranslation } from "react-i18next";
import { homeOf } from "#shared/access/layers.ts";
import { useViewer } from "../../../data/session.ts";
import { Section } from "../../../ui/section.tsx";
import classes from "../detail.module.css";
import { useTenantApps } from "../tenant-apps.ts";
import { useAccessWords } from "../words.ts";
import profile from "./profile.module.css";

/** The one role held in each app, and where it applies (AUTH-1, FED-10). */
export const MyRoles = () => {
  const { t } = useTranslation("account");
  const words = useAccessWords();
  const apps = useTenantApps();
  const viewer = useViewer();
  return (
    <Section title={t("profile.roles")}>
      <ul className={profile.roles}>
        {apps.map((app) => {
          const role = viewer.roles[app];
          return (
            <li key={app}>
              <span>{words.app(app)}</span>
              {role === undefined ? (
                <span className={profile.quiet}>{t("roleSelect.none")}</span>
              ) : (
                <strong>{role.name}</strong>
              )}
              <span className={profile.quiet}>
                {role !== undefined && app === homeOf(viewer) && words.scope(role.scope)}
              </span>
            </li>
          );
        })}
      </ul>
      <p className={classes.quiet}>{t("profile.rolesText")}</p>
    </Section>
  );
};
