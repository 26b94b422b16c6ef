import { useTranslation } from "react-i18next";
import { isFieldName } from "./fields.ts";

/** Says a field's name in words; one that this version does not know, as it is. */
export const useFieldWords = (): ((name: string) => string) => {
  const { t } = useTranslation("desk");
  return (name) => (isFieldName(name) ? t(`field.${name}`) : name);
};
