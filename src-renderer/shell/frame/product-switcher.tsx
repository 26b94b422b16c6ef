import { Menu, UnstyledButton } from "@mantine/core";
import { IconCheck, IconSelector } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { apps } from "#shared/access/apps.ts";
import { decide } from "#shared/access/decide.ts";
import { useViewer } from "../../data/session.ts";
import { BrandMark } from "../../ui/brand-mark.tsx";
import { useFeatures } from "../features.ts";
import { startOf } from "../navigation.ts";
import { useApp } from "../use-app.ts";
import classes from "./top-bar.module.css";

/** The app pill: which app this is, and the others the account may open. */
export const ProductSwitcher = () => {
  const { t } = useTranslation("shell");
  const viewer = useViewer();
  const here = useApp();
  const features = useFeatures();
  const navigate = useNavigate();
  const products = apps.flatMap((app) => {
    const start = startOf(app, features);
    return start === null || decide(viewer, { app }) !== null ? [] : [{ app, start }];
  });
  return (
    <Menu position="bottom-start" width={280}>
      <Menu.Target>
        <UnstyledButton className={classes.pill} aria-label={t("switcher.label")}>
          <BrandMark size={24} />
          {t(`app.${here}`)}
          <IconSelector size={15} stroke={1.8} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("switcher.title")}</Menu.Label>
        {products.map(({ app, start }) => (
          <Menu.Item
            key={app}
            onClick={() => void navigate({ to: start })}
            leftSection={<BrandMark size={26} />}
            rightSection={
              app === here && <IconCheck size={16} aria-label={t("switcher.current")} />
            }
          >
            <span className={classes.product}>
              <span>{t(`app.${app}`)}</span>
              <span>{t(`appAbout.${app}`)}</span>
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};
