import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import {
  type HeldDevice,
  type Holdings,
  partnerName,
  partnersNamed,
} from "../../../data/holdings.ts";
import { type Choice, FilterPopover } from "../../../ui/filter-popover.tsx";
import page from "../../../ui/page.module.css";
import { SearchBox } from "../../../ui/search-box.tsx";
import { allDevices, type DeviceAsk, narrows } from "./device-ask.ts";

const choices = (values: readonly string[]): Choice[] =>
  [...new Set(values)].sort().map((value) => ({ value, label: value }));

/** Narrows the list of devices: a search, region, site, and who covers or sees them. */
export const DeviceFilters = ({
  ask,
  devices,
  holdings,
  onChange,
}: {
  ask: DeviceAsk;
  devices: readonly HeldDevice[];
  holdings: Holdings | null;
  onChange: (ask: DeviceAsk) => void;
}) => {
  const { t } = useTranslation("portal");
  const { t: common } = useTranslation("common");
  const inRegions = devices.filter(
    ({ device }) => ask.region.length === 0 || ask.region.includes(device.region),
  );
  const partners = holdings === null ? [] : partnersNamed(holdings);
  return (
    <search className={page.bar} aria-label={t("devices.searchLabel")}>
      <SearchBox
        label={t("devices.searchLabel")}
        placeholder={t("devices.searchHint")}
        value={ask.q}
        onChange={(q) => onChange({ ...ask, q })}
      />
      <FilterPopover
        label={t("devices.region")}
        choices={choices(devices.map(({ device }) => device.region))}
        value={ask.region}
        onChange={(region) => onChange({ ...ask, region })}
      />
      <FilterPopover
        label={t("devices.site")}
        choices={choices(inRegions.map(({ device }) => device.siteName))}
        value={ask.site}
        onChange={(site) => onChange({ ...ask, site })}
      />
      <FilterPopover
        label={t("devices.partner")}
        choices={[
          { value: "nobody", label: t("devices.nobody") },
          ...partners
            .map((id) => ({
              value: id,
              label: (holdings && partnerName(holdings, id)) ?? t("unknownPartner"),
            }))
            .sort((a, b) => a.label.localeCompare(b.label)),
        ]}
        value={ask.partner}
        onChange={(partner) => onChange({ ...ask, partner })}
      />
      {narrows(ask) && (
        <Button size="compact-sm" variant="subtle" onClick={() => onChange(allDevices)}>
          {common("filter.clearAll")}
        </Button>
      )}
    </search>
  );
};
