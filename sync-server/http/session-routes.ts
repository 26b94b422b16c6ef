import type { FastifyInstance, FastifyRequest } from "fastify";
import { requireFresh } from "#shared/access/fresh.ts";
import { Id } from "#shared/domain/common.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err, type Result } from "#shared/result.ts";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import {
  AcceptRequest,
  type DevicesResponse,
  revokeRoute,
  sessionRoutes as routes,
  type SignInDiscovery,
} from "#shared/sync/session.ts";
import { revokeInstallation } from "../access/change-account.ts";
import { devicesOf } from "../identity/devices.ts";
import { accountOfIdentity, bindIdentity } from "../identity/identities.ts";
import { endSessions } from "../identity/session-validity.ts";
import { type Called, calledBy, presentedBy } from "./caller.ts";
import { refuse } from "./refuse.ts";
import type { Services } from "./services.ts";

/** Nobody manages their session more often than this: what does is guessing. */
const rateLimit = { max: 60, timeWindow: "1 minute" };

/**
 * Whom to sign in with, and what people do about their own session (ACC-5): their devices, one of
 * which they can revoke, signing out everywhere, and accepting an invitation with an identity of
 * another issuer (ID-1).
 */
export const sessionRoutes = (app: FastifyInstance, services: Services): void => {
  const { store, now } = services;
  const config = { rateLimit };
  const done = { protocol: PROTOCOL };

  /** Who asks for what must not be done with a session left open: they have just signed in. */
  const freshlyCalledBy = async (request: FastifyRequest): Promise<Result<Called, Failure>> => {
    const called = await calledBy(services, request);
    const stale = called.ok ? requireFresh(called.value, now()) : null;
    return stale === null ? called : err(stale);
  };

  app.get(routes.discovery, { config }, async (_request, reply) => {
    if (services.signInWith === undefined) return refuse(reply, fail("not-found"));
    const answer: SignInDiscovery = { protocol: PROTOCOL, ...services.signInWith };
    return answer;
  });

  app.get(routes.devices, { config }, async (request, reply) => {
    const called = await calledBy(services, request);
    if (!called.ok) return refuse(reply, called.error);
    const { viewer, installation } = called.value;
    const devices = await store.reading(viewer.tenant.id, (tx) =>
      devicesOf(tx, viewer.accountId, installation?.id ?? null),
    );
    const answer: DevicesResponse = { protocol: PROTOCOL, devices };
    return answer;
  });

  app.post(revokeRoute(":id"), { config }, async (request, reply) => {
    const called = await freshlyCalledBy(request);
    if (!called.ok) return refuse(reply, called.error);
    const id = Id.safeParse((request.params as { id?: string }).id);
    if (!id.success) return refuse(reply, fail("request-malformed"));
    const { accountId, name, tenant } = called.value.viewer;
    const by = { accountId, name, tenantId: tenant.id, tenantName: tenant.name };
    const revoked = await revokeInstallation(store, id.data, { by, at: now() }, accountId);
    return revoked.ok ? done : refuse(reply, revoked.error);
  });

  app.post(routes.signOutEverywhere, { config }, async (request, reply) => {
    const called = await freshlyCalledBy(request);
    if (!called.ok) return refuse(reply, called.error);
    const { viewer } = called.value;
    await endSessions(store, viewer, now());
    await services.endSignIns?.(viewer.accountId);
    return done;
  });

  app.post(routes.accept, { config }, async (request, reply) => {
    const caller = await services.authenticate(presentedBy(request));
    if (!caller.ok) return refuse(reply, caller.error);
    const body = AcceptRequest.safeParse(request.body);
    if (!body.success) return refuse(reply, fail("request-malformed"));
    const { sub: subject, externalIssuer: issuer } = caller.value;
    // Our own provider takes invitations itself: whoever it signs in has an account already.
    if (issuer === undefined || (await accountOfIdentity(store.db, { issuer, subject })).ok) {
      return refuse(reply, fail("identity-bound"));
    }
    const accepted = await services.invitations?.accept(body.data.invitation, (tx, accountId) =>
      bindIdentity(tx, { issuer, subject }, accountId, now()),
    );
    return accepted?.ok ? done : refuse(reply, accepted?.error ?? fail("invitation-ended"));
  });
};
