import { Menu, UnstyledButton } from "@mantine/core";
import { IconKeyboard, IconLogout, IconUserCircle } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { homeOf } from "#shared/access/layers.ts";
import type { Viewer } from "#shared/access/viewer.ts";
import type { HostInfo } from "#shared/ipc/views.ts";
import { useCore } from "../../data/core.ts";
import { useViewer } from "../../data/session.ts";
import { KeyHint } from "../../ui/key-hint.tsx";
import { LanguageChoice, ThemeChoice } from "../choices.tsx";
import { useFeatures } from "../features.ts";
import { startOf } from "../navigation.ts";
import classes from "./profile-menu.module.css";

/** Two letters for a name, in any script. */
const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => word.replace(/^[เแโใไ]/u, "").charAt(0))
    .slice(0, 2)
    .join("");

const useHostInfo = (wanted: boolean): HostInfo | null => {
  const core = useCore();
  const [info, setInfo] = useState<HostInfo | null>(null);
  useEffect(() => {
    if (!wanted || info !== null) return;
    core.host
      .info()
      .then((answer) => answer.ok && setInfo(answer.value))
      .catch(() => undefined);
  }, [core, wanted, info]);
  return info;
};

/** The role that says who somebody is: that of their own app, else any. */
const roleHeld = (viewer: Viewer) =>
  viewer.roles[homeOf(viewer)] ?? Object.values(viewer.roles).find((role) => role !== undefined);

/** Who is signed in, their choices, and what this device keeps and where. */
export const ProfileMenu = ({
  onHelp,
  onSignOut,
}: {
  onHelp: () => void;
  onSignOut: () => void;
}) => {
  const { t } = useTranslation("shell");
  const viewer = useViewer();
  const [open, setOpen] = useState(false);
  const info = useHostInfo(open);
  const navigate = useNavigate();
  const account = startOf("account", useFeatures());
  return (
    <Menu opened={open} onChange={setOpen} position="bottom-end" width={320}>
      <Menu.Target>
        <UnstyledButton
          className={classes.person}
          aria-label={t("profile.label", { name: viewer.name })}
        >
          {initials(viewer.name)}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.head}>
          <strong>{viewer.name}</strong>
          <span>{viewer.email}</span>
          <span>
            {roleHeld(viewer)?.name ?? t("profile.noRole")} · {viewer.tenant.name}
          </span>
        </div>
        {account !== null && (
          <Menu.Item
            leftSection={<IconUserCircle size={16} stroke={1.7} />}
            onClick={() => void navigate({ to: account })}
          >
            {t("profile.account")}
          </Menu.Item>
        )}
        <Menu.Divider />
        <div className={classes.choice}>
          {t("language.label")}
          <LanguageChoice />
        </div>
        <div className={classes.choice}>
          {t("theme.label")}
          <ThemeChoice />
        </div>
        <Menu.Divider />
        {info !== null && (
          <>
            <Menu.Label>{t("profile.device")}</Menu.Label>
            <dl className={classes.facts}>
              <dt>{t("profile.secrets")}</dt>
              <dd>{t(`profile.${info.secretStore}`)}</dd>
              <dt>{t("profile.dataFolder")}</dt>
              <dd className={classes.path}>{info.dataFolder}</dd>
              <dt>{t("profile.server")}</dt>
              <dd className={classes.path}>{info.serverUrl}</dd>
              <dt>{t("profile.version")}</dt>
              <dd>{info.version}</dd>
            </dl>
            <Menu.Divider />
          </>
        )}
        <Menu.Item
          leftSection={<IconKeyboard size={16} stroke={1.7} />}
          rightSection={<KeyHint keys="?" />}
          onClick={onHelp}
        >
          {t("profile.shortcuts")}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.7} />} onClick={onSignOut}>
          {t("profile.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
