import { Checkbox, NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { DateTime } from "luxon";
import { useTranslation } from "react-i18next";
import type { Facets } from "#shared/ipc/views.ts";
import type { Field } from "../../../ui/desk/fields.ts";

interface MendProps {
  label: string;
  field: Field;
  value: unknown;
  people: Facets["people"];
  error: string | null;
  onChange: (value: unknown) => void;
}

const local = (value: unknown): string =>
  typeof value === "string" ? DateTime.fromISO(value).toFormat("yyyy-MM-dd'T'HH:mm") : "";

const instant = (value: string): string | null => {
  const at = DateTime.fromISO(value);
  return at.isValid ? at.toUTC().toISO() : null;
};

/** The control for one field of a refused change. */
export const Mend = ({ label, field, value, people, error, onChange }: MendProps) => {
  const { t } = useTranslation(["desk", "common"]);
  const said = typeof value === "string" ? value : "";
  const common = { label, error };
  switch (field.is) {
    case "text":
      return field.long ? (
        <Textarea
          {...common}
          rows={4}
          resize="vertical"
          value={said}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <TextInput
          {...common}
          value={said}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "priority":
      return (
        <Select
          {...common}
          allowDeselect={false}
          value={String(value)}
          onChange={(next) => onChange(Number(next))}
          data={([1, 2, 3, 4] as const).map((n) => ({
            value: String(n),
            label: t(`common:priority.${n}`),
          }))}
        />
      );
    case "outcome":
      return (
        <Select
          {...common}
          allowDeselect={false}
          value={said}
          onChange={onChange}
          data={(["done", "follow-up-needed", "not-possible"] as const).map((outcome) => ({
            value: outcome,
            label: t(`outcome.${outcome}`),
          }))}
        />
      );
    case "person":
      return (
        <Select
          {...common}
          searchable
          value={said}
          onChange={onChange}
          data={people.map(({ id, name }) => ({ value: id, label: name }))}
        />
      );
    case "minutes":
      return (
        <NumberInput
          {...common}
          min={0}
          allowDecimal={false}
          value={typeof value === "number" ? value : ""}
          onChange={(next) => onChange(typeof next === "number" ? next : null)}
        />
      );
    case "instant":
      return (
        <TextInput
          {...common}
          type="datetime-local"
          value={local(value)}
          onChange={(event) => onChange(instant(event.currentTarget.value))}
        />
      );
    case "yes-no":
      return (
        <Checkbox
          {...common}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    default:
      return null;
  }
};
