import { useTranslation } from "react-i18next";
import { useViewer } from "../../../data/session.ts";
import profile from "./profile.module.css";

/** The account that is signed in, and its organisation (ID-1). */
export const WhoAmI = () => {
  const { t } = useTranslation("account");
  const { name, email, tenant } = useViewer();
  return (
    <section className={profile.who} aria-label={t("profile.who")}>
      <h2>{name}</h2>
      <p>{email}</p>
      <p>
        {tenant.name} · {t(`tenant.${tenant.subtype ?? tenant.kind}`)}
      </p>
    </section>
  );
};
