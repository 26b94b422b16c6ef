import { useTranslation } from "react-i18next";
import { refOf } from "#shared/domain/common.ts";
import { type Kind, kinds } from "#shared/domain/intent.ts";
import { isFieldName } from "../../ui/desk/fields.ts";
import { useIntentWords } from "../../ui/desk/words.ts";

/**
 * Says an act as a log says it: "Ticket raised" where it was applied, "Raise a ticket" where it was
 * refused; a type this version does not know, as it is.
 */
export const useActWords = (): ((type: string, applied: boolean) => string) => {
  const { i18n } = useTranslation("portal");
  const meant = useIntentWords();
  return (type, applied) => {
    if (!applied && meant(type) !== type) return meant(type);
    const key = `portal:act.${type.replace(".", "-")}`;
    return i18n.exists(key) ? String(i18n.t(key as "common:loading")) : type;
  };
};

/** Says the name of a field; one that this version does not know, as it is. */
export const useLogFieldWords = (): ((name: string) => string) => {
  const { i18n } = useTranslation("portal");
  return (name) => {
    const key = isFieldName(name) ? `desk:field.${name}` : `portal:field.${name}`;
    return i18n.exists(key) ? String(i18n.t(key as "common:loading")) : name;
  };
};

/** What a line is about: its kind and id, as far as they are told. */
export interface Target {
  kind: Kind;
  id: string;
  /** The number people know it by; null for what has none. */
  ref: string | null;
}

const prefixes: Partial<Record<Kind, "T" | "A" | "V">> = { ticket: "T", alarm: "A", visit: "V" };

/** Reads the target of an intent as a line tells it; null where there is none. */
export const targetOf = (target: unknown): Target | null => {
  if (typeof target !== "object" || target === null) return null;
  const { kind: said, id } = target as { kind?: unknown; id?: unknown };
  const kind = kinds.find((one) => one === said);
  if (kind === undefined || typeof id !== "string" || id === "") return null;
  const prefix = prefixes[kind];
  return { kind, id, ref: prefix === undefined ? null : refOf(prefix, id) };
};
