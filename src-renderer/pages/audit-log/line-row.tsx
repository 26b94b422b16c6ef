import { Tooltip } from "@mantine/core";
import { IconBan, IconCheck, IconClockExclamation } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Line } from "#shared/audit/line.ts";
import type { Names } from "../../ui/desk/value.tsx";
import { useFailureText } from "../../ui/failure-text.ts";
import { formatNumber } from "../../ui/format.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { SkewWords, skewMatters } from "../../ui/skew.tsx";
import classes from "./line-row.module.css";
import { targetOf, useLogActWords } from "./words.ts";

/** A line of a log at a glance: what, on what, by whom, for whom, when, and how it ended. */
export const LineRow = ({ line: { entry, seq }, names }: { line: Line; names: Names }) => {
  const { t, i18n } = useTranslation("portal");
  const say = useLogActWords();
  const { outcome, actor, intent } = entry;
  const skew = entry.skew ?? null;
  return (
    <>
      <span
        className={classes.mark}
        data-refused={!outcome.applied || undefined}
        role="img"
        aria-label={t(outcome.applied ? "outcome.applied" : "outcome.refused")}
      >
        {outcome.applied ? (
          <IconCheck size={15} stroke={2} aria-hidden="true" />
        ) : (
          <IconBan size={15} stroke={2} aria-hidden="true" />
        )}
      </span>
      <span className={classes.two}>
        <span className={classes.what}>
          {say(intent.type, outcome.applied)}
          <TargetWords target={intent.target} names={names} />
        </span>
        <span className={classes.small}>
          {actor.name}
          {actor.tenantName !== "" && ` · ${actor.tenantName}`}
          {!outcome.applied && (
            <span className={classes.why}>
              {" · "}
              <Why failure={outcome.failure} />
            </span>
          )}
        </span>
      </span>
      <span className={classes.when}>
        <span className={classes.at}>
          {skewMatters(skew) && (
            <Tooltip label={<SkewWords skew={skew} />}>
              <IconClockExclamation
                size={14}
                stroke={1.8}
                className={classes.skew}
                role="img"
                aria-label={t("line.skewed")}
              />
            </Tooltip>
          )}
          <RelativeTime at={entry.serverTime} />
        </span>
        <span className={classes.seq}>{formatNumber(seq, i18n.language)}</span>
      </span>
    </>
  );
};

/** The record a line is about, as far as it can be named; nothing where it is about none. */
export const TargetWords = ({ target: said, names }: { target: unknown; names: Names }) => {
  const target = targetOf(said);
  // A grant has no name: the act says what it is.
  if (target === null || target.kind === "grant") return null;
  return (
    <span className={classes.target}>{target.ref ?? names.record(target.kind, target.id)}</span>
  );
};

const Why = ({ failure }: { failure: Parameters<typeof useFailureText>[0] }) =>
  useFailureText(failure).what;
