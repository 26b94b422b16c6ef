import { SegmentedControl } from "@mantine/core";
import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { usePreferences } from "../data/preferences.ts";
import classes from "./choices.module.css";
import { systemLanguage } from "./i18n.ts";

const themes = [
  { value: "auto", icon: IconDeviceDesktop },
  { value: "light", icon: IconSun },
  { value: "dark", icon: IconMoon },
] as const;

/** Chooses light, dark, or what the machine says. */
export const ThemeChoice = () => {
  const { t } = useTranslation("shell");
  const { preferences, save } = usePreferences();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("theme.label")}
      value={preferences.theme}
      onChange={(theme) => void save({ theme })}
      data={themes.map(({ value, icon: Glyph }) => ({
        value,
        label: (
          <span className={classes.glyph} title={t(`theme.${value}`)}>
            <Glyph size={15} stroke={1.7} aria-hidden="true" />
            <span className={classes.hidden}>{t(`theme.${value}`)}</span>
          </span>
        ),
      }))}
    />
  );
};

/** Chooses the language; each is named in itself. */
export const LanguageChoice = () => {
  const { t } = useTranslation("shell");
  const { preferences, save } = usePreferences();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("language.label")}
      value={preferences.language ?? systemLanguage()}
      onChange={(language) => void save({ language })}
      data={(["en", "th"] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
    />
  );
};
