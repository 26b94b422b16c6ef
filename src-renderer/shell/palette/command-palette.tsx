import { useDebouncedValue } from "@mantine/hooks";
import { Spotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Found } from "./found.tsx";
import classes from "./palette.module.css";
import { type Command, useCommands } from "./use-commands.ts";

const matches = (command: Command, query: string): boolean =>
  query
    .split(/\s+/)
    .every((word) => `${command.label} ${command.app ?? ""}`.toLowerCase().includes(word));

/** Everything by name: pages, settings, and work and devices by search. */
export const CommandPalette = ({
  onHelp,
  onSignOut,
}: {
  onHelp: () => void;
  onSignOut: () => void;
}) => {
  const { t } = useTranslation("shell");
  const [query, setQuery] = useState("");
  const [asked] = useDebouncedValue(query.trim().toLowerCase(), 140);
  const { pages, commands } = useCommands({ onHelp, onSignOut });
  const wanted = query.trim().toLowerCase();
  const shownPages = pages.filter((page) => matches(page, wanted));
  const shownCommands = commands.filter((command) => matches(command, wanted));

  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      centered={false}
      scrollable
      maxHeight={440}
      size={600}
      clearQueryOnClose
      overlayProps={{ backgroundOpacity: 0.3, blur: 1 }}
      classNames={{ actionsGroup: classes.group }}
    >
      <Spotlight.Search
        placeholder={t("palette.placeholder")}
        aria-label={t("palette.label")}
        leftSection={<IconSearch size={18} stroke={1.7} />}
      />
      <Spotlight.ActionsList>
        <Group label={t("palette.pages")} commands={shownPages} />
        {asked.length >= 2 && wanted !== "" && (
          <Found query={asked} alone={shownPages.length + shownCommands.length === 0} />
        )}
        <Group label={t("palette.commands")} commands={shownCommands} />
        {wanted === "" && <p className={classes.hint}>{t("palette.hint")}</p>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
};

const Group = ({ label, commands }: { label: string; commands: Command[] }) =>
  commands.length === 0 ? null : (
    <Spotlight.ActionsGroup label={label}>
      {commands.map(({ id, label: name, icon: Glyph, app, run }) => (
        <Spotlight.Action
          key={id}
          label={name}
          leftSection={<Glyph size={17} stroke={1.6} />}
          rightSection={app !== undefined && <span className={classes.app}>{app}</span>}
          onClick={run}
        />
      ))}
    </Spotlight.ActionsGroup>
  );
