import { Button, Checkbox, Group, Modal, Radio, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { type App, apps as allApps } from "#shared/access/apps.ts";
import { levelsOf, type RoleTemplate, roleTemplates } from "#shared/access/menu.ts";
import type { Failure } from "#shared/failure.ts";
import { useViewer } from "../../../data/session.ts";
import { useIntent } from "../../../data/use-intent.ts";
import { FailureNotice } from "../../../ui/failure-notice.tsx";
import { LevelsTable } from "../levels.tsx";
import { useTenantApps } from "../tenant-apps.ts";
import { useAccessWords } from "../words.ts";
import classes from "./create-role.module.css";

const templates = roleTemplates.filter((template) => template !== "owner");

/** Makes a role from a template: a name, what it starts with, and where it reaches; never its powers. */
export const CreateRole = ({
  onDone,
  onClose,
}: {
  onDone: (roleId: string) => void;
  onClose: () => void;
}) => {
  const { t } = useTranslation("account");
  const words = useAccessWords();
  const { tenant } = useViewer();
  const apps = useTenantApps();
  const { make, busy } = useIntent();
  const [name, setName] = useState("");
  const [template, setTemplate] = useState<RoleTemplate>("coordinator");
  const [reach, setReach] = useState<readonly App[]>(apps.slice(0, 1));
  const [wanting, setWanting] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const go = async (event: FormEvent) => {
    event.preventDefault();
    setWanting(true);
    setFailure(null);
    if (name.trim() === "" || reach.length === 0) return;
    const made = await make(
      "role.create",
      null,
      { name: name.trim(), template, apps: reach },
      { quiet: true },
    );
    if (made.ok) onDone(made.value.targetId);
    else setFailure(made.error);
  };
  return (
    <Modal opened onClose={onClose} size="xl" title={<strong>{t("createRole.title")}</strong>}>
      <form onSubmit={(event) => void go(event)} noValidate className={classes.form}>
        <TextInput
          label={t("createRole.name")}
          required
          maxLength={60}
          value={name}
          error={wanting && name.trim() === "" ? t("createRole.nameWanted") : null}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <div className={classes.columns}>
          <div className={classes.column}>
            <Radio.Group
              label={t("createRole.template")}
              value={template}
              onChange={(value) => setTemplate(templates.find((one) => one === value) ?? template)}
            >
              <div className={classes.choices}>
                {templates.map((value) => (
                  <Radio
                    key={value}
                    size="xs"
                    value={value}
                    label={t(`template.${value}.name`)}
                    classNames={{ description: classes.about }}
                    description={t(`template.${value}.about`)}
                  />
                ))}
              </div>
            </Radio.Group>
            <Checkbox.Group
              label={t("createRole.reach")}
              value={[...reach]}
              error={wanting && reach.length === 0 ? t("createRole.reachWanted") : null}
              onChange={(chosen) => setReach(allApps.filter((app) => chosen.includes(app)))}
            >
              <div className={classes.choices}>
                {apps.map((app) => (
                  <Checkbox key={app} size="xs" value={app} label={words.app(app)} />
                ))}
              </div>
            </Checkbox.Group>
          </div>
          <section className={classes.gives} aria-label={t("createRole.gives")}>
            <h3>{t("createRole.gives")}</h3>
            <LevelsTable levels={levelsOf(template, tenant, reach)} apps={reach} />
          </section>
        </div>
        <p className={classes.next}>{t("createRole.next")}</p>
        {failure !== null && <FailureNotice failure={failure} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={busy}>
            {t("createRole.go")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
};
