import rateLimit from "@fastify/rate-limit";
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  LogController,
} from "fastify";
import type { Logger } from "pino";
import { type Failure, fail } from "#shared/failure.ts";
import type { Result } from "#shared/result.ts";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import { routes } from "#shared/sync/wire.ts";
import type { Store } from "../store/store.ts";
import { liveRoute } from "./live-route.ts";
import { syncRoutes } from "./sync-routes.ts";

/** Which account a request speaks for, as its token proves. */
export interface Caller {
  sub: string;
  tenant: string;
  /** When the token ends, ms since the epoch. */
  expiresAt: number;
}

/** What the HTTP side stands on. `now` is the server's clock, ISO. */
export interface Services {
  store: Store;
  log: Logger;
  authenticate(authorization: string | undefined): Promise<Result<Caller, Failure>>;
  now(): string;
  /** Requests an address may make in a minute. */
  requestsPerMinute: number;
}

/** The HTTP status of a refusal of a whole request. */
const statusOf = (failure: Failure): number => {
  if (failure.layer === "identity") return 401;
  if (failure.code === "client-outdated") return 426;
  if (failure.code === "rate-limited") return 429;
  if (failure.code === "intent-too-large") return 413;
  if (failure.layer === "schema") return 400;
  return failure.layer === "storage" || failure.code === "server-failed" ? 503 : 403;
};

/** Answers with a refusal of the whole request. */
export const refuse = (reply: FastifyReply, failure: Failure): FastifyReply =>
  reply.code(statusOf(failure)).send({ error: failure });

/** The sync server's HTTP application: every answer is of a wire schema, also the refusals. */
export const buildApp = async (services: Services): Promise<FastifyInstance> => {
  const loggerInstance: FastifyBaseLogger = services.log;
  const app = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 4 * 1024 * 1024,
    trustProxy: false,
    forceCloseConnections: true,
  });
  await app.register(rateLimit, {
    max: services.requestsPerMinute,
    timeWindow: "1 minute",
    errorResponseBuilder: () => Object.assign(new Error("rate"), { statusCode: 429 }),
  });
  app.setErrorHandler((error: { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status === 429) return refuse(reply, fail("rate-limited"));
    if (status === 413) return refuse(reply, fail("intent-too-large"));
    if (status < 500) return refuse(reply, fail("request-malformed"));
    services.log.error({ err: error, route: request.routeOptions.url }, "request failed");
    return refuse(reply, fail("server-failed"));
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ error: fail("request-malformed") }),
  );
  app.get(routes.health, () => ({ protocol: PROTOCOL, epoch: services.store.epoch }));
  syncRoutes(app, services);
  liveRoute(app, services);
  return app;
};
