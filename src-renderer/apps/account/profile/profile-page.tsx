import { useTranslation } from "react-i18next";
import { LanguageChoice, ThemeChoice } from "../../../shell/choices.tsx";
import detail from "../../../ui/detail.module.css";
import page from "../../../ui/page.module.css";
import { PageHeader } from "../../../ui/page-header.tsx";
import { Section } from "../../../ui/section.tsx";
import { MyActs } from "./my-acts.tsx";
import { MyDevices } from "./my-devices.tsx";
import { MyRoles } from "./my-roles.tsx";
import profile from "./profile.module.css";
import { WhoAmI } from "./who-am-i.tsx";

/** One's own place: who one is here, how it looks, and where one is signed in. */
export const ProfilePage = () => {
  const { t } = useTranslation(["account", "shell"]);
  return (
    <div className={page.page}>
      <PageHeader title={t("profile.title")} />
      <div className={profile.scroll}>
        <div className={detail.detail}>
          <WhoAmI />
          <MyRoles />
          <Section title={t("profile.choices")}>
            <div className={profile.choice}>
              <span>{t("shell:language.label")}</span>
              <LanguageChoice />
            </div>
            <div className={profile.choice}>
              <span>{t("shell:theme.label")}</span>
              <ThemeChoice />
            </div>
          </Section>
          <MyDevices />
          <MyActs />
        </div>
      </div>
    </div>
  );
};
