import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ask } from "#shared/access/layers.ts";
import type { Viewer } from "#shared/access/viewer.ts";
import { FileHash } from "#shared/domain/visit/attachment.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { blobRoute } from "#shared/sync/files.ts";
import { routes } from "#shared/sync/wire.ts";
import type { Blobs } from "../files/blobs.ts";
import { fileStatusOf } from "../files/file-status.ts";
import { handedIn, readableFile } from "../files/file-table.ts";
import { spanOf } from "../files/range.ts";
import { createUploads } from "../files/uploads.ts";
import { openLens } from "../sync/lens.ts";
import { heardFrom, readerOf } from "./caller.ts";
import { refuse } from "./refuse.ts";
import type { Services } from "./services.ts";

const HOURLY = 3_600_000;

/**
 * Attachments (S13). Uploads by tus under `/files`, for whoever may push; the bytes of a file under
 * `/files/blob/<hash>`, for whoever is shown a record that names it. What may not be seen and what
 * does not exist get one and the same answer.
 */
export const filesRoute = (app: FastifyInstance, services: Services, blobs: Blobs): void => {
  const { store, now, log } = services;
  const uploads = createUploads(blobs, store.db, now);

  const forget = () =>
    uploads
      .forgetUnfinished()
      .catch((error: unknown) =>
        log.error({ err: error }, "unfinished uploads were not forgotten"),
      );
  const timer = setInterval(() => void forget(), HOURLY);
  timer.unref();
  app.addHook("onReady", async () => void forget());
  app.addHook("onClose", async () => clearInterval(timer));

  /** Who may hand files in: as with changes, also who has been suspended since (S9). */
  const sender = async (request: FastifyRequest): Promise<Result<Viewer, Failure>> => {
    const called = await heardFrom(services, request);
    if (!called.ok) return called;
    const { viewer } = called.value;
    const refused = ask.entitlement(viewer, { app: "partners" });
    return refused === null ? ok(viewer) : err(refused);
  };

  app.register(async (scope) => {
    // The bytes are tus's to read, as they come.
    scope.addContentTypeParser("application/offset+octet-stream", (_request, _payload, done) =>
      done(null),
    );
    const takeUp = async (request: FastifyRequest, reply: FastifyReply) => {
      const viewer = await sender(request);
      if (!viewer.ok) return refuse(reply, viewer.error);
      reply.hijack();
      await uploads.handle(viewer.value, request.raw, reply.raw);
    };
    scope.route({ method: "POST", url: routes.files, handler: takeUp });
    scope.route({ method: ["HEAD", "PATCH"], url: `${routes.files}/:upload`, handler: takeUp });
  });

  const url = blobRoute(":hash");
  const hashIn = (request: FastifyRequest) => {
    const hash = FileHash.safeParse((request.params as { hash?: string }).hash);
    return hash.success ? hash.data : null;
  };
  const refuseFile = (reply: FastifyReply) =>
    reply.code(fileStatusOf(fail("file-unknown"))).send({ error: fail("file-unknown") });

  // Whether what was handed in is here: an upload whose last answer was lost is not made again.
  app.head(url, async (request, reply) => {
    const viewer = await sender(request);
    if (!viewer.ok) return refuse(reply, viewer.error);
    const hash = hashIn(request);
    const { id } = viewer.value.tenant;
    const file = hash && (await store.reading(id, (tx) => handedIn(tx, hash, id)));
    return file ? reply.code(200).header("content-length", file.size).send() : refuseFile(reply);
  });

  app.get(url, { exposeHeadRoute: false }, async (request, reply) => {
    const reader = await readerOf(services, request);
    if (!reader.ok) return refuse(reply, reader.error);
    const hash = hashIn(request);
    if (hash === null) return refuseFile(reply);
    const { viewer } = reader.value;
    const lens = await openLens(store.db, viewer, now());
    const file = await store.reading(viewer.tenant.id, (tx) =>
      readableFile(tx, lens.id, hash, now()),
    );
    if (file === undefined) return refuseFile(reply);
    const etag = `"${hash}"`;
    reply.headers({
      etag,
      "accept-ranges": "bytes",
      "cache-control": "private, no-cache",
      "x-content-type-options": "nosniff",
      "content-disposition": "attachment",
    });
    if (request.headers["if-none-match"] === etag) return reply.code(304).send();
    const span = spanOf(request.headers.range, file.size);
    if (span === "unsatisfiable") {
      return reply.code(416).header("content-range", `bytes */${file.size}`).send();
    }
    const { start, end } = span ?? { start: 0, end: file.size - 1 };
    if (span !== null) {
      reply.code(206).header("content-range", `bytes ${start}-${end}/${file.size}`);
    }
    return reply
      .type(file.type)
      .header("content-length", end - start + 1)
      .send(await blobs.bytes(hash, start, end));
  });
};
