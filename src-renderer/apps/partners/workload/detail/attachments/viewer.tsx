import { ActionIcon, Button, Modal, Tooltip } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconDownload, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Attachment } from "#shared/domain/visit/attachment.ts";
import type { FileView } from "#shared/ipc/views.ts";
import { useFileActs } from "../../../../../data/use-files.ts";
import { notifyFailure } from "../../../../../data/use-intent.ts";
import { RelativeTime } from "../../../../../ui/relative-time.tsx";
import classes from "./attachments.module.css";
import { formatBytes } from "./bytes.ts";
import { FileState } from "./file-state.tsx";
import { Picture } from "./picture.tsx";
import { type Shown, useFileBytes } from "./use-file-bytes.ts";

/** One attachment, as large as there is room for; arrow keys go on to its neighbours. */
export const FileViewer = ({
  visitId,
  attachment,
  view,
  mayRemove,
  step,
  onClose,
}: {
  visitId: string;
  attachment: Attachment;
  view: FileView | undefined;
  mayRemove: boolean;
  /** Goes to the one before (-1) or after (1); null where there is only this one. */
  step: ((by: -1 | 1) => void) | null;
  onClose: () => void;
}) => {
  const { t, i18n } = useTranslation("work");
  const { shown, again } = useFileBytes(attachment);
  const { caption, name, by, at, size } = attachment;
  return (
    <Modal
      opened
      onClose={onClose}
      size="min(1100px, 94vw)"
      title={<strong>{caption ?? name}</strong>}
      closeButtonProps={{ "aria-label": t("files.close") }}
      onKeyDown={(event) => {
        if (event.key === "ArrowLeft") step?.(-1);
        if (event.key === "ArrowRight") step?.(1);
      }}
    >
      <div className={classes.viewer}>
        <Picture attachment={attachment} view={view} shown={shown} again={again} />
        <div className={classes.foot}>
          <div className={classes.about}>
            <span>
              {by.name} · <RelativeTime at={at} />
            </span>
            <span className={classes.meta}>
              {name} · {formatBytes(size, i18n.language)}
              <FileState by={by} view={view} />
            </span>
          </div>
          <div className={classes.buttons}>
            {step !== null && (
              <>
                <Step label={t("files.previous")} glyph={IconChevronLeft} go={() => step(-1)} />
                <Step label={t("files.next")} glyph={IconChevronRight} go={() => step(1)} />
              </>
            )}
            <Button
              variant="default"
              leftSection={<IconDownload size={15} stroke={1.8} />}
              disabled={shown.state !== "ready"}
              onClick={() => save(shown, name)}
            >
              {t("files.save")}
            </Button>
            {mayRemove && (
              <Remove
                key={attachment.hash}
                visitId={visitId}
                hash={attachment.hash}
                onGone={onClose}
              />
            )}
          </div>
        </div>
      </div>
    </Modal>
  );
};

const Step = ({
  label,
  glyph: Glyph,
  go,
}: {
  label: string;
  glyph: typeof IconChevronLeft;
  go: () => void;
}) => (
  <Tooltip label={label}>
    <ActionIcon size="lg" aria-label={label} onClick={go}>
      <Glyph size={18} stroke={1.8} />
    </ActionIcon>
  </Tooltip>
);

/** Takes the attachment away for everyone, once the person has said so twice. */
const Remove = ({
  visitId,
  hash,
  onGone,
}: {
  visitId: string;
  hash: string;
  onGone: () => void;
}) => {
  const { t } = useTranslation(["work", "common"]);
  const { detach } = useFileActs();
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const remove = async () => {
    setBusy(true);
    const refused = await detach(visitId, hash);
    setBusy(false);
    if (refused === null) onGone();
    else notifyFailure(refused);
  };
  if (!asked) {
    return (
      <Button
        variant="subtle"
        color="red"
        leftSection={<IconTrash size={15} stroke={1.8} />}
        onClick={() => setAsked(true)}
      >
        {t("files.remove")}
      </Button>
    );
  }
  return (
    <fieldset className={classes.confirm}>
      <legend>{t("files.removeAsk")}</legend>
      <Button color="red" loading={busy} autoFocus onClick={() => void remove()}>
        {t("files.removeYes")}
      </Button>
      <Button variant="default" onClick={() => setAsked(false)}>
        {t("common:actions.cancel")}
      </Button>
    </fieldset>
  );
};

/** Hands the file to the browser's own downloads. */
const save = (shown: Shown, name: string): void => {
  if (shown.state !== "ready") return;
  const url = URL.createObjectURL(shown.bytes);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
};
