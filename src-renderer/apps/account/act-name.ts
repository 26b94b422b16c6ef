import { useTranslation } from "react-i18next";

/** What an intent does, in the reader's words; its own name where there are none. */
export const useActName = (): ((type: string) => string) => {
  const { i18n } = useTranslation("account");
  return (type) => {
    const key = `account:acts.${type.replace(".", "-")}`;
    return i18n.exists(key) ? String(i18n.t(key as "account:cancel")) : type;
  };
};
