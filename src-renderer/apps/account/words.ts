import { useTranslation } from "react-i18next";
import type { App } from "#shared/access/apps.ts";
import type { Item } from "#shared/access/menu.ts";
import type { Scope } from "#shared/access/scope.ts";
import { useFacets } from "../../data/use-facets.ts";

/** Items, apps and scopes in the reader's words. */
export interface AccessWords {
  app: (app: App) => string;
  item: (item: Item) => string;
  /** Names one after the other: "Central, North and South". */
  list: (names: readonly string[]) => string;
  /** What a scope lets its holder see, as a sentence (FED-10). */
  scope: (scope: Scope) => string;
}

/** Words for what roles give and where. */
export const useAccessWords = (): AccessWords => {
  const { t, i18n } = useTranslation("account");
  const { t: shell } = useTranslation("shell");
  const { customers } = useFacets();
  const list = (names: readonly string[]) => new Intl.ListFormat(i18n.language).format(names);
  const named = (id: string) =>
    customers.find((customer) => customer.id === id)?.name ?? t("scope.unknownCustomer");

  return {
    app: (app) => shell(`app.${app}`),
    item: (item) => shell(`nav.${item}`),
    list,
    scope: ({ ownVisits, regions, customerIds }) => {
      if (regions?.length === 0 || customerIds?.length === 0) return t("scope.nothing");
      const parts = [
        ...(ownVisits ? [t("scope.ownVisits")] : []),
        ...(regions === null ? [] : [t("scope.regions", { names: list(regions) })]),
        ...(customerIds === null
          ? []
          : [t("scope.customers", { names: list(customerIds.map(named)) })]),
      ];
      return parts.length === 0 ? t("scope.everything") : parts.join(" · ");
    },
  };
};
