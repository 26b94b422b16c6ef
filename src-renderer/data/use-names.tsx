import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Kind } from "#shared/domain/intent.ts";
import type { Names } from "../ui/desk/value.tsx";
import { useLive } from "./use-live.ts";

/** Names for the ids of people and records, as far as they are on this device. */
export const useNames = (): Names => {
  const facets = useLive((core, signal) => core.work.facets(undefined, { signal }), []);
  const people = facets.state === "live" ? facets.value.people : null;
  return useMemo(
    () => ({
      person: (id) => people?.find((one) => one.id === id)?.name ?? null,
      record: (kind, id) => <RecordName kind={kind} id={id} />,
    }),
    [people],
  );
};

const RecordName = ({ kind, id }: { kind: Kind; id: string }) => {
  const { t } = useTranslation("desk");
  const live = useLive((core, signal) => core.records.watch({ kind, id }, { signal }), [kind, id]);
  if (live.state !== "live") return null;
  const { name, title, ref } = live.value?.data ?? {};
  const said = name ?? title;
  if (typeof said !== "string") return <em>{t("value.unknown")}</em>;
  return typeof ref === "string" ? `${ref} · ${said}` : said;
};
