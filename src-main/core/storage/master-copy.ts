/** How RxDB titles the schema of the metadata it keeps of a replication. */
const REPLICATION_METADATA = "RxReplicationProtocolMetaData";

/** Whether a collection holds RxDB's own metadata of a replication. */
export const isReplicationMetadata = (schema: { title?: string }): boolean =>
  schema.title === REPLICATION_METADATA;

/** What of a document's master state has to be kept, for the conflict handler to tell it from another. */
export type KeepOfMaster = (master: object) => object;

/**
 * RxDB keeps a whole second copy of each document in its replication metadata, only to compare it
 * later. This keeps of it what the comparison needs: half the bytes of a first sync, and no second
 * copy to be erased when the first one is (S9).
 */
export const thinMetadata =
  (keep: KeepOfMaster) =>
  (document: object): object => {
    const { docData } = document as { docData?: { id?: unknown } };
    return docData?.id === undefined ? document : { ...document, docData: keep(docData) };
  };
