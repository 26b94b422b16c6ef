import type { ReactNode } from "react";
import classes from "./card.module.css";

/** One matter of an overview, on a sheet of its own under its name. */
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
    <header className={classes.head}>
      <h2>{title}</h2>
      {aside}
    </header>
    {children}
  </section>
);
