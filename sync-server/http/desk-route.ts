import type { FastifyInstance } from "fastify";
import { homeOf } from "#shared/access/layers.ts";
import { fail } from "#shared/failure.ts";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import { DeskRequest, type DeskResponse, routes } from "#shared/sync/wire.ts";
import { noteDecisions } from "../sync/desk.ts";
import { heardFrom } from "./caller.ts";
import { refuse } from "./refuse.ts";
import type { Services } from "./services.ts";

/** What people decided on their desk (S6); told also by those who may do nothing else any more. */
export const deskRoute = (app: FastifyInstance, services: Services): void => {
  const { store, now } = services;

  app.post(routes.desk, async (request, reply) => {
    const called = await heardFrom(services, request);
    if (!called.ok) return refuse(reply, called.error);
    const body = DeskRequest.safeParse(request.body);
    if (!body.success) return refuse(reply, fail("request-malformed"));
    if (body.data.protocol > PROTOCOL) return refuse(reply, fail("client-outdated"));
    const { viewer, installation } = called.value;
    const via = { app: homeOf(viewer), installation: installation?.id ?? "", appVersion: "" };
    const noted = await noteDecisions(store, viewer, via, body.data.decisions, now());
    const answer: DeskResponse = { protocol: PROTOCOL, noted };
    return answer;
  });
};
