import type { ReactNode } from "react";
import classes from "./section.module.css";

/** A part of a page under its own name, with something small beside the name. */
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
    <h3 className={classes.head}>
      <span>{title}</span>
      {aside !== undefined && <span className={classes.aside}>{aside}</span>}
    </h3>
    {children}
  </section>
);
