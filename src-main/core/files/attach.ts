import { type Attachment, mayBeAttached } from "#shared/domain/visit/attachment.ts";
import type { Failure } from "#shared/failure.ts";
import { ok, type Result } from "#shared/result.ts";
import type { IntentMaker } from "../intents/make.ts";
import type { AccountFiles } from "./account-files.ts";

type Acts = Pick<IntentMaker, "make" | "check">;
type Given = Pick<Blob, "size" | "type" | "arrayBuffer">;
type Said = Pick<Attachment, "name" | "thumb" | "caption">;

/** No file has this hash: it stands for one that is not known yet. */
const SOME_HASH = "0".repeat(64);

/**
 * Attaches a file to a visit: refused by the rules before a byte is read; then the bytes, durably;
 * then the change that names them. Where that is refused after all, nothing of the file stays.
 */
export const attach = async (
  files: AccountFiles,
  maker: Acts,
  { visitId, file, ...said }: Said & { visitId: string; file: Given },
): Promise<Result<{ hash: string }, Failure>> => {
  const act = (hash: string, size: number) => ({
    type: "visit.attach",
    targetId: visitId,
    payload: { ...said, hash, type: file.type, size },
  });
  const early = mayBeAttached(file.type, file.size);
  if (early !== null) return { ok: false, error: early };
  const allowed = await maker.check(act(SOME_HASH, file.size));
  if (!allowed.ok) return allowed;
  const added = await files.add(bytesOf(file), file.type);
  if (!added.ok) return added;
  const { hash, size } = added.value;
  const made = await maker.make(act(hash, size));
  if (!made.ok) {
    await files.abandon(hash);
    return made;
  }
  files.release(hash);
  return ok({ hash });
};

async function* bytesOf(file: Given): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(await file.arrayBuffer());
}

/** Takes an attachment away, and its bytes from this device where nothing else names them. */
export const detach = async (
  files: AccountFiles,
  maker: Acts,
  { visitId, hash }: { visitId: string; hash: string },
): Promise<Result<Record<never, never>, Failure>> => {
  const made = await maker.make({ type: "visit.detach", targetId: visitId, payload: { hash } });
  if (!made.ok) return made;
  await files.abandon(hash);
  return ok({});
};
