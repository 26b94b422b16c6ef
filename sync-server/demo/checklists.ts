import type { ChecklistItem } from "#shared/domain/visit/visit.ts";
import type { Checklists } from "./plan.ts";
import { iso } from "./time.ts";
import { demoId } from "./world.ts";

/**
 * What is to be done on a visit, by the words of its title; the last list fits everything. `doneAt`
 * ticks the first `done` items at that time.
 */
export const checklistFor = (
  checklists: Checklists,
  visitKey: string,
  title: string,
  done: { items: number; at: number } = { items: 0, at: 0 },
): ChecklistItem[] => {
  const list = checklists.find(({ match }) => new RegExp(match, "i").test(title));
  return (list?.items ?? []).map((text, i) => ({
    id: demoId(`check:${visitKey}:${i}`),
    text: text.replace(/^!/, ""),
    required: text.startsWith("!"),
    done: i < done.items,
    doneAt: i < done.items ? iso(done.at) : null,
  }));
};
