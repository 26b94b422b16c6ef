import { afterAll } from "vitest";
import { storeContract } from "./contract-suite.ts";
import { testCluster } from "./testing/cluster.ts";

const cluster = testCluster();
afterAll(() => cluster.stop());

storeContract("PostgreSQL", async () => {
  const database = await cluster.database();
  return { store: await database.open(), owner: database.owner() };
});
