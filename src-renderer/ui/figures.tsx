import type { Icon } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./figures.module.css";
import { formatNumber } from "./format.ts";

/** The figures of an overview, beside each other. */
export const Figures = ({ children }: { children: ReactNode }) => (
  <div className={classes.figures}>{children}</div>
);

/** A figure that leads to what it counts; its tone is seen where it counts anything. */
export const Figure = ({
  label,
  value,
  icon: Glyph,
  tone,
  to,
  search = {},
}: {
  label: string;
  value: number;
  icon: Icon;
  tone?: "danger" | "warn" | "accent";
  to: string;
  search?: Record<string, unknown>;
}) => {
  const { i18n } = useTranslation();
  return (
    <Link
      to={to}
      search={search}
      className={classes.figure}
      data-tone={value > 0 ? tone : undefined}
    >
      <span className={classes.value}>{formatNumber(value, i18n.language)}</span>
      <span className={classes.name}>
        <Glyph size={15} stroke={1.8} aria-hidden="true" />
        {label}
      </span>
    </Link>
  );
};
