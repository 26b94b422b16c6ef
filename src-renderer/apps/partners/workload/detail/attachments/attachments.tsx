import { Button, FileButton } from "@mantine/core";
import { IconCamera, IconPaperclip } from "@tabler/icons-react";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { attachmentsOf, fileTypes } from "#shared/domain/visit/attachment.ts";
import { type Visit, visitOpen } from "#shared/domain/visit/visit.ts";
import { useViewer } from "../../../../../data/session.ts";
import { useFileViews } from "../../../../../data/use-files.ts";
import { Section } from "../../../../../ui/section.tsx";
import { Quiet } from "../parts.tsx";
import { permitted } from "../permitted.ts";
import { useRefusals } from "../use-refusals.ts";
import { AddForm, type Chosen } from "./add-form.tsx";
import classes from "./attachments.module.css";
import { Tile } from "./tile.tsx";
import { useIncoming } from "./use-incoming.ts";
import { FileViewer } from "./viewer.tsx";

/** Stands for whatever file it will be. */
const probe = {
  hash: "0".repeat(64),
  name: "?",
  type: "image/jpeg",
  size: 1,
  thumb: null,
  caption: null,
};

/** The photos and papers of a visit (S13): added by its assignee, seen by everyone who sees it. */
export const Attachments = ({ visit, stamp }: { visit: Visit; stamp: string }) => {
  const { t } = useTranslation("work");
  const viewer = useViewer();
  const views = useFileViews();
  const [chosen, setChosen] = useState<readonly Chosen[]>([]);
  const [shown, setShown] = useState<string | null>(null);
  const refusals = useRefusals([{ type: "visit.attach", targetId: visit.id, probe }], stamp);
  const open = visitOpen.some((state) => state === visit.status);
  const may = open && permitted(viewer, "visit.attach") && refusals["visit.attach"] === null;
  const take = useCallback((files: readonly File[]) => {
    const fresh = files.map((file) => ({ key: crypto.randomUUID(), file }));
    setChosen((before) => [...before, ...fresh]);
  }, []);
  const { over, zone } = useIncoming(may, take);

  const list = attachmentsOf(visit);
  if (list.length === 0 && !may) return null;
  const at = list.findIndex((one) => one.hash === shown);
  const current = list[at];
  const step = (by: -1 | 1) => setShown(list[(at + by + list.length) % list.length]?.hash ?? null);
  return (
    <Section title={t("files.title")} aside={list.length > 0 ? list.length : undefined}>
      <div className={classes.place} data-over={over || undefined} {...zone}>
        {list.length > 0 && (
          <ul className={classes.grid}>
            {list.map((one) => (
              <li key={one.hash}>
                <Tile
                  attachment={one}
                  view={views.get(one.hash)}
                  onOpen={() => setShown(one.hash)}
                />
              </li>
            ))}
          </ul>
        )}
        {may && chosen.length === 0 && <Add take={take} first={list.length === 0} />}
        {may && chosen.length > 0 && (
          <AddForm
            visitId={visit.id}
            chosen={chosen}
            onDrop={(key) => setChosen((all) => all.filter((one) => one.key !== key))}
            onClose={() => setChosen([])}
          />
        )}
      </div>
      {current !== undefined && (
        <FileViewer
          visitId={visit.id}
          attachment={current}
          view={views.get(current.hash)}
          mayRemove={open && current.by.id === viewer.accountId}
          step={list.length > 1 ? step : null}
          onClose={() => setShown(null)}
        />
      )}
    </Section>
  );
};

const Add = ({ take, first }: { take: (files: readonly File[]) => void; first: boolean }) => {
  const { t } = useTranslation("work");
  return (
    <div className={classes.add}>
      <FileButton
        accept="image/*"
        capture="environment"
        onChange={(file) => file !== null && take([file])}
      >
        {(props) => (
          <Button
            {...props}
            className={classes.camera}
            leftSection={<IconCamera size={16} stroke={1.7} />}
          >
            {t("files.camera")}
          </Button>
        )}
      </FileButton>
      <FileButton multiple accept={fileTypes.join(",")} onChange={take}>
        {(props) => (
          <Button
            {...props}
            variant="default"
            leftSection={<IconPaperclip size={16} stroke={1.7} />}
          >
            {t("files.add")}
          </Button>
        )}
      </FileButton>
      <Quiet>{t(first ? "files.none" : "files.hint")}</Quiet>
    </div>
  );
};
