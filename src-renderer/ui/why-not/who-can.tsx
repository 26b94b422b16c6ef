import { useTranslation } from "react-i18next";
import type { Item } from "#shared/access/menu.ts";
import { readsAccess } from "#shared/access/visibility.ts";
import { useViewer } from "../../data/session.ts";
import { useKind } from "../../data/use-kind.ts";
import { holdersOfFull, type Unlock } from "./unlock.ts";

/** Who can unlock it: by name where the viewer may read who may do what, else by what they are. */
export const WhoCan = ({ unlock }: { unlock: Unlock }) => {
  const { t } = useTranslation("common");
  const viewer = useViewer();
  if (unlock.by !== "own") return t(`whyNot.${unlock.by}`);
  return readsAccess(viewer) ? (
    <ByName item={unlock.item} />
  ) : (
    t("whyNot.own", { tenant: viewer.tenant.name })
  );
};

const ByName = ({ item }: { item: Item }) => {
  const { t, i18n } = useTranslation("common");
  const viewer = useViewer();
  const people = useKind("person");
  const roles = useKind("role");
  const dataOf = <T,>(live: { state: string; value?: readonly { data: T }[] }) =>
    (live.value ?? []).map(({ data }) => data);
  const names = holdersOfFull(item, dataOf(people), dataOf(roles), viewer.tenant).filter(
    (name) => name !== viewer.name,
  );
  if (names.length === 0) return t("whyNot.own", { tenant: viewer.tenant.name });
  return new Intl.ListFormat(i18n.language, { type: "disjunction" }).format(names);
};
