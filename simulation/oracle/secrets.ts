import { wordsIn } from "../world/canary.ts";
import type { Journal } from "../world/journal.ts";
import type { Seen } from "./model.ts";
import { wordsOf } from "./model.ts";

/**
 * The words in a text that a user may not see, looking at these views of theirs: an id that stands
 * in nothing they see, or a canary of records of which they see none. `own` are words they wrote.
 */
export const leaksIn = (
  text: string,
  views: Map<string, Seen>[],
  journal: Journal,
  own: ReadonlySet<string>,
): string[] => {
  return [...wordsIn(text)].filter((word) => {
    const owners = journal.owners.get(word);
    if (owners === undefined || own.has(word)) return false;
    if (views.some((view) => wordsOf(view).has(word))) return false;
    if (!word.startsWith("cy")) return true;
    return ![...owners].some((record) => views.some((view) => view.has(record)));
  });
};
