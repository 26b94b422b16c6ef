import { useTranslation } from "react-i18next";
import { KeyList } from "../../../ui/key-list.tsx";

const keys = [
  ["move", ["J", "K"]],
  ["page", ["PgDn", "PgUp"]],
  ["ends", ["Home", "End"]],
  ["open", ["↵"]],
  ["back", ["Esc"]],
  ["search", ["/"]],
  ["take", ["T"]],
  ["assign", ["A"]],
  ["note", ["N"]],
  ["complete", ["C"]],
] as const;

/** Every key of the workload and what it does. */
export const WorkKeys = () => {
  const { t } = useTranslation("work");
  return <KeyList rows={keys.map(([name, pressed]) => [t(`help.${name}`), pressed])} />;
};
