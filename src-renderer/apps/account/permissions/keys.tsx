import { useTranslation } from "react-i18next";
import { KeyList } from "../../../ui/key-list.tsx";

/** The keys that hold in the matrix. */
export const PermissionKeys = () => {
  const { t } = useTranslation("account");
  return (
    <KeyList
      rows={[
        [t("keys.move"), ["←", "→", "↑", "↓"]],
        [t("keys.full"), ["F"]],
        [t("keys.read"), ["R"]],
        [t("keys.hidden"), ["H"]],
        [t("keys.cycle"), ["Enter"]],
      ]}
    />
  );
};
