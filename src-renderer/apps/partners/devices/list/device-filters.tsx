import { Button, CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback, useHotkeys } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../../../data/use-live.ts";
import { FilterPopover } from "../../../../ui/filter-popover.tsx";
import { KeyHint } from "../../../../ui/key-hint.tsx";
import { type DeviceAsk, narrows } from "../device-search.ts";
import classes from "../devices.module.css";

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
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(ask.search);
  const search = useDebouncedCallback((next: string) => onChange({ ...ask, search: next }), 150);
  useEffect(() => setText(ask.search), [ask.search]);
  useHotkeys([["Slash", () => input.current?.focus(), { usePhysicalKeys: true }]]);
  const type = (next: string) => {
    setText(next);
    search(next.trim());
  };
  return (
    <search className={classes.bar} aria-label={t("search.label")}>
      <TextInput
        ref={input}
        size="xs"
        type="search"
        className={classes.search}
        maxLength={200}
        value={text}
        aria-label={t("search.label")}
        placeholder={t("search.placeholder")}
        leftSection={<IconSearch size={15} stroke={1.8} aria-hidden="true" />}
        rightSection={
          text === "" ? (
            <KeyHint keys="/" />
          ) : (
            <CloseButton size="xs" aria-label={common("actions.clear")} onClick={() => type("")} />
          )
        }
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
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
