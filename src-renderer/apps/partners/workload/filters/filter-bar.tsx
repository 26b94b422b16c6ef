import { Button, CloseButton, Pill, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { type RefObject, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { anyWork, type Facets, WorkFilter, WorkKind } from "#shared/ipc/views.ts";
import { KindIcon } from "../../../../ui/badges.tsx";
import { FilterPopover } from "../../../../ui/filter-popover.tsx";
import { KeyHint } from "../../../../ui/key-hint.tsx";
import { narrowings } from "../work-search.ts";
import classes from "./filter-bar.module.css";
import { possible, statusChoices } from "./status-choices.ts";

/** Narrows the queue: a search, six filters, and one way to take them all away. */
export const FilterBar = ({
  filter,
  facets,
  onChange,
  searchRef,
  onLeave,
}: {
  filter: WorkFilter;
  facets: Facets | null;
  onChange: (filter: WorkFilter) => void;
  searchRef: RefObject<HTMLInputElement | null>;
  /** Called when someone leaves the search for the list. */
  onLeave: () => void;
}) => {
  const { t } = useTranslation("work");
  const { t: common } = useTranslation("common");
  const set = (change: Partial<WorkFilter>) => onChange(possible({ ...filter, ...change }));
  const people = facets?.people ?? [];
  return (
    <search className={classes.bar} aria-label={t("search.label")}>
      <SearchBox
        value={filter.search}
        onChange={(search) => set({ search })}
        inputRef={searchRef}
        onLeave={onLeave}
      />
      <FilterPopover
        label={t("filter.customers")}
        choices={(facets?.customers ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={filter.customers}
        onChange={(customers) => set({ customers })}
      />
      <FilterPopover
        label={t("filter.regions")}
        choices={(facets?.regions ?? []).map((region) => ({ value: region, label: region }))}
        value={filter.regions}
        onChange={(regions) => set({ regions })}
      />
      <FilterPopover
        label={t("filter.kinds")}
        choices={WorkKind.options.map((kind) => ({
          value: kind,
          label: t(`kinds.${kind}`),
          mark: <KindIcon kind={kind} size={15} />,
        }))}
        value={filter.kinds}
        onChange={(kinds) => set({ kinds: WorkKind.array().parse(kinds) })}
      />
      <FilterPopover
        label={t("filter.statuses")}
        choices={statusChoices(filter).map(({ kind, status }) => ({
          value: status,
          label: common(`status.${kind}.${status}` as "status.ticket.new"),
          mark: <KindIcon kind={kind} size={15} />,
        }))}
        value={filter.statuses}
        onChange={(statuses) => set({ statuses })}
      />
      <FilterPopover
        label={t("filter.assignees")}
        choices={[
          { value: "me", label: t("filter.me") },
          { value: "nobody", label: t("filter.nobody") },
          ...people.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={filter.assignees}
        onChange={(assignees) => set({ assignees })}
      />
      {filter.state === "open" && (
        <FilterPopover
          single
          label={t("filter.due")}
          choices={(["overdue", "soon"] as const).map((due) => ({
            value: due,
            label: t(`due.${due}`),
          }))}
          value={filter.due === "any" ? [] : [filter.due]}
          onChange={([due]) => set({ due: WorkFilter.shape.due.catch("any").parse(due) })}
        />
      )}
      {filter.deviceId !== null && (
        <Pill withRemoveButton onRemove={() => set({ deviceId: null })} className={classes.pill}>
          {t("filter.device")}
        </Pill>
      )}
      {narrowings(filter) > 0 && (
        <Button
          size="compact-sm"
          variant="subtle"
          className={classes.clear}
          onClick={() => onChange({ ...anyWork, state: filter.state })}
        >
          {common("filter.clearAll")}
        </Button>
      )}
    </search>
  );
};

/** The search box: asks shortly after the last key, gives the list back with Escape or Enter. */
const SearchBox = ({
  value,
  onChange,
  inputRef,
  onLeave,
}: {
  value: string;
  onChange: (value: string) => void;
  inputRef: RefObject<HTMLInputElement | null>;
  onLeave: () => void;
}) => {
  const { t } = useTranslation("work");
  const { t: common } = useTranslation("common");
  const [text, setText] = useState(value);
  const ask = useDebouncedCallback(onChange, 150);
  useEffect(() => setText(value), [value]);
  const type = (next: string) => {
    setText(next);
    ask(next.trim());
  };
  return (
    <TextInput
      ref={inputRef}
      size="xs"
      className={classes.search}
      type="search"
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
      onKeyDown={(event) => {
        if (event.key !== "Escape" && event.key !== "Enter") return;
        event.preventDefault();
        onLeave();
      }}
    />
  );
};
