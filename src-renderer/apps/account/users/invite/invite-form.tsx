import { Button, Group, SegmentedControl, Select, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import type { App } from "#shared/access/apps.ts";
import { isFixed } from "#shared/domain/role/role.ts";
import type { Failure } from "#shared/failure.ts";
import { useViewer } from "../../../../data/session.ts";
import type { OwnRole } from "../../../../data/use-people.ts";
import { FailureNotice } from "../../../../ui/failure-notice.tsx";
import { useTenantApps } from "../../tenant-apps.ts";
import { useAccessWords } from "../../words.ts";
import classes from "./invite.module.css";

const languages = ["en", "th"] as const;
type Language = (typeof languages)[number];

/** Who is invited, and what they are given. */
export interface Invitee {
  name: string;
  email: string;
  locale: Language;
  roles: Partial<Record<App, string>>;
}

/** Asks whom to invite: name, address, language, and one role per app (AUTH-1). */
export const InviteForm = ({
  roles,
  busy,
  failure,
  onGo,
  onCancel,
}: {
  roles: readonly OwnRole[];
  busy: boolean;
  failure: Failure | null;
  onGo: (invitee: Invitee) => void;
  onCancel: () => void;
}) => {
  const { t, i18n } = useTranslation(["account", "shell", "common"]);
  const words = useAccessWords();
  const apps = useTenantApps();
  const viewer = useViewer();
  const owner = Object.values(viewer.roles).some((role) => isFixed(role));
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [locale, setLocale] = useState<Language>(i18n.language === "th" ? "th" : "en");
  const [chosen, setChosen] = useState<Invitee["roles"]>({});
  const [wanting, setWanting] = useState(false);
  const named = name.trim() !== "";
  const reachable = z.email().safeParse(email.trim()).success;
  const go = (event: FormEvent) => {
    event.preventDefault();
    setWanting(true);
    if (named && reachable) onGo({ name: name.trim(), email: email.trim(), locale, roles: chosen });
  };
  return (
    <form onSubmit={go} noValidate className={classes.form}>
      <TextInput
        label={t("invite.name")}
        required
        maxLength={120}
        value={name}
        error={wanting && !named ? t("invite.nameWanted") : null}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <TextInput
        label={t("invite.email")}
        type="email"
        required
        maxLength={254}
        value={email}
        error={wanting && !reachable ? t("invite.emailWanted") : null}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <div className={classes.role}>
        <span>{t("invite.language")}</span>
        <SegmentedControl
          size="xs"
          w="fit-content"
          aria-label={t("invite.language")}
          value={locale}
          onChange={setLocale}
          data={languages.map((value) => ({ value, label: t(`shell:language.${value}`) }))}
        />
      </div>
      <fieldset className={classes.roles}>
        <legend>{t("invite.roles")}</legend>
        {apps.map((app) => (
          <div key={app} className={classes.role}>
            <span>{words.app(app)}</span>
            <Select
              size="xs"
              aria-label={t("invite.roleIn", { app: words.app(app) })}
              placeholder={t("roleSelect.none")}
              clearable
              searchable
              data={roles
                .filter((role) => role.apps.includes(app) && (owner || !isFixed(role)))
                .map((role) => ({ value: role.id, label: role.name }))}
              value={chosen[app] ?? null}
              onChange={(roleId) => {
                const { [app]: _was, ...others } = chosen;
                setChosen(roleId === null ? others : { ...others, [app]: roleId });
              }}
            />
          </div>
        ))}
        <small>{t("invite.rolesText")}</small>
      </fieldset>
      {failure !== null && <FailureNotice failure={failure} />}
      <Group justify="flex-end" mt="xs" gap="xs">
        <Button variant="default" onClick={onCancel}>
          {t("common:actions.cancel")}
        </Button>
        <Button type="submit" loading={busy}>
          {t("invite.go")}
        </Button>
      </Group>
    </form>
  );
};
