import type { Kysely, Transaction } from "kysely";
import type { Viewer } from "#shared/access/viewer.ts";
import { hashesOf } from "#shared/domain/visit/attachment.ts";
import type { Database } from "../store/schema.ts";

/** A file as it is known: whoever handed it in, it is `hash` that says which bytes it has. */
export interface KnownFile {
  size: number;
  type: string;
}

/** Notes that someone of a tenant handed a file in, whole and verified. */
export const noteFile = async (
  db: Kysely<Database>,
  file: KnownFile & { hash: string; by: Pick<Viewer, "accountId" | "tenant"> },
  at: string,
): Promise<void> => {
  await db
    .insertInto("file")
    .values({
      hash: file.hash,
      tenant_id: file.by.tenant.id,
      size: file.size,
      type: file.type,
      created_at: at,
      created_by: file.by.accountId,
    })
    .onConflict((c) => c.columns(["hash", "tenant_id"]).doNothing())
    .execute();
};

/** The file that someone of this tenant has handed in. */
export const handedIn = (
  db: Kysely<Database>,
  hash: string,
  tenantId: string,
): Promise<KnownFile | undefined> =>
  db
    .selectFrom("file")
    .select(["size", "type"])
    .where("hash", "=", hash)
    .where("tenant_id", "=", tenantId)
    .executeTakeFirst();

/**
 * The file, where the lens shows a record now that names it; undefined where there is no such file
 * or no such record, which nobody can tell apart. To know a hash is not enough, even for whoever can
 * write it into a record: its bytes must have come from the tenant whose record it is.
 */
export const readableFile = async (
  db: Kysely<Database>,
  lensId: string,
  hash: string,
  at: string,
): Promise<KnownFile | undefined> => {
  const rows = await db
    .selectFrom("file_ref")
    .innerJoin("feed", "feed.record_id", "file_ref.record_id")
    .innerJoin("file", (join) =>
      join
        .onRef("file.hash", "=", "file_ref.hash")
        .onRef("file.tenant_id", "=", "file_ref.tenant_id"),
    )
    .select(["file.size as size", "file.type as type", "feed.doc as doc"])
    .where("file_ref.hash", "=", hash)
    .where("feed.lens_id", "=", lensId)
    .where("feed.doc", "is not", null)
    .where((w) => w.or([w("feed.until", "is", null), w("feed.until", ">", at)]))
    .execute();
  const row = rows.find(({ doc }) => hashesOf(JSON.parse(doc ?? "null")).includes(hash));
  return row && { size: row.size, type: row.type };
};

/**
 * Keeps the index of which record names which files, in the transaction that writes the record. Costs
 * nothing where a record has never had any.
 */
export const writeFileRefs = async (
  tx: Transaction<Database>,
  record: { id: string; data: unknown },
): Promise<void> => {
  const data = record.data as { attachments?: unknown; partnerId?: string } | null;
  if (data?.attachments === undefined) return;
  await tx.deleteFrom("file_ref").where("record_id", "=", record.id).execute();
  const hashes = hashesOf(data);
  if (hashes.length === 0) return;
  await tx
    .insertInto("file_ref")
    .values(hashes.map((hash) => ({ record_id: record.id, hash, tenant_id: data.partnerId ?? "" })))
    .execute();
};
