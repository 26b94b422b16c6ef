import { sql } from "kysely";
import { afterAll, beforeAll, expect } from "vitest";
import { fuzz } from "./fuzzing.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => {
  const check = sql<{ integrity_check: string }>`PRAGMA integrity_check`;
  const { rows } = await check.execute(stage.store.db);
  await stage.close();
  expect(rows).toEqual([{ integrity_check: "ok" }]);
});

fuzz(() => stage, 2);
