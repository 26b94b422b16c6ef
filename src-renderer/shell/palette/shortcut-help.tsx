import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { KeyHint } from "../../ui/key-hint.tsx";
import { KeyList, type KeyRow } from "../../ui/key-list.tsx";
import classes from "./shortcut-help.module.css";
import { goKeys, useReachable } from "./use-shell-keys.ts";

/** Every key that does something: the shell's own, and those of each feature the viewer may open. */
export const ShortcutHelp = ({ opened, onClose }: { opened: boolean; onClose: () => void }) => {
  const { t } = useTranslation("shell");
  const reachable = useReachable();
  const ways = reachable.flatMap((feature): KeyRow[] => {
    const key = goKeys[feature.item];
    return key === undefined ? [] : [[t(feature.labelKey), <Then key={key} second={key} />]];
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={<strong>{t("shortcuts.title")}</strong>}
      size={680}
    >
      <div className={classes.groups} tabIndex={-1} data-autofocus>
        <Group name={t("shortcuts.everywhere")}>
          <KeyList
            rows={[
              [t("shortcuts.palette"), ["mod+K"]],
              [t("shortcuts.help"), ["?"]],
              [t("shortcuts.close"), ["Esc"]],
            ]}
          />
        </Group>
        <Group name={t("shortcuts.go")}>
          <KeyList rows={ways} />
        </Group>
        <Group name={t("shortcuts.lists")}>
          <KeyList
            rows={[
              [t("shortcuts.move"), ["J", "K"]],
              [t("shortcuts.open"), ["↵"]],
              [t("shortcuts.search"), ["/"]],
            ]}
          />
        </Group>
        {reachable.map(
          ({ item, labelKey, keys: Keys }) =>
            Keys !== undefined && (
              <Group key={item} name={t(labelKey)}>
                <Keys />
              </Group>
            ),
        )}
      </div>
    </Modal>
  );
};

const Group = ({ name, children }: { name: string; children: ReactNode }) => (
  <section>
    <h3>{name}</h3>
    {children}
  </section>
);

const Then = ({ second }: { second: string }) => {
  const { t } = useTranslation("shell");
  return (
    <>
      <KeyHint keys="G" /> {t("shortcuts.then")} <KeyHint keys={second.toUpperCase()} />
    </>
  );
};
