import rateLimit from "@fastify/rate-limit";
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { fail } from "#shared/failure.ts";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import { routes } from "#shared/sync/wire.ts";
import { isStoreAway } from "../store/store-away.ts";
import { limitAccounts } from "./account-limit.ts";
import { auditRoute } from "./audit-routes.ts";
import { deskRoute } from "./desk-route.ts";
import { filesRoute } from "./files-route.ts";
import { invitationPage } from "./invitation-page.ts";
import { liveRoute } from "./live-route.ts";
import { peopleRoutesOf } from "./people-routes.ts";
import { refuse } from "./refuse.ts";
import { repairRoutes } from "./repair-routes.ts";
import type { Services } from "./services.ts";
import { sessionRoutes } from "./session-routes.ts";
import { sound } from "./sound.ts";
import { syncRoutes } from "./sync-routes.ts";
import { wipedRoute } from "./wiped-route.ts";

/** A request that has not come whole by then is given up: a piece of a file on the slowest of lines. */
const REQUEST_MS = 120_000;

/** The sync server's HTTP application: every answer is of a wire schema, also the refusals. */
export const buildApp = async (given: Services): Promise<FastifyInstance> => {
  const services = { ...given, authenticate: limitAccounts(given) };
  const loggerInstance: FastifyBaseLogger = services.log;
  const app = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 4 * 1024 * 1024,
    trustProxy: false,
    forceCloseConnections: true,
    requestTimeout: REQUEST_MS,
    frameworkErrors: (_error, _request, reply) => {
      refuse(reply, fail("request-malformed"));
    },
  });
  await app.register(rateLimit, {
    max: services.requestsPerMinute,
    timeWindow: "1 minute",
    errorResponseBuilder: () => Object.assign(new Error("rate"), { statusCode: 429 }),
  });
  const { nonce } = services;
  if (nonce !== undefined) {
    app.addHook("onRequest", async (_request, reply) => {
      reply.header("dpop-nonce", nonce());
    });
  }
  app.addHook("preValidation", async (request, reply) => {
    const body = sound(request.body);
    const query = sound(request.query);
    if (body === null || query === null) return refuse(reply, fail("request-malformed"));
    request.body = body.value;
    request.query = query.value;
  });
  app.setErrorHandler((error: { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status === 429) return refuse(reply, fail("rate-limited"));
    if (status === 413) return refuse(reply, fail("intent-too-large"));
    if (status < 500) return refuse(reply, fail("request-malformed"));
    services.log.error({ err: error, route: request.routeOptions.url }, "request failed");
    if (isStoreAway(error)) return refuse(reply, fail("server-unreachable"));
    return refuse(reply, fail("server-failed"));
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ error: fail("request-malformed") }),
  );
  app.get(routes.health, () => ({ protocol: PROTOCOL, epoch: services.store.epoch }));
  syncRoutes(app, services);
  liveRoute(app, services);
  repairRoutes(app, services);
  deskRoute(app, services);
  wipedRoute(app, services);
  sessionRoutes(app, services);
  peopleRoutesOf(app, services);
  invitationPage(app);
  if (services.auditKey !== undefined) auditRoute(app, services, services.auditKey);
  if (services.blobs !== undefined) filesRoute(app, services, services.blobs);
  return app;
};
