import { Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { homeOf } from "#shared/access/layers.ts";
import { useViewer } from "../../../data/session.ts";
import type { Member, Organisation, OwnRole } from "../../../data/use-people.ts";
import { Section } from "../../../ui/section.tsx";
import classes from "../detail.module.css";
import { Sight, useSight } from "../sight.tsx";

/** What somebody would see with a role, beside what they see with the one they have. */
export const WithRole = ({
  role,
  organisation,
  holders,
}: {
  role: OwnRole;
  organisation: Organisation;
  holders: readonly Member[];
}) => {
  const { t } = useTranslation("account");
  const app = homeOf(useViewer());
  const people = organisation.people.filter(({ access }) => access.status !== "withdrawn");
  const [chosen, setChosen] = useState<string | null>(holders[0]?.id ?? people[0]?.id ?? null);
  const person = people.find(({ id }) => id === chosen);
  const stamp = JSON.stringify([role.levels, role.scope]);
  const has = person && {
    accountId: person.id,
    roles: person.access.roles,
    scope: person.access.scope,
  };
  const holds = person?.access.roles[app] === role.id;
  const now = useSight(has ?? null, stamp);
  const would = useSight(
    has === undefined || holds ? null : { ...has, roles: { ...has.roles, [app]: role.id } },
    stamp,
  );
  return (
    <Section title={t("permissions.wouldSee")}>
      <div className={classes.row}>
        <span className={classes.quiet}>{t("permissions.person")}</span>
        <Select
          size="xs"
          aria-label={t("permissions.person")}
          searchable
          allowDeselect={false}
          data={people.map(({ id, name }) => ({ value: id, label: name }))}
          value={chosen}
          onChange={setChosen}
        />
      </div>
      {has !== undefined && <Sight now={now} would={holds ? null : would} />}
    </Section>
  );
};
