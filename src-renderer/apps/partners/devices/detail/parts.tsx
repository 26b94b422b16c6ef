import type { ReactNode } from "react";
import classes from "./detail.module.css";

/** A part of a device's page under its own name. */
export const Section = ({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) => (
  <section className={classes.section} aria-label={title}>
    <h3 className={classes.sectionHead}>
      <span>{title}</span>
      {aside}
    </h3>
    {children}
  </section>
);

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
