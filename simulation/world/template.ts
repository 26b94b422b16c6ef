import { openSqlite } from "#server/store/open-sqlite.ts";
import type { VirtualTime } from "../engine/time.ts";
import { seedWorld } from "./seed.ts";

/** Makes the store that every world starts with. */
export const makeTemplate = async (file: string, time: VirtualTime): Promise<void> => {
  const opened = await time.drive(openSqlite(file));
  if (!opened.ok) throw new Error(opened.error.code);
  await time.drive(seedWorld(opened.value));
  await time.drive(opened.value.close());
};
