import { useTranslation } from "react-i18next";
import type { IntentType } from "#shared/domain/registry.ts";
import { isFieldName } from "./fields.ts";

type Split<T extends string> = T extends `${infer Entity}.${infer Act}` ? [Entity, Act] : never;
type Act<E extends string> = Extract<Split<IntentType>, [E, string]>[1];

/** The key of an intent's words: `intent.visit.complete`. */
type IntentKey =
  | `intent.ticket.${Act<"ticket">}`
  | `intent.alarm.${Act<"alarm">}`
  | `intent.visit.${Act<"visit">}`
  | `intent.person.${Act<"person">}`
  | `intent.role.${Act<"role">}`
  | `intent.grant.${Act<"grant">}`;

/** Says an intent's type in words; a type this version does not know, as it is. */
export const useIntentWords = (): ((type: string) => string) => {
  const { t, i18n } = useTranslation("desk");
  return (type) => (i18n.exists(`desk:intent.${type}`) ? t(`intent.${type}` as IntentKey) : type);
};

/** Says a field's name in words; one that this version does not know, as it is. */
export const useFieldWords = (): ((name: string) => string) => {
  const { t } = useTranslation("desk");
  return (name) => (isFieldName(name) ? t(`field.${name}`) : name);
};
