import { IconAlertTriangle, IconCheck, IconClockUp, IconUpload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { FileView } from "#shared/ipc/views.ts";
import { useViewer } from "../../../../../data/session.ts";
import classes from "./attachments.module.css";

const icons = {
  waiting: IconClockUp,
  sending: IconUpload,
  sent: IconCheck,
  fetching: IconUpload,
  failed: IconAlertTriangle,
} as const;

/** How far an attachment of one's own has come on its way to everyone. */
export const FileState = ({ by, view }: { by: { id: string }; view: FileView | undefined }) => {
  const { t } = useTranslation("work");
  const own = by.id === useViewer().accountId;
  if (view === undefined || view.state === "fetching" || !own) return null;
  const Glyph = icons[view.state];
  const percent = Math.round((view.progress ?? 0) * 100);
  return (
    <span className={classes.fileState} data-state={view.state}>
      <Glyph size={13} stroke={1.9} aria-hidden="true" />
      {t(`files.state.${view.state}`, { percent })}
    </span>
  );
};
