import { Checkbox } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Device } from "#shared/domain/device/device.ts";
import { formatNumber } from "../../../ui/format.ts";
import { SearchBox } from "../../../ui/search-box.tsx";
import type { Width } from "./reach.ts";
import classes from "./reach-tree.module.css";
import { chosenOf, type TreeRow, toggled, treeOf } from "./tree.ts";

const rowHeight = 30;

/** Chooses regions, sites or devices from a tree of them, with a search. */
export const ReachTree = ({
  devices,
  width,
  chosen,
  onChange,
}: {
  devices: readonly Device[];
  width: Exclude<Width, "everything">;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}) => {
  const { t } = useTranslation("access");
  const [search, setSearch] = useState("");
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => treeOf(devices, width, search), [devices, width, search]);
  const held = useMemo(() => new Set(chosen), [chosen]);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  });
  return (
    <fieldset className={classes.tree}>
      <legend>{t(`tree.${width}`)}</legend>
      <SearchBox
        label={t("tree.search")}
        placeholder={t("tree.search")}
        value={search}
        hotkey={false}
        onChange={setSearch}
      />
      <div
        ref={scroller}
        className={classes.scroll}
        style={{ height: Math.min(260, Math.max(1, rows.length) * rowHeight + 8) }}
      >
        {rows.length === 0 && <p className={classes.none}>{t("tree.none")}</p>}
        <div className={classes.room} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            return row === undefined ? null : (
              <div
                key={row.key}
                className={classes.row}
                style={{ transform: `translateY(${start}px)`, paddingInlineStart: row.depth * 22 }}
              >
                <Row
                  row={row}
                  state={chosenOf(row, held)}
                  onToggle={() => onChange(toggled(row, chosen))}
                />
              </div>
            );
          })}
        </div>
      </div>
    </fieldset>
  );
};

const Row = ({
  row,
  state,
  onToggle,
}: {
  row: TreeRow;
  state: "all" | "some" | "none";
  onToggle: () => void;
}) => {
  const { i18n } = useTranslation();
  return (
    <Checkbox
      size="xs"
      checked={state === "all"}
      indeterminate={state === "some"}
      onChange={onToggle}
      label={
        <span className={classes.label}>
          <span>{row.label}</span>
          <small>{row.count === null ? row.about : formatNumber(row.count, i18n.language)}</small>
        </span>
      }
    />
  );
};
