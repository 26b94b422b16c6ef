import { useTranslation } from "react-i18next";
import { type Failure, failureLayers } from "#shared/failure.ts";

/** Parameters that are names of ours, and where the word for each stands. */
const words: Record<string, (value: string) => string[]> = {
  app: (value) => [`failures:words.app.${value}`],
  item: (value) => [`shell:nav.${value}`],
  kind: (value) => [`failures:words.kind.${value}`],
  state: (value) => [`failures:words.state.${value}`],
  allowed: (value) => value.split(", ").map((state) => `failures:words.state.${state}`),
};

/** A failure in the reader's words: what happened, what to do, and the name of the layer. */
export const useFailureText = (
  failure: Failure,
): { what: string; remedy: string; layer: string } => {
  const { t, i18n } = useTranslation("failures");
  const say = (name: string, value: string | number): string | number => {
    const keys = typeof value === "string" ? words[name]?.(value) : undefined;
    if (keys === undefined) return value;
    const said = keys.map((key) =>
      i18n.exists(key)
        ? String(i18n.t(key as "common:loading"))
        : key.slice(key.lastIndexOf(".") + 1),
    );
    return new Intl.ListFormat(i18n.language, { type: "disjunction" }).format(said);
  };
  const params = Object.fromEntries(
    Object.entries(failure.params ?? {}).map(([name, value]) => [name, say(name, value)]),
  );
  const known = Object.hasOwn(failureLayers, failure.code) ? failure.code : "server-failed";
  return {
    what: t(`${known}.what`, params),
    remedy: t(`${known}.remedy`, params),
    layer: t(`layers.${failure.layer}`),
  };
};
