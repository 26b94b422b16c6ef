import { IconEye } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "#shared/failure.ts";
import classes from "./page-header.module.css";
import { WhyNotLink } from "./why-not/why-not-link.tsx";

/** The head of a page: its name, a figure or two, what can be done. Never who you are (PAR-13). */
export const PageHeader = ({
  title,
  subtitle,
  actions,
  whyReadOnly = null,
}: {
  title: string;
  subtitle?: ReactNode;
  actions?: ReactNode;
  /** Why nothing can be changed here; said on asking. */
  whyReadOnly?: Failure | null;
}) => {
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        <h1 className={classes.title}>{title}</h1>
        {subtitle !== undefined && <div className={classes.subtitle}>{subtitle}</div>}
        {whyReadOnly !== null && (
          <WhyNotLink refusals={[{ failure: whyReadOnly }]}>
            <ReadOnly />
          </WhyNotLink>
        )}
      </div>
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </header>
  );
};

const ReadOnly = () => {
  const { t } = useTranslation("common");
  return (
    <span className={classes.readOnly}>
      <IconEye size={13} stroke={1.8} aria-hidden="true" />
      {t("readOnly")}
    </span>
  );
};
