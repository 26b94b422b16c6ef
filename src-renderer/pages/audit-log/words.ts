import { useTranslation } from "react-i18next";
import { refOf } from "#shared/domain/common.ts";
import { type Kind, kinds } from "#shared/domain/intent.ts";
import { useActWords } from "../../ui/act-words.ts";
import { isFieldName } from "../../ui/desk/fields.ts";

/** Says an act as a log says it: "Ticket raised" where it was applied, "Raise a ticket" where not. */
export const useLogActWords = (): ((type: string, applied: boolean) => string) => {
  const done = useActWords("done");
  const meant = useActWords("meant");
  return (type, applied) => (applied ? done : meant)(type);
};

/** Where the names of a field's parts stand, where they are no fields themselves. */
const partNames: Record<string, string> = { levels: "shell:nav", roles: "shell:app" };

/**
 * Says the name of a field, or of a part of one: "Permissions · Workload". What somebody has access
 * to is said without saying so; a name that this version does not know, as it is.
 */
export const useLogFieldWords = (): ((name: string) => string) => {
  const { i18n } = useTranslation("portal");
  const say = (part: string, whole: string | undefined) => {
    const names = partNames[whole ?? ""] ?? (isFieldName(part) ? "desk:field" : "portal:field");
    const key = `${names}.${part}`;
    return i18n.exists(key) ? String(i18n.t(key as "common:loading")) : part;
  };
  return (name) => {
    const parts = name.replace(/^access\./, "").split(".");
    return parts.map((part, n) => say(part, parts[n - 1])).join(" · ");
  };
};

/** Values that are words of ours, by the field or the whole they are of, and where those stand. */
const valueNames: Record<string, (value: string) => string> = {
  level: (value) => `account:level.${value}`,
  levels: (value) => `account:level.${value}`,
  template: (value) => `account:template.${value}.name`,
  app: (value) => `shell:app.${value}`,
  apps: (value) => `shell:app.${value}`,
  item: (value) => `shell:nav.${value}`,
  "access.status": (value) => `account:status.${value}`,
};

/** Says a value that is one of our own words; null of any other. */
export const useLogValueWords = (): ((name: string, value: string) => string | null) => {
  const { i18n } = useTranslation("portal");
  return (name, value) => {
    const key = (valueNames[name] ?? valueNames[name.split(".")[0] ?? ""])?.(value);
    return key !== undefined && i18n.exists(key) ? String(i18n.t(key as "common:loading")) : null;
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
