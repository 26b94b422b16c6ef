import type { ReactNode } from "react";
import { listKeys } from "./list-keys.ts";
import { ListRow, type Row } from "./list-row.tsx";
import classes from "./short-list.module.css";

/** A list of links so short that all of it is drawn. The arrows, J and K move among its rows. */
export const ShortList = ({
  label,
  className,
  rows,
  none,
}: {
  label: string;
  /** Lays the cells of its links out in another way than beside each other, the first widest. */
  className?: string | undefined;
  rows: readonly Row[];
  /** What it says without a row. */
  none?: ReactNode;
}) => (
  <div className={classes.list}>
    <ul className={className} aria-label={label} {...listKeys}>
      {rows.map((row) => (
        <li key={row.key}>
          <ListRow row={row} className={classes.row} />
        </li>
      ))}
      {rows.length === 0 && none !== undefined && <li className={classes.none}>{none}</li>}
    </ul>
  </div>
);
