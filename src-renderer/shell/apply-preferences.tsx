import { useMantineColorScheme } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { usePreferences } from "../data/preferences.ts";
import { systemLanguage } from "./i18n.ts";

/** Puts the kept choices of language and theme into effect. */
export const ApplyPreferences = () => {
  const { preferences, known } = usePreferences();
  const { setColorScheme } = useMantineColorScheme();
  const { i18n } = useTranslation();
  const language = preferences.language ?? systemLanguage();

  useEffect(() => {
    if (known) setColorScheme(preferences.theme);
  }, [known, preferences.theme, setColorScheme]);

  useEffect(() => {
    document.documentElement.lang = language;
    if (i18n.language !== language) void i18n.changeLanguage(language);
  }, [language, i18n]);

  return null;
};
