import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { CommandPalette } from "../palette/command-palette.tsx";
import { ShortcutHelp } from "../palette/shortcut-help.tsx";
import { useShellKeys } from "../palette/use-shell-keys.ts";
import { EndedBanner } from "./ended-banner.tsx";
import classes from "./frame.module.css";
import { Sidebar } from "./sidebar.tsx";
import { SignOut } from "./sign-out.tsx";
import { TopBar } from "./top-bar.tsx";

/** The chrome around every page. Who and where you are is said here, never in the page (PAR-13). */
export const Frame = ({ ended, children }: { ended: boolean; children: ReactNode }) => {
  const { t } = useTranslation("shell");
  const [help, setHelp] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const showHelp = () => setHelp(true);
  const leave = () => setLeaving(true);
  useShellKeys(showHelp);
  return (
    <div className={classes.frame}>
      <button type="button" className={classes.skip} onClick={skipToContent}>
        {t("skip")}
      </button>
      <TopBar onHelp={showHelp} onSignOut={leave} />
      <Sidebar />
      <div className={classes.column}>
        {ended && <EndedBanner />}
        <main id="content" className={classes.content} tabIndex={-1}>
          {children}
        </main>
      </div>
      <CommandPalette onHelp={showHelp} onSignOut={leave} />
      <ShortcutHelp opened={help} onClose={() => setHelp(false)} />
      <SignOut opened={leaving} onClose={() => setLeaving(false)} />
    </div>
  );
};

const skipToContent = () => document.getElementById("content")?.focus();
