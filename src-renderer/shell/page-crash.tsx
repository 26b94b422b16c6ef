import { Button } from "@mantine/core";
import { IconBug } from "@tabler/icons-react";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../ui/states.tsx";

/** A page that threw: the shell around it stays. */
export const PageCrash = ({ error, reset }: ErrorComponentProps) => {
  const { t } = useTranslation("shell");
  return (
    <EmptyState
      icon={IconBug}
      title={t("crash.title")}
      tone="danger"
      action={<Button onClick={reset}>{t("crash.again")}</Button>}
    >
      <p>{t("crash.text")}</p>
      <code>{error instanceof Error ? error.message : String(error)}</code>
    </EmptyState>
  );
};
