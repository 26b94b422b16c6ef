import { IconArrowsExchange } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#shared/failure.ts";
import type { DeskItem } from "#shared/ipc/views.ts";
import { useActWords } from "../act-words.ts";
import { KindIcon, TierBadge } from "../badges.tsx";
import { FailureNotice } from "../failure-notice.tsx";
import { sixLayers } from "../layer-strip.tsx";
import { RelativeTime } from "../relative-time.tsx";
import { SkewWords, skewMatters } from "../skew.tsx";
import { SlaCountdown } from "../sla-countdown.tsx";
import { WhyNot } from "../why-not/why-not.tsx";
import classes from "./change.module.css";
import { alsoSaid } from "./compare.ts";
import { ComparisonTable } from "./comparison.tsx";
import { fieldOf } from "./fields.ts";
import { type Names, Value } from "./value.tsx";
import { useFieldWords } from "./words.ts";

/**
 * One change that needs a person, whole: what, of what, how long there is, when it was done and
 * decided, field by field what stood against it, why and what helps, and what can be done with it.
 */
export const Change = ({
  item,
  names,
  short = false,
  children,
}: {
  item: DeskItem;
  names: Names;
  /** Leaves out what is said around it already: the record, its tier and what it owes. */
  short?: boolean;
  /** What can be done with it. */
  children: ReactNode;
}) => {
  const say = useActWords("meant");
  const { kind } = item.intent.target;
  return (
    <>
      <div className={classes.head}>
        <div className={classes.what}>
          {!short && isWork(kind) && <KindIcon kind={kind} size={17} />}
          <h3>{say(item.intent.type)}</h3>
        </div>
        {!short && (
          <div className={classes.owed}>
            {item.tier !== null && <TierBadge tier={item.tier} />}
            {item.due !== null && <SlaCountdown due={item.due} />}
          </div>
        )}
        {!short && item.subject !== null && <p className={classes.subject}>{item.subject}</p>}
        <Times item={item} />
      </div>
      {item.failure === null ? <Overwrote /> : <Reason failure={item.failure} />}
      <ComparisonTable item={item} names={names} />
      <AlsoSaid item={item} names={names} />
      <div className={classes.actions}>{children}</div>
    </>
  );
};

const isWork = (kind: string): kind is "ticket" | "alarm" | "visit" =>
  kind === "ticket" || kind === "alarm" || kind === "visit";

/** When it was done, by the device's clock and how far that was off, and when it was decided. */
const Times = ({ item: { intent, failure, decidedAt } }: { item: DeskItem }) => {
  const { t } = useTranslation("desk");
  const { skew } = intent;
  return (
    <p className={classes.times}>
      <span>
        {t("made")} <RelativeTime at={intent.deviceTime} />
      </span>
      {skewMatters(skew) && (
        <span className={classes.skew}>
          <SkewWords skew={skew} />
        </span>
      )}
      <span>
        {t(decidedAs(failure))} <RelativeTime at={decidedAt} />
      </span>
      {failure !== null && isFault(failure) && (
        <span className={classes.number} title={t("number")}>
          {intent.id}
        </span>
      )}
    </p>
  );
};

/** Why it was refused: by a layer of access with all six of them, else in words. */
const Reason = ({ failure }: { failure: Failure }) =>
  sixLayers.includes(failure.layer) ? (
    <div className={classes.reason} role="alert">
      <WhyNot failure={failure} />
    </div>
  ) : (
    <FailureNotice failure={failure} />
  );

/** Nobody refused it: support is what helps, and asks for the change's number. */
const isFault = ({ layer }: Failure) => layer !== "rule" && !sixLayers.includes(layer);

const decidedAs = (failure: DeskItem["failure"]) => {
  if (failure === null) return "applied";
  return failure.code === "intent-parked" ? "parked" : "refused";
};

/** What it means that a change was applied over another's value. */
const Overwrote = () => {
  const { t } = useTranslation("desk");
  return (
    <div className={classes.overwrote} role="note">
      <IconArrowsExchange size={18} stroke={1.7} aria-hidden="true" />
      <div>
        <p className={classes.replaced}>{t("overwrote.what")}</p>
        <p>{t("overwrote.remedy")}</p>
      </div>
    </div>
  );
};

/** Remarks and lists, which stand in no field that could be compared. */
const AlsoSaid = ({ item, names }: { item: DeskItem; names: Names }) => {
  const { t } = useTranslation("desk");
  const say = useFieldWords();
  const said = alsoSaid(item);
  if (said.length === 0) return null;
  return (
    <dl className={classes.said} aria-label={t("meant")}>
      {said.map(({ name, value }) => (
        <div key={name}>
          <dt>{say(name)}</dt>
          <dd>
            <Value
              field={fieldOf(name)}
              value={value}
              kind={item.intent.target.kind}
              names={names}
            />
          </dd>
        </div>
      ))}
    </dl>
  );
};
