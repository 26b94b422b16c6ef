import { UnstyledButton } from "@mantine/core";
import { spotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { KeyHint } from "../../ui/key-hint.tsx";
import { ProductSwitcher } from "./product-switcher.tsx";
import { ProfileMenu } from "./profile-menu.tsx";
import { SyncPlace } from "./sync-place.tsx";
import classes from "./top-bar.module.css";

/** Product, search, sync, person. */
export const TopBar = ({ onHelp, onSignOut }: { onHelp: () => void; onSignOut: () => void }) => {
  const { t } = useTranslation("shell");
  return (
    <header className={classes.bar}>
      <ProductSwitcher />
      <UnstyledButton className={classes.search} onClick={spotlight.open}>
        <IconSearch size={15} stroke={1.8} aria-hidden="true" />
        <span>{t("palette.open")}</span>
        <KeyHint keys="mod+K" />
      </UnstyledButton>
      <div className={classes.right}>
        <SyncPlace />
        <ProfileMenu onHelp={onHelp} onSignOut={onSignOut} />
      </div>
    </header>
  );
};
