import { anyWork, type WorkFilter, type WorkRow } from "#shared/ipc/views.ts";
import { firstOf, type OpenCore } from "./core-client.ts";

/** The work that a filter shows, as the core lists it; waits until there is some. */
export const workOf = async (
  core: OpenCore["core"],
  filter: Partial<WorkFilter>,
): Promise<WorkRow[]> => {
  const input = { filter: { ...anyWork, ...filter }, offset: 0, limit: 500 };
  const page = await firstOf(
    (signal) => core.work.watch(input, { signal }),
    ({ rows }) => rows.length > 0,
  );
  return page.rows;
};

/** The one piece of work that comes first in a filter. */
export const firstWork = async (
  core: OpenCore["core"],
  filter: Partial<WorkFilter>,
): Promise<WorkRow> => {
  const [row] = await workOf(core, filter);
  if (row === undefined) throw new Error("there is no such work");
  return row;
};
