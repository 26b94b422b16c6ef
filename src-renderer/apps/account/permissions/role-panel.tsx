import { Button, CloseButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { homeOf } from "#shared/access/layers.ts";
import { everywhere } from "#shared/access/scope.ts";
import { isFixed } from "#shared/domain/role/role.ts";
import type { Failure } from "#shared/failure.ts";
import { useViewer } from "../../../data/session.ts";
import { useIntent } from "../../../data/use-intent.ts";
import { holdersOf, type Organisation, type OwnRole } from "../../../data/use-people.ts";
import detail from "../../../ui/detail.module.css";
import { FailureNotice } from "../../../ui/failure-notice.tsx";
import { Section } from "../../../ui/section.tsx";
import classes from "../detail.module.css";
import { LockReason, useMayNot } from "../read-only.tsx";
import { ScopeForm, sameScope } from "../scope-form.tsx";
import { WaitingChanges } from "../waiting-changes.tsx";
import { useAccessWords } from "../words.ts";
import { WithRole } from "./with-role.tsx";

/** Where a role's permissions apply, and what somebody would see with it. */
export const RolePanel = ({
  role,
  organisation,
  lock,
  onClose,
}: {
  role: OwnRole;
  organisation: Organisation;
  /** Why it cannot be changed, or null. */
  lock: Failure | null;
  onClose: () => void;
}) => {
  const { t } = useTranslation("account");
  const viewer = useViewer();
  const home = homeOf(viewer);
  const mayNot = useMayNot("permissions");
  const holders = holdersOf(role.id, organisation.people);
  return (
    <article className={detail.detail}>
      <header className={detail.head}>
        <div className={detail.what}>
          <h2 className={classes.title}>{role.name}</h2>
          <div className={classes.sub}>
            <span>
              {isFixed(role)
                ? t("template.owner.about")
                : t("roles.from", { template: t(`template.${role.template}.name`) })}
            </span>
            <span title={holders.map(({ name }) => name).join(", ")}>
              {t("roles.held", { count: holders.length })}
            </span>
          </div>
        </div>
        <CloseButton aria-label={t("permissions.close")} onClick={onClose} />
      </header>
      {mayNot === null && <LockReason failure={lock} />}
      <WaitingChanges pending={role.pending} />
      {home !== "pipeline" && role.apps.includes(home) && (
        <>
          <Where role={role} lock={lock} />
          <WithRole role={role} organisation={organisation} holders={holders} />
        </>
      )}
    </article>
  );
};

/** The scope of a role: what it narrows, in a sentence, and changed here (FED-10). */
const Where = ({ role, lock }: { role: OwnRole; lock: Failure | null }) => {
  const { t } = useTranslation("account");
  const words = useAccessWords();
  const { make, busy } = useIntent();
  const [draft, setDraft] = useState(role.scope);
  const [failure, setFailure] = useState<Failure | null>(null);
  const changed = !sameScope(draft, role.scope);
  const save = async () => {
    setFailure(null);
    const done = await make("role.set-scope", role.id, { scope: draft }, { quiet: true });
    if (!done.ok) setFailure(done.error);
  };
  return (
    <Section title={t("permissions.where")}>
      <p className={classes.text}>
        {t("permissions.whereSays")} <strong>{words.scope(draft)}</strong>
      </p>
      {!isFixed(role) && (
        <ScopeForm value={draft} within={everywhere} disabled={lock !== null} onChange={setDraft} />
      )}
      {failure !== null && <FailureNotice failure={failure} />}
      {changed && (
        <div className={classes.buttons}>
          <Button variant="default" onClick={() => setDraft(role.scope)}>
            {t("permissions.undo")}
          </Button>
          <Button loading={busy} onClick={() => void save()}>
            {t("permissions.save")}
          </Button>
        </div>
      )}
    </Section>
  );
};
