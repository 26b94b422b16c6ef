import i18next, { type i18n, type ResourceLanguage } from "i18next";
import { initReactI18next } from "react-i18next";

/** Every catalogue under `resources/locales`: a further language is a further folder. */
const files = import.meta.glob<ResourceLanguage[string]>("../../resources/locales/*/*.json", {
  eager: true,
  import: "default",
});

const resources: Record<string, ResourceLanguage> = {};
for (const [path, texts] of Object.entries(files)) {
  const [, language, namespace] = /locales\/([^/]+)\/([^/]+)\.json$/.exec(path) ?? [];
  if (language === undefined || namespace === undefined) continue;
  resources[language] = { ...resources[language], [namespace]: texts };
}

/** The language a machine asks for, as far as there is a catalogue; English otherwise. */
export const systemLanguage = (wanted: readonly string[] = navigator.languages): "en" | "th" =>
  wanted.some((tag) => tag.toLowerCase().startsWith("th")) &&
  !wanted[0]?.toLowerCase().startsWith("en")
    ? "th"
    : "en";

/** Starts the texts in `language`. Synchronous: the first frame is already in it. */
export const startI18n = (language: string): i18n => {
  if (!i18next.isInitialized) {
    void i18next.use(initReactI18next).init({
      resources,
      lng: language,
      fallbackLng: "en",
      defaultNS: "common",
      initAsync: false,
      interpolation: { escapeValue: false },
      returnNull: false,
    });
  }
  return i18next;
};
