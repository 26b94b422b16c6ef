import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Line } from "#shared/audit/line.ts";
import { useLog } from "../../../../data/use-audit.ts";
import type { Member } from "../../../../data/use-people.ts";
import { useActWords } from "../../../../ui/act-words.ts";
import { RelativeTime } from "../../../../ui/relative-time.tsx";
import { Section } from "../../../../ui/section.tsx";
import { LoadingState } from "../../../../ui/states.tsx";
import classes from "../../detail.module.css";
import { LastKnown } from "../../last-known.tsx";
import history from "./history-section.module.css";

const isAbout = ({ entry }: Line, id: string): boolean => {
  const { target } = entry.intent;
  return typeof target === "object" && target !== null && "id" in target && target.id === id;
};

/** What was done about somebody, by whom and when, as the organisation's log has it (PRT-4). */
export const HistorySection = ({ member }: { member: Member }) => {
  const { t } = useTranslation("account");
  const nameOf = useActWords("doneHere");
  // A change that waits no more has come into the log.
  const log = useLog({ type: "person.", text: member.id }, member.pending.length);
  const lines = log.lines.filter((line) => isAbout(line, member.id));
  return (
    <Section title={t("history.title")}>
      <LastKnown answer={{ ...log, at: null }} />
      {lines.length === 0 && log.asking && <LoadingState rows={3} />}
      {lines.length === 0 && !log.asking && log.failure === null && (
        <p className={classes.quiet}>{t("history.none")}</p>
      )}
      <ol className={history.lines}>
        {lines.map(({ seq, entry }) => (
          <li key={seq}>
            <span>
              {nameOf(entry.intent.type)}
              {!entry.outcome.applied && <em> · {t("history.refused")}</em>}
            </span>
            <span className={history.by}>
              {entry.actor.name} · <RelativeTime at={entry.serverTime} />
            </span>
          </li>
        ))}
      </ol>
      {log.more && (
        <div>
          <Button size="compact-sm" variant="subtle" loading={log.asking} onClick={log.older}>
            {t("history.older")}
          </Button>
        </div>
      )}
    </Section>
  );
};
