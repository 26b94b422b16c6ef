import { afterAll, beforeAll } from "vitest";
import { testCluster } from "#server/store/testing/cluster.ts";
import { fuzz } from "./fuzzing.ts";
import { openStage, type Stage } from "./stage.ts";

/** What SQLite takes and PostgreSQL does not (U+0000, numbers beyond an integer) must fail nowhere. */
const cluster = testCluster();
let stage: Stage;
beforeAll(async () => {
  stage = await openStage(async () => {
    const store = await (await cluster.database()).open();
    return { store, remove: () => store.close() };
  });
});
afterAll(async () => {
  await stage?.close();
  await cluster.stop();
});

fuzz(() => stage, 1);
