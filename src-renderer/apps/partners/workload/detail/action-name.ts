import { useTranslation } from "react-i18next";
import { type IntentType, intentDefs } from "#shared/domain/registry.ts";

type Dashed<T extends string> = T extends `${infer Kind}.${infer Verb}` ? `${Kind}-${Verb}` : never;

/** The name of an intent in the reader's words; the type itself where it is newer than this client. */
export const useActionName = (): ((type: string) => string) => {
  const { t } = useTranslation("work");
  return (type) =>
    Object.hasOwn(intentDefs, type)
      ? t(`action.${type.replace(".", "-") as Dashed<IntentType>}`)
      : type;
};
