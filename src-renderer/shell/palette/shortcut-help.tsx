import { Modal } from "@mantine/core";
import { Fragment, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { KeyHint } from "../../ui/key-hint.tsx";
import classes from "./shortcut-help.module.css";
import { goKeys, useReachable } from "./use-shell-keys.ts";

/** Every key that does something. */
export const ShortcutHelp = ({ opened, onClose }: { opened: boolean; onClose: () => void }) => {
  const { t } = useTranslation("shell");
  const reachable = useReachable();
  const groups: [string, [ReactNode, string][]][] = [
    [
      t("shortcuts.everywhere"),
      [
        [<KeyHint key="k" keys="mod+K" />, t("shortcuts.palette")],
        [<KeyHint key="?" keys="?" />, t("shortcuts.help")],
        [<KeyHint key="esc" keys="Esc" />, t("shortcuts.close")],
      ],
    ],
    [
      t("shortcuts.go"),
      reachable.flatMap((feature): [ReactNode, string][] => {
        const key = goKeys[feature.item];
        if (key === undefined) return [];
        return [[<Then key={key} second={key} />, t(feature.labelKey)]];
      }),
    ],
    [
      t("shortcuts.lists"),
      [
        [<KeyHint key="j" keys="J" />, t("shortcuts.down")],
        [<KeyHint key="k" keys="K" />, t("shortcuts.up")],
        [<KeyHint key="enter" keys="Enter" />, t("shortcuts.open")],
      ],
    ],
  ];
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={<strong>{t("shortcuts.title")}</strong>}
      size={560}
    >
      <div className={classes.groups}>
        {groups.map(([name, rows]) => (
          <section key={name}>
            <h3>{name}</h3>
            <dl>
              {rows.map(([keys, what]) => (
                <Fragment key={what}>
                  <dt>{what}</dt>
                  <dd>{keys}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
};

const Then = ({ second }: { second: string }) => {
  const { t } = useTranslation("shell");
  return (
    <span className={classes.then}>
      <KeyHint keys="G" /> {t("shortcuts.then")} <KeyHint keys={second.toUpperCase()} />
    </span>
  );
};
