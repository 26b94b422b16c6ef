import { ActionIcon, TextInput, Tooltip } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { mayBeAttached } from "#shared/domain/visit/attachment.ts";
import type { Failure } from "#shared/failure.ts";
import { useFileActs } from "../../../../../data/use-files.ts";
import { FailureNotice } from "../../../../../ui/failure-notice.tsx";
import { FormPanel } from "../form-panel.tsx";
import classes from "./attachments.module.css";
import { formatBytes } from "./bytes.ts";
import { thumbOf } from "./thumb.ts";
import { Thumb } from "./tile.tsx";

/** A file that was chosen and is not attached yet; `key` tells two of one name apart. */
export interface Chosen {
  key: string;
  file: File;
}

/** What was chosen, each with room for what it shows; attached at once when it is sent. */
export const AddForm = ({
  visitId,
  chosen,
  onDrop,
  onClose,
}: {
  visitId: string;
  chosen: readonly Chosen[];
  /** One of them is attached, or not wanted after all. */
  onDrop: (key: string) => void;
  onClose: () => void;
}) => {
  const { t, i18n } = useTranslation("work");
  const { attach } = useFileActs();
  const [captions, setCaptions] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const thumbs = useThumbs(chosen);
  const refused = chosen.map(({ file }) => mayBeAttached(file.type, file.size)).find(Boolean);
  const submit = async () => {
    setBusy(true);
    setFailure(null);
    for (const { key, file } of chosen) {
      const caption = captions[key]?.trim() || null;
      const refusal = await attach(visitId, { file, thumb: await thumbOf(file), caption });
      if (refusal !== null) {
        setFailure(refusal);
        break;
      }
      onDrop(key);
    }
    setBusy(false);
  };
  return (
    <FormPanel
      label={t("files.adding")}
      submit={t("files.attach", { count: chosen.length })}
      ready={refused === undefined}
      busy={busy}
      failure={failure}
      onSubmit={() => void submit()}
      onCancel={onClose}
    >
      <ul className={classes.chosen}>
        {chosen.map(({ key, file }) => {
          const unfit = mayBeAttached(file.type, file.size);
          return (
            <li key={key}>
              <Thumb type={file.type} thumb={thumbs[key] ?? null} />
              <div className={classes.words}>
                <TextInput
                  size="sm"
                  label={t("files.caption")}
                  placeholder={t("files.captionHint")}
                  maxLength={200}
                  value={captions[key] ?? ""}
                  onChange={(event) => {
                    const { value } = event.currentTarget;
                    setCaptions((all) => ({ ...all, [key]: value }));
                  }}
                />
                <span className={classes.meta}>
                  {file.name} · {formatBytes(file.size, i18n.language)}
                </span>
                {unfit !== null && <FailureNotice failure={unfit} plain />}
              </div>
              <Tooltip label={t("files.leaveOut")}>
                <ActionIcon
                  aria-label={`${t("files.leaveOut")}: ${file.name}`}
                  onClick={() => onDrop(key)}
                >
                  <IconX size={16} stroke={1.8} />
                </ActionIcon>
              </Tooltip>
            </li>
          );
        })}
      </ul>
    </FormPanel>
  );
};

/** The thumbnails of what was chosen, each once it is made. */
const useThumbs = (chosen: readonly Chosen[]): Record<string, string | null> => {
  const [thumbs, setThumbs] = useState<Record<string, string | null>>({});
  useEffect(() => {
    let left = false;
    for (const { key, file } of chosen) {
      void thumbOf(file).then((thumb) => {
        if (!left) setThumbs((all) => ({ ...all, [key]: thumb }));
      });
    }
    return () => {
      left = true;
    };
  }, [chosen]);
  return thumbs;
};
