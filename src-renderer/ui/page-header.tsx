import { IconEye } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./page-header.module.css";

/** The head of a page: its name, a figure or two, what can be done. Never who you are (PAR-13). */
export const PageHeader = ({
  title,
  subtitle,
  actions,
  readOnly = false,
}: {
  title: string;
  subtitle?: ReactNode;
  actions?: ReactNode;
  readOnly?: boolean;
}) => {
  const { t } = useTranslation("common");
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        <h1 className={classes.title}>{title}</h1>
        {subtitle !== undefined && <div className={classes.subtitle}>{subtitle}</div>}
        {readOnly && (
          <span className={classes.readOnly}>
            <IconEye size={13} stroke={1.8} aria-hidden="true" />
            {t("readOnly")}
          </span>
        )}
      </div>
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </header>
  );
};
