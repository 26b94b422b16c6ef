import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type App, apps as allApps } from "#shared/access/apps.ts";
import { personStates } from "#shared/domain/person/person.ts";
import type { OwnRole } from "../../../../data/use-people.ts";
import { FilterPopover } from "../../../../ui/filter-popover.tsx";
import page from "../../../../ui/page.module.css";
import { SearchBox } from "../../../../ui/search-box.tsx";
import { useAccessWords } from "../../words.ts";
import { everyone, narrowsAsk, type UserAsk } from "../user-search.ts";

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
  return (
    <search className={page.bar} aria-label={t("users.search")}>
      <SearchBox
        label={t("users.search")}
        placeholder={t("users.searchHint")}
        value={ask.search}
        onChange={(search) => onChange({ ...ask, search })}
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
