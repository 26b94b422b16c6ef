import type { ReactNode } from "react";
import classes from "./parts.module.css";

/** Names and what stands for them. */
export const Facts = ({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) => (
  <dl className={classes.facts}>
    {facts.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

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
