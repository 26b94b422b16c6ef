import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconReceipt, IconX } from "@tabler/icons-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { open } from "#shared/audit/entry.ts";
import type { Line } from "#shared/audit/line.ts";
import type { LogFiles } from "../../data/use-log-files.ts";
import type { Names } from "../../ui/desk/value.tsx";
import detail from "../../ui/detail.module.css";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import { formatNumber } from "../../ui/format.ts";
import { Section } from "../../ui/section.tsx";
import { EmptyState, LoadingState } from "../../ui/states.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import { FieldTable } from "./field-table.tsx";
import classes from "./line-detail.module.css";
import { Overrode, Place, When, Who } from "./line-parts.tsx";
import { TargetWords } from "./line-row.tsx";
import { changedFields, saidFields } from "./values.ts";
import { targetOf, useLogActWords } from "./words.ts";

/** One line of a log, whole: what changed, who and through what, when by which clock, and its place. */
export const LineDetail = ({
  seq,
  line,
  names,
  files,
  offline,
  onClose,
}: {
  seq: number;
  /** Null while it is on its way, or cannot be had. */
  line: Line | null;
  names: Names;
  files: LogFiles;
  offline: boolean;
  onClose: () => void;
}) => {
  const { t } = useTranslation("portal");
  const close = () => {
    onClose();
    return true;
  };
  useKeys((key) => (key === "Escape" ? close : undefined));
  if (line !== null) {
    return <Whole line={line} names={names} files={files} offline={offline} onClose={onClose} />;
  }
  return offline ? (
    <EmptyState title={t("line.offlineTitle", { seq })}>{t("log.offlineText")}</EmptyState>
  ) : (
    <LoadingState rows={8} />
  );
};

const Whole = ({
  line,
  names,
  files,
  offline,
  onClose,
}: {
  line: Line;
  names: Names;
  files: LogFiles;
  offline: boolean;
  onClose: () => void;
}) => {
  const { t, i18n } = useTranslation("portal");
  const say = useLogActWords();
  const opened = useMemo(() => open(line), [line]);
  const { entry, seq } = line;
  const { outcome, intent } = entry;
  const kind = targetOf(intent.target)?.kind ?? null;
  const changes = changedFields(entry, line.openings);
  const said = saidFields(entry, line.openings, opened.ok ? opened.value.changes : {});
  return (
    <article className={detail.detail} aria-label={t("line.label", { seq })}>
      <header className={detail.head}>
        <div className={detail.what}>
          <span className={classes.seq}>
            {t("line.label", { seq: formatNumber(seq, i18n.language) })}
          </span>
          <h2 className={detail.title}>
            {say(intent.type, outcome.applied)} <TargetWords target={intent.target} names={names} />
          </h2>
          <span className={classes.outcome} data-refused={!outcome.applied || undefined}>
            {t(outcome.applied ? "outcome.applied" : "outcome.refused")}
            {entry.late === true && ` · ${t("line.late")}`}
          </span>
        </div>
        <div className={classes.actions}>
          <Tooltip label={t(offline ? "line.receiptOffline" : "line.receiptAbout")}>
            <Button
              variant="default"
              size="compact-md"
              leftSection={<IconReceipt size={16} stroke={1.8} aria-hidden="true" />}
              loading={files.busy === "receipt"}
              disabled={offline || intent.id === ""}
              onClick={() =>
                void files.saveReceipt({ log: line.log, intentId: line.entry.intent.id })
              }
            >
              {t("line.receipt")}
            </Button>
          </Tooltip>
          <ActionIcon onClick={onClose} aria-label={t("line.close")}>
            <IconX size={18} stroke={1.8} />
          </ActionIcon>
        </div>
      </header>
      {!opened.ok && <FailureNotice failure={opened.error} />}
      {!outcome.applied && <FailureNotice failure={outcome.failure} />}
      {changes.length > 0 && (
        <Section title={t("line.changed")}>
          <FieldTable fields={changes} kind={kind} names={names} />
        </Section>
      )}
      {said.length > 0 && (
        <Section title={t(outcome.applied ? "line.said" : "line.meant")}>
          <FieldTable fields={said} kind={kind} names={names} />
        </Section>
      )}
      {changes.length === 0 && said.length === 0 && (
        <p className={classes.quiet}>{t("line.noFields")}</p>
      )}
      {opened.ok && <Overrode entry={opened.value} />}
      <div className={classes.pair}>
        <Who line={line} />
        <When line={line} />
      </div>
      <Place line={line} />
    </article>
  );
};
