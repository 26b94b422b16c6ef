import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import type { Screen } from "./screen.ts";
import type { World } from "./world.ts";

/**
 * Makes the sign-ins of a client old, by both of those who keep when they were made: the provider
 * and the device. What goes by that time then sees it as after `minutes` of work.
 */
export const signedInLongAgo = async (
  world: World,
  screen: Screen,
  minutes: number,
): Promise<void> => {
  await screen.client.service.stop();
  const file = join(screen.client.dataFolder, "session.json");
  const kept = JSON.parse(readFileSync(file, "utf8")) as { session: { sub: string } };
  const { sub } = kept.session;
  const at = Date.now() - minutes * 60_000;
  const older = { ...kept, session: { ...kept.session, authTime: at, signedInAt: at } };
  writeFileSync(file, JSON.stringify(older));
  const provider = new BetterSqlite(join(world.serverFolder, "identity.db"));
  provider
    .prepare(
      `UPDATE oidc_records SET payload = json_set(payload, '$.authTime', ?)
       WHERE model = 'RefreshToken' AND json_extract(payload, '$.accountId') = ?`,
    )
    .run(Math.floor(at / 1000), sub);
  provider.close();
  await screen.client.start();
  await screen.page.reload();
};
