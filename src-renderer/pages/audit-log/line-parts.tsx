import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { AuditEntry } from "#shared/audit/entry.ts";
import { type Line, lineHash } from "#shared/audit/line.ts";
import { formatExact, formatNumber } from "../../ui/format.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { Section } from "../../ui/section.tsx";
import { SkewWords, skewMatters } from "../../ui/skew.tsx";
import classes from "./line-detail.module.css";
import { Hash } from "./marks.tsx";

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

/** What an act replaced without its maker having seen it; nothing where nothing. */
export const Overrode = ({ entry: { overrode = [] } }: { entry: AuditEntry }) => {
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

/** Who did it, on whose behalf, and through what. */
export const Who = ({ line: { entry } }: { line: Line }) => {
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

/** When it was done and heard of, by which clock. */
export const When = ({ line: { entry } }: { line: Line }) => {
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
export const Place = ({ line }: { line: Line }) => {
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
