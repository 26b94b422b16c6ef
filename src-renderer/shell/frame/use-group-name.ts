import { useTranslation } from "react-i18next";
import type shell from "../../../resources/locales/en/shell.json";

/** The name of a group of the menu in the reader's words; a test holds that each group has one. */
export const useGroupName = (): ((group: string) => string) => {
  const { t } = useTranslation("shell");
  return (group) => t(`group.${group as keyof (typeof shell)["group"]}`);
};
