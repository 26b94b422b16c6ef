import type { FastifyReply } from "fastify";
import type { Failure, FailureCode } from "#shared/failure.ts";

/** The server, not the caller, is at fault. */
const down: ReadonlySet<FailureCode> = new Set<FailureCode>([
  "server-failed",
  "server-unreachable",
  "issuer-unreachable",
  "issuer-keys-unreachable",
]);

/** The HTTP status of a refusal of a whole request. */
const statusOf = (failure: Failure): number => {
  if (down.has(failure.code)) return 503;
  if (failure.code === "step-up-required") return 403;
  if (failure.code === "not-found") return 404;
  if (failure.layer === "identity") return 401;
  if (failure.code === "client-outdated") return 426;
  if (failure.code === "rate-limited") return 429;
  if (failure.code === "intent-too-large") return 413;
  if (failure.layer === "schema") return 400;
  return failure.layer === "storage" ? 503 : 403;
};

/** Refusals that another access token may settle. */
const ofToken: ReadonlySet<FailureCode> = new Set<FailureCode>([
  "token-rejected",
  "token-expired",
  "token-key-unknown",
  "token-not-bound",
  "token-wrong-audience",
]);

/** What a client can do about a refusal (RFC 6750, section 3; RFC 9449, sections 7.1 and 9). */
const challengeOf = ({ code, params }: Failure): string | null => {
  if (ofToken.has(code)) return 'DPoP error="invalid_token"';
  if (code !== "proof-rejected") return null;
  const nonce = params?.reason === "use_dpop_nonce";
  return `DPoP error="${nonce ? "use_dpop_nonce" : "invalid_dpop_proof"}"`;
};

/** Answers with a refusal of the whole request. */
export const refuse = (reply: FastifyReply, failure: Failure): FastifyReply => {
  const challenge = challengeOf(failure);
  if (challenge !== null) reply.header("www-authenticate", challenge);
  return reply.code(statusOf(failure)).send({ error: failure });
};
