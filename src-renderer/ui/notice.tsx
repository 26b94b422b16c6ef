import type { ReactNode } from "react";
import classes from "./notice.module.css";

/** Something that wants to be noticed: what, and what it means. */
export const Notice = ({
  icon,
  title,
  children,
  tone = "warn",
}: {
  icon: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  tone?: "warn" | "quiet";
}) => (
  <div className={classes.notice} data-tone={tone}>
    {icon}
    <div>
      <strong>{title}</strong>
      {children !== undefined && <span>{children}</span>}
    </div>
  </div>
);
