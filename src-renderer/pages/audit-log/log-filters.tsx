import { Button, TextInput } from "@mantine/core";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Line } from "#shared/audit/line.ts";
import { type Choice, FilterPopover } from "../../ui/filter-popover.tsx";
import page from "../../ui/page.module.css";
import { SearchBox } from "../../ui/search-box.tsx";
import classes from "./log-filters.module.css";
import {
  actKinds,
  type LogSearch,
  narrowsLog,
  type Period,
  readLogSearch,
  wholeLog,
} from "./log-search.ts";

const stretches: (Period | "days")[] = ["day", "week", "month", "year", "days"];

/** Whoever acted in the lines that were read, by name; kept while a filter hides their lines. */
const useActors = (lines: readonly Line[]): Choice[] => {
  const known = useRef(new Map<string, string>());
  for (const { entry } of lines) {
    const { accountId, name, tenantName } = entry.actor;
    if (accountId !== "") known.current.set(accountId, `${name} · ${tenantName}`);
  }
  return [...known.current]
    .map(([value, label]) => ({ value, label }))
    .sort((a, b) => a.label.localeCompare(b.label));
};

const one = (value: string | null): string[] => (value === null ? [] : [value]);

/** Narrows the log: a text, who acted, what kind of act, how it ended, and when. */
export const LogFilters = ({
  search,
  lines,
  onChange,
}: {
  search: LogSearch;
  lines: readonly Line[];
  onChange: (search: LogSearch) => void;
}) => {
  const { t } = useTranslation("portal");
  const { t: common } = useTranslation("common");
  const actors = useActors(lines);
  // An address may say anything: it is read once more before it is kept.
  const set = (change: Record<string, unknown>) =>
    onChange(readLogSearch({ ...search, ...change }));
  return (
    <search className={page.bar} aria-label={t("log.searchLabel")}>
      <SearchBox
        label={t("log.searchLabel")}
        placeholder={t("log.searchHint")}
        value={search.q}
        onChange={(q) => set({ q })}
      />
      <FilterPopover
        label={t("log.by")}
        single
        choices={actors}
        value={one(search.by)}
        onChange={([by = null]) => set({ by })}
      />
      <FilterPopover
        label={t("log.act")}
        single
        choices={actKinds.map((value) => ({
          value,
          label: t(`actKind.${value.slice(0, -1) as "ticket"}`),
        }))}
        value={one(search.act)}
        onChange={([act = null]) => set({ act })}
      />
      <FilterPopover
        label={t("log.outcome")}
        single
        choices={(["applied", "refused"] as const).map((value) => ({
          value,
          label: t(`outcome.${value}`),
        }))}
        value={one(search.outcome)}
        onChange={([outcome = null]) => set({ outcome })}
      />
      <FilterPopover
        label={t("log.period")}
        single
        choices={stretches.map((value) => ({ value, label: t(`period.${value}`) }))}
        value={one(search.period)}
        onChange={([period = null]) => set({ period, from: null, to: null })}
      />
      {search.period === "days" && (
        <span className={classes.days}>
          <TextInput
            type="date"
            size="xs"
            aria-label={t("period.from")}
            value={search.from ?? ""}
            onChange={(event) => set({ from: event.currentTarget.value })}
          />
          –
          <TextInput
            type="date"
            size="xs"
            aria-label={t("period.to")}
            value={search.to ?? ""}
            onChange={(event) => set({ to: event.currentTarget.value })}
          />
        </span>
      )}
      {narrowsLog(search) && (
        <Button size="compact-sm" variant="subtle" onClick={() => onChange(wholeLog(search))}>
          {common("filter.clearAll")}
        </Button>
      )}
    </search>
  );
};
