import type { CategorizeBulkWriteRowsOutput } from "rxdb/plugins/core";
import { sortableText } from "./index-value.ts";
import type { SqliteDatabase } from "./sqlite-driver.ts";

type Row = { type: string; body: Buffer };

/** The attachments of one collection, as bytes beside its documents. */
export class AttachmentTable {
  readonly #db: SqliteDatabase;
  readonly #name: string;

  constructor(db: SqliteDatabase, documentTable: string) {
    this.#db = db;
    this.#name = `${documentTable}_att`;
    db.exec(`CREATE TABLE IF NOT EXISTS "${this.#name}" (doc NOT NULL, att NOT NULL, digest NOT NULL,
      type NOT NULL, body BLOB NOT NULL, PRIMARY KEY (doc, att))`);
  }

  /** Stores and removes what a bulk write asks for. `bytes` holds every blob it refers to. */
  apply<T>(write: CategorizeBulkWriteRowsOutput<T>, bytes: ReadonlyMap<Blob, Buffer>): void {
    for (const { documentId, attachmentId, attachmentData, digest } of [
      ...write.attachmentsAdd,
      ...write.attachmentsUpdate,
    ]) {
      this.#db
        .prepare(`INSERT OR REPLACE INTO "${this.#name}" VALUES (?, ?, ?, ?, ?)`)
        .run(
          sortableText(documentId),
          sortableText(attachmentId),
          digest,
          attachmentData.type,
          bytes.get(attachmentData.data),
        );
    }
    for (const { documentId, attachmentId } of write.attachmentsRemove) {
      this.#db
        .prepare(`DELETE FROM "${this.#name}" WHERE doc = ? AND att = ?`)
        .run(sortableText(documentId), sortableText(attachmentId));
    }
  }

  /** The attachment, or undefined where there is none of that digest. */
  get(documentId: string, attachmentId: string, digest: string): Blob | undefined {
    const row = this.#db
      .prepare<string[], Row>(
        `SELECT type, body FROM "${this.#name}" WHERE doc = ? AND att = ? AND digest = ?`,
      )
      .get(sortableText(documentId), sortableText(attachmentId), digest);
    return row && new Blob([new Uint8Array(row.body)], { type: row.type });
  }

  /** Removes what belongs to documents that are no longer there. */
  purge(documentTable: string): void {
    this.#db.exec(
      `DELETE FROM "${this.#name}" WHERE doc NOT IN (SELECT id FROM "${documentTable}")`,
    );
  }
}

/** Reads the blobs of a bulk write into memory, which cannot be done inside a transaction. */
export async function readBlobs(
  documents: readonly { readonly _attachments: Record<string, object> }[],
): Promise<ReadonlyMap<Blob, Buffer>> {
  const bytes = new Map<Blob, Buffer>();
  for (const document of documents) {
    for (const attachment of Object.values(document._attachments)) {
      if ("data" in attachment && attachment.data instanceof Blob) {
        bytes.set(attachment.data, Buffer.from(await attachment.data.arrayBuffer()));
      }
    }
  }
  return bytes;
}
