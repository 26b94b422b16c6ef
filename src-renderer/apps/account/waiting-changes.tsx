import { IconClockUp } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Intent } from "#shared/domain/intent.ts";
import { useActWords } from "../../ui/act-words.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import classes from "./waiting-changes.module.css";

/** The changes of somebody, or of a role, that wait for the server. */
export const WaitingChanges = ({ pending }: { pending: readonly Intent[] }) => {
  const { t } = useTranslation("account");
  const nameOf = useActWords("doneHere");
  if (pending.length === 0) return null;
  return (
    <section className={classes.waiting} aria-label={t("waiting.title")}>
      <IconClockUp size={17} stroke={1.7} aria-hidden="true" />
      <div>
        <span className={classes.title}>{t("waiting.title")}</span>
        <ul>
          {pending.map((intent) => (
            <li key={intent.id}>
              {nameOf(intent.type)} · <RelativeTime at={intent.deviceTime} />
            </li>
          ))}
        </ul>
        {pending.some(({ type }) => type.startsWith("person.invite")) && (
          <span className={classes.note}>{t("waiting.invitation")}</span>
        )}
      </div>
    </section>
  );
};
