import { z } from "zod";
import { type Failure, fail } from "../../failure.ts";
import { Id, Instant, Text } from "../common.ts";

/** The types of file that can be attached: photos, and papers. */
export const fileTypes = ["image/jpeg", "image/png", "image/webp", "application/pdf"] as const;

/** The most that one file may have, bytes. */
export const MAX_FILE_BYTES = 25 * 1024 * 1024;

/** The most that one visit may have. */
export const MAX_ATTACHMENTS = 40;

/** The most characters of a thumbnail as a data URL: it travels inside the record. */
export const MAX_THUMB = 16 * 1024;

/** What names a file: the SHA-256 of its bytes, in hex. Nothing else is ever made a path of. */
export const FileHash = z.string().regex(/^[0-9a-f]{64}$/);

/** A thumbnail: a small JPEG or WebP as a data URL, so that it is there with the record. */
const Thumb = z
  .string()
  .max(MAX_THUMB)
  .regex(/^data:image\/(jpeg|webp);base64,[A-Za-z0-9+/]+={0,2}$/);

/** What is said of a file by whoever adds it. Size and type are judged by {@link mayBeAttached}. */
export const attachmentFields = {
  hash: FileHash,
  name: Text(160),
  type: z.string().max(100),
  size: z.int().min(1),
  thumb: Thumb.nullable(),
  caption: Text(200).nullable(),
};

/** A file on a record: what it is, who added it and when. Its bytes travel by themselves (S13). */
export const Attachment = z.object({
  ...attachmentFields,
  by: z.object({ id: Id, name: z.string() }),
  at: Instant,
});
export type Attachment = z.infer<typeof Attachment>;

/** Whether a file of this type and size can be attached at all: null, or why not. */
export const mayBeAttached = (type: string, size: number): Failure | null => {
  if (!fileTypes.some((one) => one === type)) return fail("file-type-refused", { type });
  return size > MAX_FILE_BYTES
    ? fail("file-too-large", { limit: MAX_FILE_BYTES / 1024 / 1024 })
    : null;
};

/** The attachments of a record; records from before there were any have no such field. */
export const attachmentsOf = (data: { attachments?: Attachment[] | undefined }): Attachment[] =>
  data.attachments ?? [];

/** The hashes of the files that a record's data names, of whatever kind it is. */
export const hashesOf = (data: unknown): string[] => {
  const named = (data as { attachments?: unknown } | null)?.attachments;
  return Array.isArray(named)
    ? named.flatMap((one: { hash?: unknown }) => (typeof one.hash === "string" ? [one.hash] : []))
    : [];
};
