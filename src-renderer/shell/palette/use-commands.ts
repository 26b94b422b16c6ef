import {
  type Icon,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconPalette,
  IconRefresh,
} from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { App } from "#shared/access/apps.ts";
import { useCore } from "../../data/core.ts";
import { usePreferences } from "../../data/preferences.ts";
import { appOfItem } from "../navigation.ts";
import { useApp } from "../use-app.ts";
import { useReachable } from "./use-shell-keys.ts";

/** One line of the palette. */
export interface Command {
  id: string;
  label: string;
  icon: Icon;
  /** The app it lies in, where that is another than the one one is in. */
  app?: string;
  run: () => void;
}

/** The pages the viewer may go to, and the commands there are. */
export const useCommands = (on: {
  onHelp: () => void;
  onSignOut: () => void;
}): { pages: Command[]; commands: Command[] } => {
  const { t } = useTranslation("shell");
  const core = useCore();
  const navigate = useNavigate();
  const reachable = useReachable();
  const here = useApp();
  const { preferences, save } = usePreferences();

  const elsewhere = (app: App | null) =>
    app === null || app === here ? {} : { app: t(`app.${app}`) };
  const pages = reachable.map((feature) => ({
    id: feature.path,
    label: t(feature.labelKey),
    icon: feature.icon,
    ...elsewhere(appOfItem(feature.item)),
    run: () => void navigate({ to: feature.path }),
  }));
  const themes = (["auto", "light", "dark"] as const)
    .filter((theme) => theme !== preferences.theme)
    .map((theme) => ({
      id: `theme.${theme}`,
      label: t("palette.theme", { name: t(`theme.${theme}`) }),
      icon: IconPalette,
      run: () => void save({ theme }),
    }));
  const tongues = (["en", "th"] as const)
    .filter((language) => language !== preferences.language)
    .map((language) => ({
      id: `language.${language}`,
      label: t("palette.language", { name: t(`language.${language}`) }),
      icon: IconLanguage,
      run: () => void save({ language }),
    }));
  const syncNow = () => void core.sync.now().catch(() => undefined);

  return {
    pages,
    commands: [
      { id: "sync", label: t("palette.syncNow"), icon: IconRefresh, run: syncNow },
      ...themes,
      ...tongues,
      { id: "help", label: t("palette.shortcuts"), icon: IconKeyboard, run: on.onHelp },
      { id: "sign-out", label: t("palette.signOut"), icon: IconLogout, run: on.onSignOut },
    ],
  };
};
