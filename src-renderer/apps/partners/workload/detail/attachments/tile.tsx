import { IconFileTypePdf, IconPhoto } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Attachment } from "#shared/domain/visit/attachment.ts";
import type { FileView } from "#shared/ipc/views.ts";
import { RelativeTime } from "../../../../../ui/relative-time.tsx";
import classes from "./attachments.module.css";
import { formatBytes } from "./bytes.ts";
import { FileState } from "./file-state.tsx";

/** The small picture of a file, or the sign of its type. */
export const Thumb = ({ type, thumb }: Pick<Attachment, "type" | "thumb">) => {
  const Glyph = type === "application/pdf" ? IconFileTypePdf : IconPhoto;
  return (
    <span className={classes.thumb}>
      {thumb === null ? (
        <Glyph size={34} stroke={1.2} aria-hidden="true" />
      ) : (
        <img src={thumb} alt="" />
      )}
    </span>
  );
};

/** An attachment in the grid: what it shows, who added it, and whether it has been sent. */
export const Tile = ({
  attachment,
  view,
  onOpen,
}: {
  attachment: Attachment;
  view: FileView | undefined;
  onOpen: () => void;
}) => {
  const { t, i18n } = useTranslation("work");
  const { caption, name, size, by, at } = attachment;
  return (
    <button
      type="button"
      className={classes.tile}
      onClick={onOpen}
      aria-label={t("files.open", { name: caption ?? name, by: by.name })}
    >
      <Thumb {...attachment} />
      <span className={classes.caption}>{caption ?? name}</span>
      <span className={classes.meta}>
        <span>{by.name}</span>
        <RelativeTime at={at} />
      </span>
      <span className={classes.meta}>
        {formatBytes(size, i18n.language)}
        <FileState by={by} view={view} />
      </span>
    </button>
  );
};
