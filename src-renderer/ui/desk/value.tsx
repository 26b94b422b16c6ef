import { Tooltip } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { narrows, Scope } from "#shared/access/scope.ts";
import type { Kind } from "#shared/domain/intent.ts";
import { formatExact, formatMoment } from "../format.ts";
import type { Field } from "./fields.ts";

/** Names for ids, as far as this device knows them. */
export interface Names {
  person: (id: string) => string | null;
  record: (kind: Kind, id: string) => ReactNode;
}

const text = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : "";

/** A value as people read it: names for ids, words for choices, times of day for instants. */
export const Value = ({
  field,
  value,
  kind,
  names,
}: {
  field: Field;
  value: unknown;
  /** The kind of record it is a value of. */
  kind: Kind;
  names: Names;
}) => {
  const { t, i18n } = useTranslation(["desk", "common"]);
  if (value === null || value === undefined || value === "") return <em>{t("value.empty")}</em>;
  switch (field.is) {
    case "status": {
      const key = `common:status.${kind}.${text(value)}`;
      return i18n.exists(key) ? String(i18n.t(key as "common:loading")) : text(value);
    }
    case "priority":
      return value === 1 || value === 2 || value === 3 || value === 4
        ? t(`common:priority.${value}`)
        : text(value);
    case "outcome":
      return value === "done" || value === "follow-up-needed" || value === "not-possible"
        ? t(`outcome.${value}`)
        : text(value);
    case "instant":
      return Number.isNaN(Date.parse(text(value))) ? (
        text(value)
      ) : (
        <Tooltip label={formatExact(text(value), i18n.language)}>
          <time dateTime={text(value)}>{formatMoment(text(value), i18n.language)}</time>
        </Tooltip>
      );
    case "yes-no":
      return t(value === true ? "value.yes" : "value.no");
    case "person":
      return names.person(text(value)) ?? t("value.unknown");
    case "record":
      return names.record(field.kind, text(value));
    case "list":
      return <List values={Object.values(value)} kind={field.kind} names={names} />;
    case "scope":
      return <ScopeWords value={value} names={names} />;
    case "checklist":
      return Array.isArray(value) ? <Checklist items={value} /> : null;
    default:
      return text(value);
  }
};

/** Each on a line; an empty list stands for all there is. */
const List = ({
  values,
  kind,
  names,
}: {
  values: readonly unknown[];
  kind: Kind | undefined;
  names: Names;
}) => {
  const { t } = useTranslation("desk");
  if (values.length === 0) return <em>{t("value.all")}</em>;
  return values.map((value) => (
    <div key={text(value)}>
      {kind === undefined ? text(value) : names.record(kind, text(value))}
    </div>
  ));
};

/** Where permissions apply: everything where nothing narrows it. */
const ScopeWords = ({ value, names }: { value: unknown; names: Names }) => {
  const { t } = useTranslation("desk");
  const parsed = Scope.safeParse(value);
  if (!parsed.success || !narrows(parsed.data)) return <em>{t("value.all")}</em>;
  const { ownVisits, regions, customerIds } = parsed.data;
  return (
    <>
      {ownVisits && <div>{t("value.ownVisits")}</div>}
      {regions?.map((region) => (
        <div key={region}>{region}</div>
      ))}
      {customerIds?.map((id) => (
        <div key={id}>{names.record("customer", id)}</div>
      ))}
    </>
  );
};

const Checklist = ({ items }: { items: unknown[] }) => (
  <>
    {items.map((item) => {
      const said =
        typeof item === "object" && item !== null && "text" in item ? text(item.text) : "";
      return <div key={said}>{said}</div>;
    })}
  </>
);
