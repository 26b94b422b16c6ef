import { useTranslation } from "react-i18next";
import { type Level, levels } from "#shared/access/nav.ts";
import type { Failure } from "#shared/failure.ts";
import type { Cell } from "./cells.ts";
import classes from "./matrix.module.css";

/**
 * What one role may do with one item. It says its level; under the pointer, or where the keys are,
 * it offers all three. A corner is marked where it differs from what the template gives.
 */
export const LevelCell = ({
  cell: { level, usual, reached },
  name,
  lock,
  place: [row, column],
  tabbed,
  selected,
  onFocus,
  onSet,
}: {
  cell: Cell;
  /** Role and item, for those who cannot see where it stands. */
  name: string;
  /** Why it cannot be changed, or null. */
  lock: Failure | null;
  place: readonly [number, number];
  tabbed: boolean;
  selected: boolean;
  onFocus: () => void;
  onSet: (level: Level) => void;
}) => {
  const { t } = useTranslation("account");
  const differs = reached && level !== usual;
  const said = reached ? t(`level.${level}`) : t("permissions.notReached");
  const note = differs ? t("permissions.usual", { level: t(`level.${usual}`) }) : "";
  return (
    <td
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the cell of a grid.
      role="gridcell"
      className={classes.cell}
      tabIndex={tabbed ? 0 : -1}
      data-row={row}
      data-column={column}
      data-level={reached ? level : "none"}
      data-differs={differs || undefined}
      data-selected={selected || undefined}
      aria-label={[`${name}: ${said}`, note].filter(Boolean).join(". ")}
      aria-readonly={lock !== null}
      title={note}
      onFocus={onFocus}
    >
      <span className={classes.level} aria-hidden="true">
        {reached && level !== "hidden" ? said : "–"}
      </span>
      {lock === null && (
        <span className={classes.choices}>
          {levels.map((one) => (
            <button
              key={one}
              type="button"
              tabIndex={-1}
              aria-pressed={one === level}
              data-usual={one === usual || undefined}
              title={t(`level.${one}`)}
              onClick={() => one !== level && onSet(one)}
            >
              {t(`levelShort.${one}`)}
            </button>
          ))}
        </span>
      )}
    </td>
  );
};
