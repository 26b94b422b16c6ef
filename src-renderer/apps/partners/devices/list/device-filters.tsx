import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLive } from "../../../../data/use-live.ts";
import { FilterPopover } from "../../../../ui/filter-popover.tsx";
import page from "../../../../ui/page.module.css";
import { SearchBox } from "../../../../ui/search-box.tsx";
import { type DeviceAsk, narrows } from "../device-search.ts";

/** Narrows the list of devices. */
export const DeviceFilters = ({
  ask,
  onChange,
}: {
  ask: DeviceAsk;
  onChange: (ask: DeviceAsk) => void;
}) => {
  const { t } = useTranslation("devices");
  const { t: common } = useTranslation("common");
  const live = useLive((core, signal) => core.work.facets(undefined, { signal }), []);
  const facets = live.state === "live" ? live.value : null;
  return (
    <search className={page.bar} aria-label={t("search.label")}>
      <SearchBox
        label={t("search.label")}
        placeholder={t("search.placeholder")}
        value={ask.search}
        onChange={(search) => onChange({ ...ask, search })}
      />
      <FilterPopover
        label={t("filter.customers")}
        choices={(facets?.customers ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={ask.customers}
        onChange={(customers) => onChange({ ...ask, customers })}
      />
      <FilterPopover
        label={t("filter.regions")}
        choices={(facets?.regions ?? []).map((region) => ({ value: region, label: region }))}
        value={ask.regions}
        onChange={(regions) => onChange({ ...ask, regions })}
      />
      {narrows(ask) && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => onChange({ search: "", customers: [], regions: [] })}
        >
          {common("filter.clearAll")}
        </Button>
      )}
    </search>
  );
};
