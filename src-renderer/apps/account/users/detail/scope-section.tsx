import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { everywhere, narrowed, narrows, type Scope } from "#shared/access/scope.ts";
import type { Failure } from "#shared/failure.ts";
import { useViewer } from "../../../../data/session.ts";
import { useChecks } from "../../../../data/use-checks.ts";
import { useIntent } from "../../../../data/use-intent.ts";
import type { Member, OwnRole } from "../../../../data/use-people.ts";
import { FailureNotice } from "../../../../ui/failure-notice.tsx";
import { Section } from "../../../../ui/section.tsx";
import classes from "../../detail.module.css";
import { LockReason, useMayNot } from "../../read-only.tsx";
import { ScopeForm, sameScope } from "../../scope-form.tsx";
import { Sight } from "../../sight.tsx";
import { useAccessWords } from "../../words.ts";
import { homeRole, roleScope } from "./held-scope.ts";
import scoped from "./scope-section.module.css";
import { useSightOf } from "./use-sight-of.ts";

/** Where someone's permissions apply: what the role gives, narrowed for this person alone (FED-10). */
export const ScopeSection = ({ member, roles }: { member: Member; roles: readonly OwnRole[] }) => {
  const { t } = useTranslation("account");
  const viewer = useViewer();
  const words = useAccessWords();
  const [editing, setEditing] = useState(false);
  const mayNot = useMayNot("users");
  const given = roleScope(viewer, member, roles);
  const role = homeRole(viewer, member, roles);
  const override = member.access.scope;
  const { edit: refused } = useChecks(
    { edit: { type: "person.set-scope", targetId: member.id, payload: { scope: null } } },
    member,
  );
  // What locks all of the person is said above.
  const ownReason = refused?.layer === "permission" && mayNot === null;
  return (
    <Section
      title={t("user.scope")}
      aside={
        !editing &&
        refused === null && (
          <Button size="compact-xs" variant="subtle" onClick={() => setEditing(true)}>
            {t(override === null ? "user.narrow" : "user.changeScope")}
          </Button>
        )
      }
    >
      <dl className={scoped.steps}>
        <div>
          <dt>
            {role === undefined ? t("user.noHomeRole") : t("user.roleGives", { name: role.name })}
          </dt>
          <dd>{words.scope(given)}</dd>
        </div>
        {override !== null && !editing && (
          <div>
            <dt>{t("user.narrowedTo")}</dt>
            <dd data-result>{words.scope(narrowed(given, override))}</dd>
          </div>
        )}
      </dl>
      {ownReason && <LockReason failure={refused} />}
      {editing && (
        <Edit member={member} roles={roles} given={given} onClose={() => setEditing(false)} />
      )}
    </Section>
  );
};

const Edit = ({
  member,
  roles,
  given,
  onClose,
}: {
  member: Member;
  roles: readonly OwnRole[];
  given: Scope;
  onClose: () => void;
}) => {
  const { t } = useTranslation(["account", "common"]);
  const words = useAccessWords();
  const { make, busy } = useIntent();
  const [draft, setDraft] = useState(member.access.scope ?? everywhere);
  const [failure, setFailure] = useState<Failure | null>(null);
  // An override that narrows nothing is none.
  const scope = narrows(draft) ? draft : null;
  const unchanged = sameScope(scope, member.access.scope);
  const { now, would } = useSightOf(member, roles, unchanged ? null : { scope });
  const save = async () => {
    const done = await make("person.set-scope", member.id, { scope }, { quiet: true });
    if (done.ok) onClose();
    else setFailure(done.error);
  };
  return (
    <div className={scoped.edit}>
      <ScopeForm value={draft} within={given} onChange={setDraft} />
      <p className={scoped.result}>
        <span>{t("user.wouldSee")}</span> {words.scope(narrowed(given, scope))}
      </p>
      <Sight now={now} would={would} />
      {failure !== null && <FailureNotice failure={failure} />}
      <div className={classes.buttons}>
        <Button variant="default" onClick={onClose}>
          {t("common:actions.cancel")}
        </Button>
        <Button loading={busy} disabled={unchanged} onClick={() => void save()}>
          {t(scope === null ? "user.takeAway" : "user.saveScope")}
        </Button>
      </div>
    </div>
  );
};
