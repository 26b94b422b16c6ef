import { useTranslation } from "react-i18next";
import type { Kind } from "#shared/domain/intent.ts";
import type { Facets } from "#shared/ipc/views.ts";
import { useLive } from "../../../data/use-live.ts";
import { formatExact } from "../../../ui/format.ts";
import type { Field } from "./fields.ts";

const text = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

/** A value of a payload as people read it: names for ids, words for choices. */
export const Value = ({
  field,
  value,
  people,
}: {
  field: Field;
  value: unknown;
  people: Facets["people"];
}) => {
  const { t, i18n } = useTranslation(["desk", "common"]);
  if (value === null || value === "") return <em>{t("value.empty")}</em>;
  switch (field.is) {
    case "priority":
      return value === 1 || value === 2 || value === 3 || value === 4
        ? t(`common:priority.${value}`)
        : text(value);
    case "outcome":
      return value === "done" || value === "follow-up-needed" || value === "not-possible"
        ? t(`outcome.${value}`)
        : text(value);
    case "instant":
      return typeof value === "string" ? formatExact(value, i18n.language) : text(value);
    case "yes-no":
      return t(value === true ? "value.yes" : "value.no");
    case "person":
      return people.find(({ id }) => id === value)?.name ?? t("value.unknown");
    case "record":
      return <RecordName kind={field.kind} id={text(value)} />;
    case "checklist":
      return Array.isArray(value) ? <Checklist items={value} /> : null;
    default:
      return text(value);
  }
};

/** A record by its name, as far as it is on this device. */
const RecordName = ({ kind, id }: { kind: Kind; id: string }) => {
  const { t } = useTranslation("desk");
  const live = useLive((core, signal) => core.records.watch({ kind, id }, { signal }), [kind, id]);
  if (live.state !== "live") return null;
  const data = live.value?.data;
  const name = data?.name ?? data?.title;
  const ref = data?.ref;
  if (typeof name !== "string") return <em>{t("value.unknown")}</em>;
  return typeof ref === "string" ? `${ref} · ${name}` : name;
};

const Checklist = ({ items }: { items: unknown[] }) => (
  <ul>
    {items.map((item) => {
      const said =
        typeof item === "object" && item !== null && "text" in item ? text(item.text) : "";
      return <li key={said}>{said}</li>;
    })}
  </ul>
);
