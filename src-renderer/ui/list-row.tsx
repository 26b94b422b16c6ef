import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import classes from "./list-row.module.css";

/** Where a row of a list leads. */
interface RowLink {
  to: string;
  params?: Record<string, string>;
  search?: Record<string, unknown>;
  /** Whether the address it leads to takes the place of this one; a further one otherwise. */
  replace?: boolean;
}

/** A row as a list is given it. */
export interface Row {
  key: string | number;
  link: RowLink;
  /** Whether what it leads to is open beside the list. */
  selected: boolean;
  cells: ReactNode;
}

/** A row of a list: a link over its whole width, which shows where one is and what is open. */
export const ListRow = ({
  row: { link, selected, cells },
  className,
  index,
}: {
  row: Row;
  /** Lays its cells out. */
  className: string | undefined;
  /** Its place in a list of which only a part is drawn. */
  index?: number;
}) => (
  <Link
    to={link.to}
    params={link.params ?? {}}
    search={link.search ?? {}}
    replace={link.replace ?? false}
    className={`${classes.row} ${className}`}
    data-index={index}
    data-selected={selected || undefined}
  >
    {cells}
  </Link>
);
