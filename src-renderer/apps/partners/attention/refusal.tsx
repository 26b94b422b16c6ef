import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { DeskItem } from "#shared/ipc/views.ts";
import { useDeskItem } from "../../../data/use-desk-item.ts";
import { notifyFailure } from "../../../data/use-intent.ts";
import { useLive } from "../../../data/use-live.ts";
import { FailureNotice } from "../../../ui/failure-notice.tsx";
import { RelativeTime } from "../../../ui/relative-time.tsx";
import classes from "./desk.module.css";
import { fieldsOf, mendableOf } from "./fields.ts";
import { Value } from "./value.tsx";
import { useIntentWords } from "./words.ts";

/** One refused change: what was meant, when, why not, what helps, and what can be done with it. */
export const Refusal = ({
  item,
  onFix,
  onDiscard,
}: {
  item: DeskItem;
  onFix: () => void;
  onDiscard: () => void;
}) => {
  const { t } = useTranslation("desk");
  const say = useIntentWords();
  const { resend, busy } = useDeskItem(item.id);
  const facets = useLive((c, signal) => c.work.facets(undefined, { signal }), []);
  const people = facets.state === "live" ? facets.value.people : [];
  const fields = fieldsOf(item.intent.payload);
  const toMend = mendableOf(item.intent.payload).length > 0;

  return (
    <li className={classes.item}>
      <div className={classes.head}>
        <div>
          <h3>{say(item.intent.type)}</h3>
          {item.subject !== null && <p className={classes.subject}>{item.subject}</p>}
        </div>
        <p className={classes.when}>
          {t("made")} <RelativeTime at={item.intent.deviceTime} /> · {t("refused")}{" "}
          <RelativeTime at={item.decidedAt} />
        </p>
      </div>
      {fields.length > 0 && (
        <dl className={classes.payload} aria-label={t("meant")}>
          {fields.map(({ name, field, value }) => (
            <div key={name}>
              <dt>{t(`field.${name}`)}</dt>
              <dd>
                <Value field={field} value={value} people={people} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {item.failure !== null && <FailureNotice failure={item.failure} />}
      <div className={classes.actions}>
        {toMend && <Button onClick={onFix}>{t("fix")}</Button>}
        <Button
          variant="default"
          loading={busy === "resend"}
          onClick={() => void resend().then((why) => why && notifyFailure(why))}
        >
          {t("resend")}
        </Button>
        <Button variant="subtle" color="red" onClick={onDiscard}>
          {t("discard")}
        </Button>
        <span className={classes.number} title={t("number")}>
          {item.intent.id}
        </span>
      </div>
    </li>
  );
};
