import { expect, test } from "vitest";
import { killRounds } from "./kill-rounds.ts";
import { Stand } from "./stand.ts";

const ROUNDS = Number(process.env.ROUNDS ?? 10);
const SEED = Number(process.env.SEED ?? Date.now() % 100_000);

test(
  `[S2] [S3] killed again and again, nothing confirmed is lost and nothing happens twice (seed ${SEED})`,
  async () => {
    const stand = await Stand.set();
    try {
      const report = await killRounds(stand, await stand.device(), { rounds: ROUNDS, seed: SEED });
      expect(report.wrong).toEqual([]);
      expect(report.refused).toBe(0);
      expect(report.confirmed).toBeGreaterThan(ROUNDS);
      expect(report.applied).toBeGreaterThanOrEqual(report.confirmed);
    } finally {
      await stand.remove();
    }
  },
  30_000 + ROUNDS * 6000,
);
