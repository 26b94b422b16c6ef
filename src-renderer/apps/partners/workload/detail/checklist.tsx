import { Checkbox, Progress, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Visit } from "#shared/domain/visit/visit.ts";
import type { Failure } from "#shared/failure.ts";
import { useViewer } from "../../../../data/session.ts";
import { useIntent } from "../../../../data/use-intent.ts";
import { useFailureText } from "../../../../ui/failure-text.ts";
import { RelativeTime } from "../../../../ui/relative-time.tsx";
import { Section } from "../../../../ui/section.tsx";
import classes from "./checklist.module.css";
import { progressOf } from "./next-step.ts";
import { permitted } from "./permitted.ts";
import { useRefusals } from "./use-refusals.ts";

/** What is to be done on site, with how far it has come. Nothing where there is no list. */
export const Checklist = ({ visit, stamp }: { visit: Visit; stamp: string }) => {
  const { t } = useTranslation("work");
  const { make } = useIntent();
  const viewer = useViewer();
  const first = visit.checklist[0];
  const refusals = useRefusals(
    first === undefined
      ? []
      : [{ type: "visit.check", targetId: visit.id, probe: { itemId: first.id, done: true } }],
    stamp,
  );
  if (first === undefined) return null;
  const { done, total, required } = progressOf(visit);
  const open = visit.status !== "completed" && visit.status !== "cancelled";
  const refusal = refusals["visit.check"];
  const may = permitted(viewer, "visit.check") && refusal === null;
  return (
    <Section title={t("visit.checklist")} aside={t("visit.progress", { done, total })}>
      <Progress
        value={(done / total) * 100}
        size="sm"
        color={done === total ? "var(--rs-good)" : "var(--rs-accent)"}
        aria-label={t("visit.progress", { done, total })}
      />
      <ul className={classes.list}>
        {visit.checklist.map((item) => (
          <li key={item.id} className={classes.item}>
            <Checkbox
              size="sm"
              checked={item.done}
              disabled={!may}
              label={item.text}
              onChange={(event) =>
                void make("visit.check", visit.id, {
                  itemId: item.id,
                  done: event.currentTarget.checked,
                })
              }
            />
            <span className={classes.aside}>
              {item.doneAt !== null ? (
                <RelativeTime at={item.doneAt} />
              ) : (
                item.required && <span className={classes.required}>{t("visit.required")}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
      {open && visit.status !== "on-site" && (
        <p className={classes.hint}>{t("visit.onSiteFirst")}</p>
      )}
      {open && visit.status === "on-site" && refusal && <Why failure={refusal} />}
      {open && visit.status === "on-site" && required > 0 && (
        <p className={classes.hint}>{t("visit.requiredOpen", { count: required })}</p>
      )}
    </Section>
  );
};

const Why = ({ failure }: { failure: Failure }) => {
  const { what, remedy } = useFailureText(failure);
  return (
    <Tooltip label={remedy}>
      <p className={classes.hint}>{what}</p>
    </Tooltip>
  );
};
