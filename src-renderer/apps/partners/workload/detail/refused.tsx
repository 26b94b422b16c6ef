import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../../../data/use-desk.ts";
import { useNames } from "../../../../data/use-names.tsx";
import { DeskChange } from "../../desk-change.tsx";
import classes from "./waiting.module.css";

/** What of this record needs a person: refused, or applied over what its maker had not seen (S6). */
export const Refused = ({ targetId }: { targetId: string }) => {
  const { t } = useTranslation("work");
  const desk = useDesk();
  const names = useNames();
  const items =
    desk.state === "live" ? desk.value.filter((item) => item.intent.target.id === targetId) : [];
  if (items.length === 0) return null;
  return (
    <section className={classes.refused} aria-label={t("refused.title")}>
      {items.map((item) => (
        <div key={item.id} className={classes.refusal}>
          <DeskChange
            item={item}
            names={names}
            short
            last={
              <Link to="/attention" className={classes.desk}>
                {t("refused.desk")}
              </Link>
            }
          />
        </div>
      ))}
    </section>
  );
};
