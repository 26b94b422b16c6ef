import { IconArrowsDiff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { DeskItem } from "#shared/ipc/views.ts";
import { RelativeTime } from "../relative-time.tsx";
import { type ComparedField, compare, type Other } from "./compare.ts";
import classes from "./comparison.module.css";
import { fieldOf } from "./fields.ts";
import { type Names, Value } from "./value.tsx";
import { useFieldWords } from "./words.ts";

/**
 * A change field by field: what its maker saw, what they wanted, and what stands, or was replaced,
 * with its author and time. Nothing where it changes no field.
 */
export const ComparisonTable = ({ item, names }: { item: DeskItem; names: Names }) => {
  const { t } = useTranslation("desk");
  const { fields, sawAnything, toldOthers } = compare(item);
  if (fields.length === 0) return null;
  const others = t(item.failure === null ? "compare.replaced" : "compare.stands");
  return (
    <div className={classes.box}>
      <table className={classes.table} aria-label={t("compare.title")}>
        <thead>
          <tr>
            <th scope="col">{t("compare.field")}</th>
            {sawAnything && <th scope="col">{t("compare.saw")}</th>}
            <th scope="col">{t("compare.wanted")}</th>
            {toldOthers && <th scope="col">{others}</th>}
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <Row
              key={field.name}
              field={field}
              item={item}
              names={names}
              saw={sawAnything ? t("compare.saw") : null}
              others={toldOthers ? others : null}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
};

const Row = ({
  field: { name, saw, wanted, other, differs },
  item,
  names,
  saw: sawLabel,
  others,
}: {
  field: ComparedField;
  item: DeskItem;
  names: Names;
  /** The names of the columns, for where the table has no room for a head; null where there is none. */
  saw: string | null;
  others: string | null;
}) => {
  const { t } = useTranslation("desk");
  const say = useFieldWords();
  const { kind } = item.intent.target;
  const field = fieldOf(name);
  return (
    <tr data-differs={differs || undefined}>
      <th scope="row">{say(name)}</th>
      {sawLabel !== null && (
        <td data-label={sawLabel} className={classes.saw}>
          <Value field={field} value={saw} kind={kind} names={names} />
        </td>
      )}
      <td data-label={t("compare.wanted")} className={classes.wanted}>
        <Value field={field} value={wanted} kind={kind} names={names} />
      </td>
      {others !== null && (
        <td data-label={others} className={classes.other}>
          {other === null ? (
            <em>{t("compare.asSeen")}</em>
          ) : (
            <>
              <span className={classes.against}>
                {differs && (
                  <IconArrowsDiff
                    size={14}
                    stroke={2}
                    role="img"
                    aria-label={t("compare.differs")}
                  />
                )}
                <span>
                  <Value field={field} value={other.value} kind={kind} names={names} />
                </span>
              </span>
              <By other={other} />
            </>
          )}
        </td>
      )}
    </tr>
  );
};

/** Who gave the other value, and when. */
const By = ({ other: { by, at } }: { other: Other }) =>
  by === null && at === null ? null : (
    <span className={classes.by}>
      {by}
      {by !== null && at !== null && " · "}
      {at !== null && <RelativeTime at={at} />}
    </span>
  );
