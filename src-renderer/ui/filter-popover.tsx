import { Button, Combobox, Group, Text, useCombobox } from "@mantine/core";
import { IconCheck, IconChevronDown } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./filter-popover.module.css";

/** One thing a filter can be narrowed to. */
export interface Choice {
  value: string;
  label: string;
  mark?: ReactNode;
}

const many = 8;

/**
 * A compact filter: its name and how many are chosen, a list to choose from behind it. A `single`
 * one has one choice at most, and says it.
 */
export const FilterPopover = ({
  label,
  choices,
  value,
  single = false,
  onChange,
}: {
  label: string;
  choices: readonly Choice[];
  value: readonly string[];
  single?: boolean;
  onChange: (value: string[]) => void;
}) => {
  const { t } = useTranslation("common");
  const [find, setFind] = useState("");
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setFind("");
    },
    onDropdownOpen: () => choices.length > many && combobox.focusSearchInput(),
  });
  const wanted = find.trim().toLowerCase();
  const shown = choices.filter((choice) => choice.label.toLowerCase().includes(wanted));
  const toggle = (one: string) => {
    const others = single ? [] : value.filter((v) => v !== one);
    onChange(value.includes(one) ? others : [...others, one]);
    if (single) combobox.closeDropdown();
  };
  const only = single ? choices.find((choice) => value.includes(choice.value))?.label : undefined;
  const about =
    only === undefined
      ? t("filter.chosen", { name: label, count: value.length })
      : `${label}: ${only}`;

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={toggle}
      width={260}
      position="bottom-start"
      shadow="md"
    >
      <Combobox.Target targetType="button">
        <Button
          size="compact-sm"
          variant={value.length > 0 ? "light" : "default"}
          className={classes.button}
          onClick={() => combobox.toggleDropdown()}
          aria-label={value.length > 0 ? about : label}
          rightSection={
            value.length > 0 && !single ? (
              <span className={classes.count}>{value.length}</span>
            ) : (
              <IconChevronDown size={14} stroke={1.8} aria-hidden="true" />
            )
          }
        >
          {only ?? label}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        {choices.length > many && (
          <Combobox.Search
            value={find}
            onChange={(event) => setFind(event.currentTarget.value)}
            placeholder={t("filter.find")}
            aria-label={t("filter.find")}
          />
        )}
        <Combobox.Options className={classes.options}>
          {shown.length === 0 && <Combobox.Empty>{t("filter.none")}</Combobox.Empty>}
          {shown.map((choice) => (
            <Combobox.Option
              key={choice.value}
              value={choice.value}
              active={value.includes(choice.value)}
              aria-selected={value.includes(choice.value)}
            >
              <Group gap={8} wrap="nowrap">
                <span className={classes.check}>
                  {value.includes(choice.value) && <IconCheck size={14} aria-hidden="true" />}
                </span>
                {choice.mark}
                <Text size="sm" truncate>
                  {choice.label}
                </Text>
              </Group>
            </Combobox.Option>
          ))}
        </Combobox.Options>
        {value.length > 0 && (
          <Combobox.Footer className={classes.footer}>
            <Button size="compact-xs" variant="subtle" onClick={() => onChange([])}>
              {t("filter.clear")}
            </Button>
          </Combobox.Footer>
        )}
      </Combobox.Dropdown>
    </Combobox>
  );
};
