import { Button, Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { homeOf } from "#shared/access/layers.ts";
import { useViewer } from "../../../../data/session.ts";
import { useChecks } from "../../../../data/use-checks.ts";
import { useIntent } from "../../../../data/use-intent.ts";
import type { Member, OwnRole } from "../../../../data/use-people.ts";
import { Section } from "../../../../ui/section.tsx";
import classes from "../../detail.module.css";
import { LockReason } from "../../read-only.tsx";
import { Sight } from "../../sight.tsx";
import { useAccessWords } from "../../words.ts";
import { useSightOf } from "./use-sight-of.ts";

/** "What would they see?": now, and with another role, before it is given. */
export const SightSection = ({ member, roles }: { member: Member; roles: readonly OwnRole[] }) => {
  const { t } = useTranslation("account");
  const words = useAccessWords();
  const app = homeOf(useViewer());
  const held = member.access.roles[app] ?? null;
  const [wanted, setWanted] = useState<string | null>(null);
  const other = wanted === held ? null : wanted;
  const { now, would } = useSightOf(
    member,
    roles,
    other === null ? null : { roles: { ...member.access.roles, [app]: other } },
  );
  return (
    <Section title={t("sight.title", { name: member.name })}>
      <div className={classes.row}>
        <span className={classes.quiet}>{t("sight.with")}</span>
        <Select
          size="xs"
          aria-label={t("sight.withRole", { app: words.app(app) })}
          placeholder={t("sight.asNow")}
          clearable
          data={roles
            .filter((role) => role.apps.includes(app))
            .map(({ id, name }) => ({
              value: id,
              label: id === held ? t("sight.heldNow", { name }) : name,
            }))}
          value={wanted}
          onChange={setWanted}
        />
      </div>
      <Sight now={now} would={would} />
      {other !== null && (
        <Give
          key={other}
          member={member}
          roleId={other}
          name={roles.find(({ id }) => id === other)?.name ?? ""}
          onDone={() => setWanted(null)}
        />
      )}
    </Section>
  );
};

/** Gives the role that is considered, or says why not. */
const Give = ({
  member,
  roleId,
  name,
  onDone,
}: {
  member: Member;
  roleId: string;
  name: string;
  onDone: () => void;
}) => {
  const { t } = useTranslation("account");
  const app = homeOf(useViewer());
  const { make, busy } = useIntent();
  const payload = { app, roleId };
  const { give } = useChecks(
    { give: { type: "person.change-role", targetId: member.id, payload } },
    member,
  );
  return (
    <>
      <LockReason failure={give} />
      {give === null && (
        <div className={classes.buttons}>
          <Button
            size="compact-sm"
            loading={busy}
            onClick={() =>
              void make("person.change-role", member.id, payload).then(
                (done) => done.ok && onDone(),
              )
            }
          >
            {t("sight.give", { role: name, name: member.name })}
          </Button>
        </div>
      )}
    </>
  );
};
