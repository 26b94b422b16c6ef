import { Button, Checkbox, SegmentedControl, TextInput } from "@mantine/core";
import { type FormEvent, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Grant } from "#shared/domain/grant/grant.ts";
import type { Partner } from "#shared/domain/partner/partner.ts";
import type { Failure } from "#shared/failure.ts";
import { type LiveHoldings, useMinute } from "../../../data/use-holdings.ts";
import { useIntent } from "../../../data/use-intent.ts";
import { FailureNotice } from "../../../ui/failure-notice.tsx";
import { DifferenceView } from "./difference-view.tsx";
import { differenceBetween, exposureOf, type Terms } from "./exposure.ts";
import { ExposureView } from "./exposure-view.tsx";
import { type Draft, dayOf, daysAllowed, defaultDay, termsOf } from "./form.ts";
import classes from "./grant-form.module.css";
import { choiceOf, nothingChosen, type Width, widths } from "./reach.ts";
import { ReachTree } from "./reach-tree.tsx";

const lists = { regions: "regions", sites: "sites", devices: "deviceIds" } as const;

const draftOf = (grant: Grant | null, holdings: LiveHoldings, now: number): Draft =>
  grant === null
    ? { choice: nothingChosen, telemetry: false, day: defaultDay(now) }
    : {
        choice: choiceOf(grant, holdings.devices),
        telemetry: grant.telemetry,
        day: dayOf(grant.until),
      };

/** Gives a grant or changes one, and says beforehand exactly what that exposes (PRT-3). */
export const GrantForm = ({
  partner,
  grant,
  grants,
  holdings,
  onDone,
}: {
  partner: Partner;
  /** The one that is changed; null where one is given. */
  grant: Grant | null;
  /** All of the partner's in force. */
  grants: readonly Grant[];
  holdings: LiveHoldings;
  onDone: () => void;
}) => {
  const { t } = useTranslation("access");
  const { t: common } = useTranslation("common");
  const at = useMinute();
  const now = Date.parse(at);
  const { make, busy } = useIntent();
  const [draft, setDraft] = useState<Draft>(() => draftOf(grant, holdings, now));
  const [failure, setFailure] = useState<Failure | null>(null);
  const terms = useMemo(() => termsOf(draft, holdings.devices, now), [draft, holdings, now]);
  const { choice } = draft;
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (terms === null || busy) return;
    setFailure(null);
    const made =
      grant === null
        ? make("grant.give", null, { partner: partner.id, ...terms }, { quiet: true })
        : make("grant.change", grant.id, { ...terms }, { quiet: true });
    void made.then((answer) => (answer.ok ? onDone() : setFailure(answer.error)));
  };
  // Whoever opens it goes on by keyboard inside it, and leaves it with Escape.
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const title = t(grant === null ? "form.give" : "form.change", { partner: partner.name });
  return (
    <form
      ref={form}
      className={classes.form}
      aria-label={title}
      onSubmit={send}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) onDone();
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send(event);
      }}
    >
      <div className={classes.fields}>
        <h3 className={classes.title}>{title}</h3>
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={t("form.width")}
          data={widths.map((value) => ({ value, label: t(`width.${value}`) }))}
          value={choice.width}
          onChange={(width) => set({ choice: { ...choice, width: width as Width } })}
        />
        {choice.width === "everything" ? (
          <p className={classes.hint}>{t("form.everythingHint")}</p>
        ) : (
          <ReachTree
            key={choice.width}
            devices={holdings.devices}
            width={choice.width}
            chosen={choice[lists[choice.width]]}
            onChange={(chosen) =>
              choice.width !== "everything" &&
              set({ choice: { ...choice, [lists[choice.width]]: chosen } })
            }
          />
        )}
        {choice.width === "sites" && terms !== null && terms.deviceIds.length > 0 && (
          <p className={classes.hint}>{t("form.asDevices")}</p>
        )}
        <Checkbox
          size="sm"
          label={t("form.telemetry")}
          description={t("form.telemetryHint")}
          checked={draft.telemetry}
          onChange={(event) => set({ telemetry: event.currentTarget.checked })}
        />
        <TextInput
          type="date"
          className={classes.day}
          label={t("form.until")}
          description={t("form.untilHint")}
          {...daysAllowed(now)}
          value={draft.day}
          onChange={(event) => set({ day: event.currentTarget.value })}
        />
        {failure !== null && <FailureNotice failure={failure} />}
        <div className={classes.buttons}>
          <Button type="submit" size="compact-md" disabled={terms === null} loading={busy}>
            {t(grant === null ? "form.doGive" : "form.doChange")}
          </Button>
          <Button type="button" size="compact-md" variant="subtle" onClick={onDone}>
            {common("actions.cancel")}
          </Button>
        </div>
      </div>
      <Preview
        terms={terms}
        partner={partner}
        grant={grant}
        grants={grants}
        holdings={holdings}
        at={at}
      />
    </form>
  );
};

/** What the draft would expose and, where a grant is changed, add and take away. */
const Preview = ({
  terms,
  partner,
  grant,
  grants,
  holdings: { devices, agreements: papers },
  at,
}: {
  terms: Terms | null;
  partner: Partner;
  grant: Grant | null;
  grants: readonly Grant[];
  holdings: LiveHoldings;
  at: string;
}) => {
  const { t } = useTranslation("access");
  const { tenantId } = partner;
  const shown = useMemo(() => {
    if (terms === null) return null;
    const agreements = papers.filter(({ partnerId }) => partnerId === tenantId);
    const after =
      grant === null
        ? null
        : grants.map((one) => (one.id === grant.id ? { ...grant, ...terms } : one));
    return {
      exposure: exposureOf(terms, devices, agreements, at),
      difference:
        after === null ? null : differenceBetween(tenantId, devices, agreements, grants, after, at),
    };
  }, [terms, devices, papers, tenantId, grant, grants, at]);
  return (
    <section className={classes.preview} aria-label={t("preview.title")} aria-live="polite">
      <h3 className={classes.title}>{t("preview.title")}</h3>
      <p className={classes.hint}>{t("preview.about", { partner: partner.name })}</p>
      {shown === null ? (
        <p className={classes.nothing}>{t("preview.nothing")}</p>
      ) : (
        <>
          <ExposureView exposure={shown.exposure} open />
          {shown.difference !== null && (
            <DifferenceView
              difference={shown.difference}
              until={terms === null || grant === null ? null : [grant.until, terms.until]}
            />
          )}
        </>
      )}
    </section>
  );
};
