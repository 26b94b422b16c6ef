import { Menu, UnstyledButton } from "@mantine/core";
import { IconCheck, IconSelector } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { App } from "#shared/access/viewer.ts";
import { useViewer } from "../../data/session.ts";
import { BrandMark } from "../../ui/brand-mark.tsx";
import classes from "./top-bar.module.css";

/** The apps this renderer has, and where each begins. */
const built: Partial<Record<App, string>> = { partners: "/partners" };

/** The app pill: which app this is, and the others the account may open. */
export const ProductSwitcher = () => {
  const { t } = useTranslation("shell");
  const viewer = useViewer();
  const navigate = useNavigate();
  const products = viewer.entitlements.flatMap((app) => {
    const start = built[app];
    return start === undefined ? [] : [{ app, start }];
  });
  return (
    <Menu position="bottom-start" width={280}>
      <Menu.Target>
        <UnstyledButton className={classes.pill} aria-label={t("switcher.label")}>
          <BrandMark size={24} />
          {t("app.partners")}
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
            rightSection={<IconCheck size={16} aria-label={t("switcher.current")} />}
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
