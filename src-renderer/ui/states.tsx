import { Progress, Skeleton } from "@mantine/core";
import { type Icon, IconCloudDownload, IconPlugConnectedX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { formatNumber } from "./format.ts";
import classes from "./states.module.css";

/** A place with nothing in it: what that means, and what to do next where there is something. */
export const EmptyState = ({
  icon: Glyph,
  title,
  children,
  action,
  tone = "quiet",
}: {
  icon?: Icon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  tone?: "quiet" | "accent" | "danger";
}) => (
  <div className={classes.state}>
    {Glyph !== undefined && (
      <span className={classes.glyph} data-tone={tone}>
        <Glyph size={26} stroke={1.5} aria-hidden="true" />
      </span>
    )}
    <h2 className={classes.title}>{title}</h2>
    {children !== undefined && <div className={classes.text}>{children}</div>}
    {action !== undefined && <div className={classes.action}>{action}</div>}
  </div>
);

/** Something is on its way: the shape of a list, without words that flash by. */
export const LoadingState = ({ rows = 6, label }: { rows?: number; label?: string }) => {
  const { t } = useTranslation("common");
  return (
    <div className={classes.loading} role="status" aria-label={label ?? t("loading")}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={14} width={`${92 - ((row * 17) % 40)}%`} radius="sm" />
      ))}
    </div>
  );
};

/** What has nothing in it yet, because it is only just arriving. */
export const FirstSyncState = ({
  received,
  progress,
}: {
  /** How many records have arrived. */
  received: number;
  /** 0 to 1; null while that is not known. */
  progress: number | null;
}) => {
  const { t, i18n } = useTranslation("common");
  const formatted = formatNumber(received, i18n.language);
  return (
    <EmptyState icon={IconCloudDownload} tone="accent" title={t("firstSync.title")}>
      {received > 0 ? t("firstSync.count", { count: received, formatted }) : t("firstSync.text")}
      <Progress
        value={100 * (progress ?? 1)}
        animated={progress === null}
        className={classes.progress}
        aria-label={t("firstSync.title")}
      />
    </EmptyState>
  );
};

/** A live query that cannot be had; it goes on trying by itself. */
export const FailedState = () => {
  const { t } = useTranslation("common");
  return (
    <EmptyState icon={IconPlugConnectedX} title={t("failed.title")} tone="danger">
      {t("failed.text")}
    </EmptyState>
  );
};
