import { ActionIcon } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { IconArrowLeft } from "@tabler/icons-react";
import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./split-pane.module.css";

const NARROW = 760;
const MIN = 300;

const remembered = (key: string, otherwise: number): number => {
  const kept = Number(localStorage.getItem(`pane.${key}`));
  return Number.isFinite(kept) && kept >= MIN ? kept : otherwise;
};

/**
 * List and detail side by side, the list's width up to its reader and remembered under `id`. In a
 * narrow window one of them: the detail while there is one, with a way back.
 */
export const SplitPane = ({
  id,
  list,
  detail,
  empty,
  onBack,
  defaultWidth = 440,
}: {
  id: string;
  list: ReactNode;
  /** Null while nothing is chosen. */
  detail: ReactNode | null;
  /** Stands where the detail would, while nothing is chosen. Without it the list takes all room. */
  empty?: ReactNode;
  onBack: () => void;
  defaultWidth?: number;
}) => {
  const { t } = useTranslation("common");
  const { ref, width: room } = useElementSize();
  const [wanted, setWanted] = useState(() => remembered(id, defaultWidth));
  const narrow = room > 0 && room < NARROW;
  const width = Math.max(MIN, Math.min(wanted, Math.max(MIN, room - 380)));
  const right = detail ?? empty ?? null;

  const keep = (next: number) => {
    setWanted(next);
    localStorage.setItem(`pane.${id}`, String(Math.round(next)));
  };
  const drag = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const from = event.clientX;
    const handle = event.currentTarget;
    const move = (moved: globalThis.PointerEvent) =>
      keep(Math.max(MIN, width + moved.clientX - from));
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", () => handle.removeEventListener("pointermove", move), {
      once: true,
    });
  };
  const nudge = (event: KeyboardEvent) => {
    if (event.key === "ArrowLeft") keep(Math.max(MIN, width - 24));
    if (event.key === "ArrowRight") keep(width + 24);
  };

  return (
    <div className={classes.panes} ref={ref}>
      {(!narrow || detail === null) && (
        <div
          className={classes.list}
          data-alone={narrow || right === null || undefined}
          style={narrow || right === null ? undefined : { width }}
        >
          {list}
        </div>
      )}
      {!narrow && right !== null && (
        // biome-ignore lint/a11y/useSemanticElements: a separator that is dragged is not an <hr>.
        <div
          className={classes.handle}
          role="separator"
          aria-orientation="vertical"
          aria-label={t("pane.resize")}
          aria-valuenow={Math.round(width)}
          aria-valuemin={MIN}
          tabIndex={0}
          onPointerDown={drag}
          onKeyDown={nudge}
        />
      )}
      {(narrow ? detail : right) !== null && (
        <div className={classes.detail}>
          {narrow && (
            <div className={classes.back}>
              <ActionIcon variant="subtle" onClick={onBack} aria-label={t("pane.back")}>
                <IconArrowLeft size={18} />
              </ActionIcon>
            </div>
          )}
          {narrow ? detail : right}
        </div>
      )}
    </div>
  );
};
