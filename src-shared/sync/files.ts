import { z } from "zod";
import { FileHash } from "../domain/visit/attachment.ts";
import { routes } from "./wire.ts";

/** Where the bytes of a file are read (GET, with Range) or asked after (HEAD). */
export const blobRoute = (hash: string): string => `${routes.files}/blob/${hash}`;

/** What an upload says of itself, in the `Upload-Metadata` of its tus creation (S13). */
export const UploadMetadata = z.object({ hash: FileHash, type: z.string().max(100) });
export type UploadMetadata = z.infer<typeof UploadMetadata>;
