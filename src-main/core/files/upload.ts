import { type DetailedError, type FileReader, Upload } from "tus-js-client";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { routes } from "#shared/sync/wire.ts";
import { FetchStack, NotSent } from "./fetch-stack.ts";
import type { FileServer } from "./file-server.ts";
import type { FileRow, FileTable } from "./file-table.ts";

/** What one request carries, bytes: a document never waits behind more than this. */
const PIECE_BYTES = 512 * 1024;

/** What an upload needs, and whom it tells. */
export interface UploadParts {
  table: FileTable;
  server: FileServer;
  signal: AbortSignal;
  /** Awaited before each request: documents go first. */
  quiet: () => Promise<void>;
  /** How much of it the server has, 0 to 1. */
  progress: (share: number) => void;
}

/** A file as it lies here. */
type Named = FileRow & { hash: string };

/**
 * Sends a file, going on where an earlier try ended, in this run or another. It is sent when the
 * server says that it has it, whole and verified: what the end of an upload says may have been lost,
 * or been said before the bytes were looked at.
 */
export const upload = async (file: Named, parts: UploadParts): Promise<Result<null, Failure>> => {
  const { table, server, signal } = parts;
  // A broken-off try may have been the whole of it.
  if (file.url !== null) {
    const there = await server.has(file.hash, signal);
    if (!there.ok) return there;
    if (there.value) return ok(null);
  }
  const sent = await byTus(file, parts);
  if (!sent.ok) return sent;
  const there = await server.has(file.hash, signal);
  if (!there.ok) return there;
  if (there.value) return ok(null);
  table.change(file.id, { url: null });
  return err(fail("file-damaged"));
};

const byTus = (file: Named, parts: UploadParts): Promise<Result<null, Failure>> =>
  new Promise((resolve) => {
    const { table, server, signal, quiet, progress } = parts;
    const leave = () => resolve(err(fail("server-unreachable")));
    signal.addEventListener("abort", leave, { once: true });
    const done = (result: Result<null, Failure>) => {
      signal.removeEventListener("abort", leave);
      resolve(result);
    };
    // The reader below has the bytes; what stands in their place here is never read.
    const upload = new Upload(Buffer.of(), {
      endpoint: server.url(routes.files),
      uploadUrl: file.url,
      uploadSize: file.size,
      metadata: { hash: file.hash, type: file.type },
      chunkSize: PIECE_BYTES,
      retryDelays: null,
      fingerprint: async () => file.hash,
      storeFingerprintForResuming: false,
      httpStack: new FetchStack(server, signal, quiet),
      fileReader: readerOf(table, file),
      // Kept at once: a process that is killed goes on from here.
      onUploadUrlAvailable: () => table.change(file.id, { url: upload.url }),
      onProgress: (bytes) => progress(bytes / file.size),
      onSuccess: () => done(ok(null)),
      onError: (error) => done(err(failureIn(error))),
    });
    upload.start();
  });

const readerOf = (table: FileTable, file: Named): FileReader => ({
  openFile: async () => ({
    size: file.size,
    slice: async (start, end) => ({
      value: new Blob([table.bytes(file.id, start, end)]),
      done: end >= file.size,
    }),
    close: () => {},
  }),
});

const failureIn = (error: Error | DetailedError): Failure => {
  const cause = "causingError" in error ? error.causingError : null;
  return cause instanceof NotSent ? cause.failure : fail("server-unreachable");
};
