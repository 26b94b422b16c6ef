import { Button, CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback, useHotkeys } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type App, apps as allApps } from "#shared/access/apps.ts";
import { personStates } from "#shared/domain/person/person.ts";
import type { OwnRole } from "../../../../data/use-people.ts";
import { FilterPopover } from "../../../../ui/filter-popover.tsx";
import { KeyHint } from "../../../../ui/key-hint.tsx";
import { useAccessWords } from "../../words.ts";
import { everyone, narrowsAsk, type UserAsk } from "../user-search.ts";
import classes from "../users.module.css";

/** Narrows the list of users: a search, and by status, app and role. */
export const UserFilters = ({
  ask,
  roles,
  apps,
  onChange,
}: {
  ask: UserAsk;
  roles: readonly OwnRole[];
  apps: readonly App[];
  onChange: (ask: UserAsk) => void;
}) => {
  const { t } = useTranslation(["account", "common"]);
  const words = useAccessWords();
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
    <search className={classes.bar} aria-label={t("users.search")}>
      <TextInput
        ref={input}
        size="xs"
        type="search"
        className={classes.search}
        maxLength={200}
        value={text}
        aria-label={t("users.search")}
        placeholder={t("users.searchHint")}
        leftSection={<IconSearch size={15} stroke={1.8} aria-hidden="true" />}
        rightSection={
          text === "" ? (
            <KeyHint keys="/" />
          ) : (
            <CloseButton
              size="xs"
              aria-label={t("common:actions.clear")}
              onClick={() => type("")}
            />
          )
        }
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
      />
      <FilterPopover
        label={t("users.status")}
        choices={personStates.map((value) => ({ value, label: t(`status.${value}`) }))}
        value={ask.statuses}
        onChange={(chosen) =>
          onChange({ ...ask, statuses: personStates.filter((one) => chosen.includes(one)) })
        }
      />
      <FilterPopover
        label={t("users.app")}
        choices={apps.map((value) => ({ value, label: words.app(value) }))}
        value={ask.apps}
        onChange={(chosen) =>
          onChange({ ...ask, apps: allApps.filter((one) => chosen.includes(one)) })
        }
      />
      <FilterPopover
        label={t("users.role")}
        choices={roles.map(({ id, name }) => ({ value: id, label: name }))}
        value={ask.roles}
        onChange={(chosen) => onChange({ ...ask, roles: chosen })}
      />
      {narrowsAsk(ask) && (
        <Button size="compact-sm" variant="subtle" onClick={() => onChange(everyone)}>
          {t("common:filter.clearAll")}
        </Button>
      )}
    </search>
  );
};
