import type { FastifyReply } from "fastify";
import type { Failure, FailureCode } from "#shared/failure.ts";

/** The server, not the caller, is at fault. */
const down: ReadonlySet<FailureCode> = new Set<FailureCode>([
  "server-failed",
  "server-unreachable",
]);

/** The HTTP status of a refusal of a whole request. */
const statusOf = (failure: Failure): number => {
  if (failure.layer === "identity") return 401;
  if (failure.code === "client-outdated") return 426;
  if (failure.code === "rate-limited") return 429;
  if (failure.code === "intent-too-large") return 413;
  if (failure.layer === "schema") return 400;
  return failure.layer === "storage" || down.has(failure.code) ? 503 : 403;
};

/** Answers with a refusal of the whole request. */
export const refuse = (reply: FastifyReply, failure: Failure): FastifyReply =>
  reply.code(statusOf(failure)).send({ error: failure });
