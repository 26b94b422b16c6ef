import { IconClockUp } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Intent } from "#shared/domain/intent.ts";
import { useActWords } from "../../../../ui/act-words.ts";
import { RelativeTime } from "../../../../ui/relative-time.tsx";
import classes from "./waiting.module.css";

/** The changes of this record that wait for the server, each with the time of the device it was made on. */
export const Waiting = ({ pending }: { pending: readonly Intent[] }) => {
  const { t } = useTranslation("work");
  const nameOf = useActWords("here");
  if (pending.length === 0) return null;
  return (
    <section className={classes.waiting} aria-label={t("pending.title")}>
      <IconClockUp size={17} stroke={1.7} aria-hidden="true" className={classes.glyph} />
      <div className={classes.words}>
        <span className={classes.title}>{t("pending.title")}</span>
        <ul className={classes.list}>
          {pending.map((intent) => (
            <li key={intent.id}>
              {nameOf(intent.type)}
              <span className={classes.when}>
                {t("pending.made")} <RelativeTime at={intent.deviceTime} />
              </span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
};
