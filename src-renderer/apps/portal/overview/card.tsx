import type { ReactNode } from "react";
import classes from "./overview.module.css";

/** One matter of the overview, under its name. */
export const Card = ({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) => (
  <section className={classes.card} aria-label={title}>
    <header className={classes.cardHead}>
      <h2>{title}</h2>
      {aside}
    </header>
    {children}
  </section>
);
