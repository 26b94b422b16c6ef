import type { FastifyInstance, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { Viewer } from "#shared/access/viewer.ts";
import type { ExportHeader } from "#shared/audit/export.ts";
import type { SigningKey } from "#shared/audit/head.ts";
import { consistencyProof, inclusionProof } from "#shared/audit/subtrees.ts";
import {
  auditRoutes,
  ConsistencyRequest,
  ExportRequest,
  HeadRequest,
  type HeadResponse,
  InclusionRequest,
  LogRequest,
  type ProofResponse,
  ReceiptsRequest,
  type ReceiptsResponse,
} from "#shared/audit/wire.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { asJsonLines, asTable } from "../audit/export.ts";
import { publicKeys, signedHead } from "../audit/heads.ts";
import { mayReadLog } from "../audit/readers.ts";
import { receiptsOf } from "../audit/receipts.ts";
import { searchLog } from "../audit/search.ts";
import { nodesOf, treeOf } from "../audit/tree.ts";
import { calledBy } from "./caller.ts";
import { refuse } from "./refuse.ts";
import type { Services } from "./services.ts";

/** What is asked of a log that the caller may read. */
interface Asked<T> {
  viewer: Viewer;
  log: string;
  query: T;
}

/** The audit log, its heads and proofs, and receipts out of it (PRT-4). */
export const auditRoute = (app: FastifyInstance, services: Services, key: SigningKey): void => {
  const { store, now } = services;
  const asked = async <T extends { log?: string | undefined }>(
    request: FastifyRequest,
    schema: z.ZodType<T>,
  ): Promise<Result<Asked<T>, Failure>> => {
    const called = await calledBy(services, request);
    if (!called.ok) return called;
    const query = schema.safeParse(request.query);
    if (!query.success) return err(fail("request-malformed"));
    const { viewer } = called.value;
    const log = query.data.log ?? viewer.tenant.id;
    const may = mayReadLog(viewer, log);
    return may.ok ? ok({ viewer, log, query: query.data }) : may;
  };

  app.get(auditRoutes.keys, () => publicKeys(key));

  app.get(auditRoutes.log, async (request, reply) => {
    const question = await asked(request, LogRequest);
    if (!question.ok) return refuse(reply, question.error);
    const { viewer, log, query } = question.value;
    return store.reading(log, (tx) => searchLog(tx, viewer, log, query));
  });

  app.get(auditRoutes.head, async (request, reply) => {
    const question = await asked(request, HeadRequest);
    if (!question.ok) return refuse(reply, question.error);
    const { jws } = await signedHead(store.db, key, question.value.log, now());
    const answer: HeadResponse = { head: jws };
    return answer;
  });

  app.get(auditRoutes.consistency, async (request, reply) => {
    const question = await asked(request, ConsistencyRequest);
    if (!question.ok) return refuse(reply, question.error);
    const { log, query } = question.value;
    const { from, to } = query;
    const proof = await store.reading(log, async (tx) =>
      from > to || to > (await treeOf(tx, log)).size
        ? null
        : consistencyProof(from, to, nodesOf(tx, log)),
    );
    if (proof === null) return refuse(reply, fail("request-malformed"));
    const answer: ProofResponse = { proof };
    return answer;
  });

  app.get(auditRoutes.inclusion, async (request, reply) => {
    const question = await asked(request, InclusionRequest);
    if (!question.ok) return refuse(reply, question.error);
    const { log, query } = question.value;
    const { seq, size } = query;
    const proof = await store.reading(log, async (tx) =>
      seq > size || size > (await treeOf(tx, log)).size
        ? null
        : inclusionProof(seq - 1, size, nodesOf(tx, log)),
    );
    if (proof === null) return refuse(reply, fail("request-malformed"));
    const answer: ProofResponse = { proof };
    return answer;
  });

  app.post(auditRoutes.receipts, async (request, reply) => {
    const called = await calledBy(services, request);
    if (!called.ok) return refuse(reply, called.error);
    const body = ReceiptsRequest.safeParse(request.body);
    if (!body.success) return refuse(reply, fail("request-malformed"));
    const { viewer } = called.value;
    const receipts = await receiptsOf(store.db, key, viewer, body.data.intentIds, now());
    const answer: ReceiptsResponse = { receipts };
    return answer;
  });

  app.get(auditRoutes.export, { exposeHeadRoute: false }, async (request, reply) => {
    const question = await asked(request, ExportRequest);
    if (!question.ok) return refuse(reply, question.error);
    const { viewer, log, query } = question.value;
    const { head, jws } = await signedHead(store.db, key, log, now());
    const name = `audit-log-${head.size}.${query.format}`;
    reply.headers({
      "cache-control": "no-store",
      "content-disposition": `attachment; filename="${name}"`,
    });
    if (query.format === "csv") {
      return reply.type("text/csv; charset=utf-8").send(asTable(store, viewer, log, head.size));
    }
    const header: ExportHeader = {
      ...{ format: "riversync-audit-log", version: 1, log, head: jws, keys: publicKeys(key) },
    };
    return reply.type("application/x-ndjson").send(asJsonLines(store, viewer, header, head.size));
  });
};
