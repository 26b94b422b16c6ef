import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { KeyHint } from "../../../ui/key-hint.tsx";
import classes from "./workload.module.css";

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
  return (
    <dl className={classes.keys}>
      {keys.map(([name, pressed]) => (
        <div key={name}>
          <dt>{t(`help.${name}`)}</dt>
          <dd>
            {pressed.map((key) => (
              <KeyHint key={key} keys={key} />
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
};

/** The same on a card, for when a detail stands in their place. */
export const KeysHelp = ({ opened, onClose }: { opened: boolean; onClose: () => void }) => {
  const { t } = useTranslation("work");
  return (
    <Modal opened={opened} onClose={onClose} title={t("help.title")} size="sm">
      <WorkKeys />
    </Modal>
  );
};
