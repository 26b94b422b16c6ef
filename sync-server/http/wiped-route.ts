import type { FastifyInstance } from "fastify";
import { homeOf } from "#shared/access/layers.ts";
import { fail } from "#shared/failure.ts";
import { PROTOCOL } from "#shared/sync/protocol.ts";
import { routes } from "#shared/sync/wire.ts";
import { noteWiped } from "../access/installations.ts";
import { appendAudit } from "../audit/log.ts";
import { heardFrom } from "./caller.ts";
import { refuse } from "./refuse.ts";
import type { Services } from "./services.ts";

/**
 * A device says that it has erased what it held of an account (S9): noted, and audited in the log of
 * the account's own organisation, once.
 */
export const wipedRoute = (app: FastifyInstance, services: Services): void => {
  const { store, now } = services;

  app.post(routes.wiped, async (request, reply) => {
    const called = await heardFrom(services, request);
    if (!called.ok) return refuse(reply, called.error);
    const { viewer, installation } = called.value;
    if (installation === null) return refuse(reply, fail("request-malformed"));
    await store.db.transaction().execute(async (tx) => {
      const at = now();
      if (!(await noteWiped(tx, installation.id, viewer.accountId, at))) return;
      await appendAudit(tx, viewer.tenant.id, {
        actor: {
          accountId: viewer.accountId,
          name: viewer.name,
          tenantId: viewer.tenant.id,
          tenantName: viewer.tenant.name,
        },
        via: { app: homeOf(viewer), installation: installation.id, appVersion: "" },
        intent: {
          id: "",
          type: "device.wiped",
          target: null,
          payload: { installation: installation.id },
        },
        outcome: { applied: true },
        changes: {},
        deviceTime: "",
        serverTime: at,
      });
    });
    return { protocol: PROTOCOL };
  });
};
