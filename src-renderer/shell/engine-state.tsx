import { Button, Loader } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { underElectron } from "../data/connect.ts";
import { useConnection } from "../data/connection.ts";
import { EmptyState } from "../ui/states.tsx";
import classes from "./engine-state.module.css";

/** Covers the window while the engine cannot be reached; a short break only says so in a strip. */
export const EngineState = ({ children }: { children: ReactNode }) => {
  const { way, retry } = useConnection();
  const { t } = useTranslation("shell");
  return (
    <>
      {way === "lost" && (
        <div className={classes.strip} role="status">
          <Loader size={12} color="currentColor" />
          <strong>{t("engine.lost")}</strong>
          <span>{t("engine.lostText")}</span>
        </div>
      )}
      {way === "stopped" && (
        <div className={classes.cover} role="alert">
          <EmptyState
            icon={IconPlugConnectedX}
            title={t("engine.title")}
            tone="danger"
            action={
              <>
                <Button onClick={retry}>{t("engine.retry")}</Button>
                <span className={classes.trying}>
                  <Loader size={12} color="gray" />
                  {t("engine.trying")}
                </span>
              </>
            }
          >
            <p>{t("engine.text")}</p>
            <p>{t(underElectron() ? "engine.electron" : "engine.browser")}</p>
          </EmptyState>
        </div>
      )}
      {children}
    </>
  );
};
