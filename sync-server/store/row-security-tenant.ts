import { randomBytes } from "node:crypto";
import { type Kysely, type RawBuilder, sql } from "kysely";
import { sha256 } from "./canonical.ts";
import type { Database } from "./schema.ts";

/** The setting that says, for one transaction, on behalf of which tenant it reads, and proves it. */
export const TENANT = "riversync.tenant";

/** The SQL of the tenant that is read for; null where nobody has said so, or without the proof. */
export const TENANT_READ_FOR = "riversync_tenant()";

/** Where the secret is kept; the reader has no right to it. */
const KEY = "tenant-secret";

/**
 * What {@link TENANT} is set to, so that the database believes it: any statement can set a setting,
 * also one that somebody smuggled into a query, but only the server knows the secret.
 */
export const provenTenant = (secret: string, tenantId: string): string =>
  `${sha256(`${secret}${tenantId}${secret}`)}${tenantId}`;

/** The statement that makes {@link TENANT_READ_FOR}. It looks the secret up with its owner's right. */
export const tenantFunction = (): RawBuilder<unknown> =>
  sql.raw(`
    CREATE OR REPLACE FUNCTION ${TENANT_READ_FOR} RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
      SELECT nullif(tenant, '') FROM
        (SELECT current_setting('${TENANT}', true)) AS s (said),
        substr(said, 65) AS t (tenant),
        (SELECT value FROM public.meta WHERE key = '${KEY}') AS m (secret)
      WHERE left(said, 64) = encode(sha256(convert_to(secret || tenant || secret, 'UTF8')), 'hex')
    $$`);

/** The secret of a store, made when it is asked for first. */
export const tenantSecret = async (owner: Kysely<Database>): Promise<string> => {
  await owner
    .insertInto("meta")
    .values({ key: KEY, value: randomBytes(32).toString("hex") })
    .onConflict((c) => c.column("key").doNothing())
    .execute();
  const kept = owner.selectFrom("meta").select("value").where("key", "=", KEY);
  return (await kept.executeTakeFirstOrThrow()).value;
};
