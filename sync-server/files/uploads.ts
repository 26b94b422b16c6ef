import { AsyncLocalStorage } from "node:async_hooks";
import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { Server, type Upload } from "@tus/server";
import type { Kysely } from "kysely";
import type { Viewer } from "#shared/access/viewer.ts";
import { MAX_FILE_BYTES, mayBeAttached } from "#shared/domain/visit/attachment.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { UploadMetadata } from "#shared/sync/files.ts";
import { routes } from "#shared/sync/wire.ts";
import type { Database } from "../store/schema.ts";
import type { Blobs } from "./blobs.ts";
import { fileStatusOf } from "./file-status.ts";
import { noteFile } from "./file-table.ts";

/** Takes uploads by the tus protocol, for callers that have been proved before. */
export interface Uploads {
  /** Answers one request of `viewer`: POST, HEAD or PATCH. */
  handle(viewer: Viewer, request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Forgets uploads that nobody finished in time; how many there were. */
  forgetUnfinished(): Promise<number>;
}

/** As tus's server answers what is thrown in its hooks. */
const refusal = (failure: Failure) => ({
  status_code: fileStatusOf(failure),
  body: JSON.stringify({ error: failure }),
});

/** An upload bears who made it; nobody else is told that there is one. */
interface Borne extends UploadMetadata {
  account: string;
}

const borneBy = (upload: Upload): Borne => {
  const { hash, type, account } = upload.metadata ?? {};
  return { hash: hash ?? "", type: type ?? "", account: account ?? "" };
};

/**
 * Uploads under way lie in `blobs`, each bound to the account that began it. One that is complete is
 * verified against its hash before it is kept; one that does not fit is thrown away with
 * `file-damaged`, and nothing of it stays.
 */
export const createUploads = (blobs: Blobs, db: Kysely<Database>, now: () => string): Uploads => {
  const caller = new AsyncLocalStorage<Viewer>();
  const whoCalls = (): Viewer => {
    const viewer = caller.getStore();
    if (viewer === undefined) throw refusal(fail("token-rejected"));
    return viewer;
  };
  const tus = new Server({
    path: routes.files,
    datastore: blobs,
    relativeLocation: true,
    maxSize: MAX_FILE_BYTES,
    // Nobody comes from a page of another origin.
    allowedOrigins: () => false,
    getFileIdFromRequest: (_request, last) =>
      last !== undefined && /^[0-9a-f]{32}$/.test(last) ? last : undefined,
    onIncomingRequest: async (request, id) => {
      if (request.method === "POST") return;
      const upload = await blobs.getUpload(id);
      if (borneBy(upload).account !== whoCalls().accountId) throw refusal(fail("file-unknown"));
    },
    onUploadCreate: async (_request, upload) => {
      const said = UploadMetadata.safeParse(upload.metadata);
      if (!said.success || !upload.size) throw refusal(fail("request-malformed"));
      const refused = mayBeAttached(said.data.type, upload.size);
      if (refused !== null) throw refusal(refused);
      return { metadata: { ...said.data, account: whoCalls().accountId } };
    },
    onUploadFinish: async (_request, upload) => {
      const { hash, type } = borneBy(upload);
      const digest = createHash("sha256");
      await pipeline(await blobs.read(upload.id), digest);
      if (digest.digest("hex") !== hash) {
        await blobs.remove(upload.id);
        throw refusal(fail("file-damaged"));
      }
      await blobs.keep(upload.id, hash);
      await noteFile(db, { hash, type, size: upload.size ?? 0, by: whoCalls() }, now());
      return {};
    },
    onResponseError: (_request, error) => {
      const told = "status_code" in error ? error.status_code : 500;
      // An extension of tus that is not offered here is the caller's mistake, not ours.
      const status = told === 501 ? 400 : told;
      const ours = "body" in error && error.body.startsWith("{");
      if (ours) return undefined;
      return { ...refusal(failureOf(status)), status_code: status };
    },
  });
  return {
    handle: (viewer, request, response) => caller.run(viewer, () => tus.handle(request, response)),
    forgetUnfinished: () => tus.cleanUpExpiredUploads(),
  };
};

/** What the library refuses by itself, as a failure of ours. */
const failureOf = (status: number): Failure => {
  if (status === 404 || status === 410) return fail("file-unknown");
  if (status === 413) return fail("file-too-large", { limit: MAX_FILE_BYTES / 1024 / 1024 });
  return fail(status < 500 ? "request-malformed" : "server-failed");
};
