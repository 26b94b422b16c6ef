import { z } from "zod";
import { err, ok, type Result } from "#shared/result.ts";
import type { FilesOptions } from "./blobs.ts";

/** The S3 store that the environment describes; all of it, or none. */
const Environment = z.object({
  RIVERSYNC_S3_ENDPOINT: z.url(),
  RIVERSYNC_S3_BUCKET: z.string().min(1),
  RIVERSYNC_S3_REGION: z.string().min(1).default("us-east-1"),
  RIVERSYNC_S3_ACCESS_KEY_ID: z.string().min(1),
  RIVERSYNC_S3_SECRET_ACCESS_KEY: z.string().min(1),
});

/**
 * Where attachments lie by the environment: an S3-compatible store where `RIVERSYNC_S3_ENDPOINT` is
 * set, else null. A store that is described by half is refused, with a sentence that names what lacks.
 */
export const filesFrom = (env: NodeJS.ProcessEnv): Result<FilesOptions | null, string> => {
  if (env.RIVERSYNC_S3_ENDPOINT === undefined) return ok(null);
  const parsed = Environment.safeParse(env);
  if (!parsed.success) {
    const lacking = parsed.error.issues.map((issue) => issue.path.join(".")).join(", ");
    return err(`The S3 store for attachments is not fully described: see ${lacking}.`);
  }
  const set = parsed.data;
  return ok({
    store: "s3",
    endpoint: set.RIVERSYNC_S3_ENDPOINT,
    bucket: set.RIVERSYNC_S3_BUCKET,
    region: set.RIVERSYNC_S3_REGION,
    accessKeyId: set.RIVERSYNC_S3_ACCESS_KEY_ID,
    secretAccessKey: set.RIVERSYNC_S3_SECRET_ACCESS_KEY,
  });
};
