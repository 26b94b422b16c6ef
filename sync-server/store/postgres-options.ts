import { z } from "zod";
import { err, ok, type Result } from "#shared/result.ts";
import { derivedUrls, type PostgresUrls } from "./postgres-logins.ts";

const Address = z.url({ protocol: /^postgres(ql)?$/ });

const Environment = z.object({
  RIVERSYNC_DATABASE_URL: Address,
  RIVERSYNC_DATABASE_ENGINE_URL: Address.optional(),
  RIVERSYNC_DATABASE_READER_URL: Address.optional(),
});

/**
 * The PostgreSQL database by the environment, `owner` before it where it is given; null where neither
 * says any. The engine's and the reader's address are both given, or both made from the owner's.
 * Refuses with a sentence, which holds no address: there are passwords in them.
 */
export const databaseFrom = (
  env: NodeJS.ProcessEnv,
  owner = env.RIVERSYNC_DATABASE_URL,
): Result<PostgresUrls | null, string> => {
  if (owner === undefined) return ok(null);
  const parsed = Environment.safeParse({ ...env, RIVERSYNC_DATABASE_URL: owner });
  if (!parsed.success) {
    const lacking = parsed.error.issues.map((issue) => issue.path.join(".")).join(", ");
    return err(`The database is not fully described: see ${lacking}.`);
  }
  const { RIVERSYNC_DATABASE_ENGINE_URL: engine, RIVERSYNC_DATABASE_READER_URL: reader } =
    parsed.data;
  if (engine === undefined && reader === undefined) return derivedUrls(owner);
  return engine === undefined || reader === undefined
    ? err(
        "RIVERSYNC_DATABASE_ENGINE_URL and RIVERSYNC_DATABASE_READER_URL are given together, or neither.",
      )
    : ok({ owner, engine, reader });
};
