import { ActionIcon, Button, CopyButton, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy, IconEyeOff, IconReceipt, IconX } from "@tabler/icons-react";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type AuditEntry, open } from "#shared/audit/entry.ts";
import { type Line, lineHash } from "#shared/audit/line.ts";
import type { LogFiles } from "../../data/use-log-files.ts";
import type { Names } from "../../ui/desk/value.tsx";
import { FailureNotice } from "../../ui/failure-notice.tsx";
import { formatExact, formatNumber } from "../../ui/format.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { Section } from "../../ui/section.tsx";
import { SkewWords, skewMatters } from "../../ui/skew.tsx";
import { EmptyState, LoadingState } from "../../ui/states.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import { FieldTable } from "./field-table.tsx";
import classes from "./line-detail.module.css";
import { TargetWords } from "./line-row.tsx";
import { changedFields, saidFields } from "./values.ts";
import { targetOf, useActWords } from "./words.ts";

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
  const say = useActWords();
  const opened = useMemo(() => open(line), [line]);
  const { entry, seq } = line;
  const { outcome, intent } = entry;
  const kind = targetOf(intent.target)?.kind ?? null;
  const changes = changedFields(entry, line.openings);
  const said = saidFields(entry, line.openings, opened.ok ? opened.value.changes : {});
  return (
    <article className={classes.detail} aria-label={t("line.label", { seq })}>
      <header className={classes.head}>
        <div className={classes.what}>
          <span className={classes.seq}>
            {t("line.label", { seq: formatNumber(seq, i18n.language) })}
          </span>
          <h2 className={classes.title}>
            {say(intent.type)} <TargetWords target={intent.target} names={names} />
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
              onClick={() => void files.saveReceipt(line)}
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

const Facts = ({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) => (
  <dl className={classes.facts}>
    {facts.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

const Overrode = ({ entry: { overrode = [] } }: { entry: AuditEntry }) => {
  const { t } = useTranslation("portal");
  if (overrode.length === 0) return null;
  return (
    <Section title={t("line.overrode")}>
      <ul className={classes.overrode}>
        {overrode.map(({ field, value, by, at }) => (
          <li key={field}>
            {t("line.overrodeOne", { field, value: value === null ? "–" : String(value) })}
            {by !== null && ` · ${by}`}
            {at !== null && (
              <>
                {" · "}
                <RelativeTime at={at} />
              </>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
};

const Who = ({ line: { entry } }: { line: Line }) => {
  const { t, i18n } = useTranslation("portal");
  const { actor, via } = entry;
  const app = `shell:app.${via.app}`;
  return (
    <Section title={t("line.who")}>
      <Facts
        facts={[
          [t("line.person"), actor.name],
          [t("line.behalf"), actor.tenantName === "" ? "–" : actor.tenantName],
          [
            t("line.app"),
            `${i18n.exists(app) ? String(i18n.t(app as "common:loading")) : via.app} ${via.appVersion}`,
          ],
          [
            t("line.device"),
            <code key="device" className={classes.mono}>
              {via.installation === "" ? "–" : via.installation}
            </code>,
          ],
        ]}
      />
    </Section>
  );
};

const When = ({ line: { entry } }: { line: Line }) => {
  const { t, i18n } = useTranslation("portal");
  const { t: desk } = useTranslation("desk");
  const skew = entry.skew ?? null;
  const at = (when: string) => <time dateTime={when}>{formatExact(when, i18n.language)}</time>;
  return (
    <Section title={t("line.when")}>
      <Facts
        facts={[
          [
            t("line.deviceTime"),
            <span key="device">
              {at(entry.deviceTime)}
              {skewMatters(skew) && (
                <small className={classes.skew}>
                  <SkewWords skew={skew} />
                </small>
              )}
            </span>,
          ],
          ...(entry.workedAt == null ? [] : [[desk("made"), at(entry.workedAt)] as const]),
          [t("line.serverTime"), at(entry.serverTime)],
        ]}
      />
    </Section>
  );
};

/** Where a line stands in the log: its number and the hashes it is proven by (RFC 9162). */
const Place = ({ line }: { line: Line }) => {
  const { t, i18n } = useTranslation("portal");
  const leaf = useMemo(() => lineHash(line), [line]);
  return (
    <Section title={t("line.place")}>
      <dl className={classes.hashes}>
        <dt>{t("line.seq")}</dt>
        <dd>{formatNumber(line.seq, i18n.language)}</dd>
        <dt>{t("line.leaf")}</dt>
        <dd>
          <Hash value={leaf} />
        </dd>
        <dt>{t("line.chain")}</dt>
        <dd>
          <Hash value={line.prev} />
        </dd>
        {line.entry.intent.id !== "" && (
          <>
            <dt>{t("line.intent")}</dt>
            <dd>
              <Hash value={line.entry.intent.id} />
            </dd>
          </>
        )}
      </dl>
    </Section>
  );
};

/** A hash, whole, with a way to copy it. */
export const Hash = ({ value }: { value: string }) => {
  const { t } = useTranslation("portal");
  return (
    <span className={classes.hash}>
      <code className={classes.mono}>{value}</code>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <ActionIcon size="xs" onClick={copy} aria-label={t(copied ? "copied" : "copy")}>
            {copied ? <IconCheck size={13} /> : <IconCopy size={13} stroke={1.8} />}
          </ActionIcon>
        )}
      </CopyButton>
    </span>
  );
};

/** What stands where a value would, that its reader may not see (S8). */
export const NotShown = () => {
  const { t } = useTranslation("portal");
  return (
    <span className={classes.notShown}>
      <IconEyeOff size={13} stroke={1.8} aria-hidden="true" />
      {t("value.notShown")}
    </span>
  );
};
