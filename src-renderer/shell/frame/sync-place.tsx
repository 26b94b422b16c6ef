import { Popover, Progress, UnstyledButton } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SyncStatus } from "#shared/ipc/views.ts";
import { useSyncStatus } from "../../data/sync.ts";
import classes from "./sync.module.css";
import { SyncDetails } from "./sync-details.tsx";
import { type SyncTone, syncTone, syncWords } from "./sync-words.ts";
import { useSettled } from "./use-settled.ts";

/** The one quiet place where sync is said; more on a click. */
export const SyncPlace = () => {
  const { t, i18n } = useTranslation("shell");
  const status = useSettled(useSyncStatus());
  const [open, setOpen] = useState(false);
  // Escape closes it wherever the focus is: a button that is at work gives it up.
  useHotkeys([["Escape", () => setOpen(false), { preventDefault: false }]]);
  if (status === null) return null;
  const words = syncWords(status, t, i18n.language);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={320} trapFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.place}
          data-tone={syncTone(status)}
          onClick={() => setOpen((is) => !is)}
          aria-label={t("sync.label", { words })}
          data-testid="sync-status"
        >
          <Glyph status={status} />
          <span className={classes.words} role="status">
            {words}
          </span>
          {status.phase === "first-sync" && (
            <Progress
              value={100 * (status.progress ?? 1)}
              animated
              size={3}
              className={classes.bar}
              aria-hidden="true"
            />
          )}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <SyncDetails status={status} onLeave={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
};

const shapes: Record<SyncTone, string> = {
  calm: "M2.5 6.3 5 8.8l4.8-5.2",
  busy: "M6 1.5v6M3.4 5 6 7.6 8.6 5M2 10.5h8",
  away: "M2 2l8 8M3 8.5h5.2a2.1 2.1 0 0 0 1.2-3.8M4.6 3A3 3 0 0 1 9 4.6",
  alert: "M6 1.8v5.1M6 9.6v.3",
};

/** A shape for each tone, so that colour is not all there is. */
const Glyph = ({ status }: { status: SyncStatus }) => (
  <svg viewBox="0 0 12 12" className={classes.glyph} aria-hidden="true">
    <path d={shapes[syncTone(status)]} />
  </svg>
);
