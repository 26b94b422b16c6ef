import type { ReactNode } from "react";
import { KeyHint } from "./key-hint.tsx";
import classes from "./key-list.module.css";

/** What keys do, and which they are: several in a list each do it, anything else stands as it is. */
export type KeyRow = readonly [what: string, keys: readonly string[] | ReactNode];

/** Keys and what they do, one under the other. */
export const KeyList = ({ rows }: { rows: readonly KeyRow[] }) => (
  <dl className={classes.keys}>
    {rows.map(([what, keys]) => (
      <div key={what}>
        <dt>{what}</dt>
        <dd>{isKeys(keys) ? keys.map((key) => <KeyHint key={key} keys={key} />) : keys}</dd>
      </div>
    ))}
  </dl>
);

const isKeys = (keys: KeyRow[1]): keys is readonly string[] =>
  Array.isArray(keys) && keys.every((key) => typeof key === "string");
