import { IconArrowRight } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Kind } from "#shared/domain/intent.ts";
import { fieldOf, isFieldName } from "../../ui/desk/fields.ts";
import { Value as DeskValue, type Names } from "../../ui/desk/value.tsx";
import { formatExact } from "../../ui/format.ts";
import classes from "./field-table.module.css";
import { NotShown } from "./marks.tsx";
import type { LogField, Side } from "./values.ts";
import { useLogFieldWords, useLogValueWords } from "./words.ts";

/** Fields one under the other: before and after of what changed, or what was said. */
export const FieldTable = ({
  fields,
  kind,
  names,
}: {
  fields: readonly LogField[];
  /** The kind of record they are of; null where the act is on none. */
  kind: Kind | null;
  names: Names;
}) => {
  const { t } = useTranslation("portal");
  const say = useLogFieldWords();
  return (
    <dl className={classes.fields}>
      {fields.map(({ name, before, after }) => (
        <div key={name} className={classes.field}>
          <dt>{say(name)}</dt>
          <dd>
            {before !== null && (before.shown || after.shown) && (
              <>
                <span className={classes.before}>
                  <Shown name={name} kind={kind} side={before} names={names} />
                </span>
                <IconArrowRight
                  size={14}
                  stroke={1.8}
                  role="img"
                  aria-label={t("value.became")}
                  className={classes.arrow}
                />
              </>
            )}
            <span className={classes.after}>
              <Shown name={name} kind={kind} side={after} names={names} />
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
};

const Shown = ({
  name,
  kind,
  side,
  names,
}: {
  name: string;
  kind: Kind | null;
  side: Side;
  names: Names;
}) => {
  const say = useLogValueWords();
  if (!side.shown) return <NotShown />;
  const { value } = side;
  const word = typeof value === "string" ? say(name, value) : null;
  if (word !== null) return word;
  const own = name.slice(name.lastIndexOf(".") + 1);
  const scalar = typeof value !== "object" && value !== undefined && value !== "";
  const said = own === "scope" && value != null;
  return kind !== null && ((scalar && isFieldName(name)) || said) ? (
    <DeskValue field={fieldOf(own)} value={value} kind={kind} names={names} />
  ) : (
    <Value name={name} value={value} names={names} />
  );
};

const isInstant = (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text);

const kindsOfIds = { deviceId: "device", deviceIds: "device", partner: "partner" } as const;

const idKind = (name: string) =>
  name.includes("roles.")
    ? "role"
    : Object.hasOwn(kindsOfIds, name)
      ? kindsOfIds[name as keyof typeof kindsOfIds]
      : null;

const Value = ({ name, value, names }: { name: string; value: unknown; names: Names }) => {
  const { t, i18n } = useTranslation("portal");
  const say = useLogValueWords();
  if (value === null || value === undefined || value === "") {
    return <em>{t("value.nothing")}</em>;
  }
  if (typeof value === "boolean") return t(value ? "value.yes" : "value.no");
  if (typeof value === "number") return value;
  if (typeof value === "string") {
    const kind = idKind(name);
    if (kind !== null) return names.record(kind, value);
    return say(name, value) ?? (isInstant(value) ? formatExact(value, i18n.language) : value);
  }
  if (Array.isArray(value)) return <List name={name} values={value} names={names} />;
  return <code>{JSON.stringify(value, null, 1)}</code>;
};

/** So many of a list are shown until somebody asks for the others. */
const FEW = 6;

const List = ({ name, values, names }: { name: string; values: unknown[]; names: Names }) => {
  const { t } = useTranslation("portal");
  const [all, setAll] = useState(false);
  if (values.length === 0) {
    const everything = ["regions", "sites", "deviceIds"].includes(name);
    return <em>{t(everything ? "value.everything" : "value.nothing")}</em>;
  }
  const shown: ReactNode[] = (all ? values : values.slice(0, FEW)).map((value) => (
    <li key={JSON.stringify(value)}>
      <Value name={name} value={value} names={names} />
    </li>
  ));
  return (
    <ul className={classes.list}>
      {shown}
      {shown.length < values.length && (
        <li>
          <button type="button" className={classes.more} onClick={() => setAll(true)}>
            {t("value.more", { count: values.length - shown.length })}
          </button>
        </li>
      )}
    </ul>
  );
};
