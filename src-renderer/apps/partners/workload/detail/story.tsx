import { useTranslation } from "react-i18next";
import type { Note } from "#shared/domain/common.ts";
import type { Intent } from "#shared/domain/intent.ts";
import { RelativeTime } from "../../../../ui/relative-time.tsx";
import { Section } from "../../../../ui/section.tsx";
import { Prose } from "./parts.tsx";
import classes from "./story.module.css";

/** Something that happened: an event in words, or a note with its author. */
export interface StoryEntry {
  id: string;
  at: string;
  title: string;
  text: string | null;
  waiting: boolean;
}

/** Events and notes in the order they happened, the latest first; what has not happened falls out. */
export const storyOf = (
  events: readonly { title: string; at: string | null; text?: string | null }[],
  notes: readonly Note[],
  pending: readonly Intent[],
): StoryEntry[] => {
  const waiting = new Set(pending.map((intent) => intent.id));
  const happened = events.flatMap(({ title, at, text }) =>
    at === null ? [] : [{ id: `${title}@${at}`, at, title, text: text || null, waiting: false }],
  );
  const said = notes.map((note) => ({
    id: note.id,
    at: note.at,
    title: note.authorName,
    text: note.text,
    waiting: waiting.has(note.id),
  }));
  return [...happened, ...said].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
};

/** What has happened so far, the latest first. */
export const Story = ({ entries }: { entries: readonly StoryEntry[] }) => {
  const { t } = useTranslation("work");
  return (
    <Section title={t("story.title")}>
      <ol className={classes.story}>
        {entries.map((entry) => (
          <li key={entry.id} className={classes.entry} data-note={entry.text !== null || undefined}>
            <div className={classes.line}>
              <span className={classes.what}>{entry.title}</span>
              <span className={classes.when}>
                <RelativeTime at={entry.at} />
                {entry.waiting && <span className={classes.waiting}>{t("story.waiting")}</span>}
              </span>
            </div>
            {entry.text !== null && <Prose>{entry.text}</Prose>}
          </li>
        ))}
      </ol>
    </Section>
  );
};
