import type { FastifyInstance, FastifyRequest } from "fastify";
import type { z } from "zod";
import { decide } from "#shared/access/decide.ts";
import { requireFresh } from "#shared/access/fresh.ts";
import type { Item } from "#shared/access/menu.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import {
  PersonDevicesRequest,
  PreviewRequest,
  peopleRoutes,
  RevokeDeviceRequest,
} from "#shared/sync/people.ts";
import { revokeInstallation } from "../access/change-account.ts";
import { previewOf } from "../access/preview.ts";
import { accountOf, viewerWith } from "../access/viewers.ts";
import { devicesOf } from "../identity/devices.ts";
import { transact } from "../store/transact.ts";
import { type Called, readerOf } from "./caller.ts";
import { refuse } from "./refuse.ts";
import type { Services } from "./services.ts";

/** Whoever runs an organisation asks now and then. */
const config = { rateLimit: { max: 120, timeWindow: "1 minute" } };

/**
 * What those who run an organisation ask about its people: their devices, one of which they can
 * revoke, and what somebody sees or would see (ACC-5, FED-10). Nobody of another organisation is
 * known here.
 */
export const peopleRoutesOf = (app: FastifyInstance, services: Services): void => {
  const { store, now } = services;

  /** The caller, who may do that, and what they ask. */
  const asked = async <T>(
    request: FastifyRequest,
    schema: z.ZodType<T>,
    item: Item,
    level: "read" | "full",
  ): Promise<Result<{ called: Called; body: T }, Failure>> => {
    const called = await readerOf(services, request);
    if (!called.ok) return called;
    const refused = decide(called.value.viewer, { item, level });
    if (refused !== null) return err(refused);
    const body = schema.safeParse(request.body);
    return body.success
      ? ok({ called: called.value, body: body.data })
      : err(fail("request-malformed"));
  };

  /** An account of the caller's own organisation; any other is as unknown as none. */
  const colleague = async ({ viewer }: Called, accountId: string) => {
    const account = await store.reading(viewer.tenant.id, (tx) => accountOf(tx, accountId));
    return account.ok && account.value.tenant.id === viewer.tenant.id
      ? account
      : err(fail("target-unknown", { kind: "person" }));
  };

  app.post(peopleRoutes.devices, { config }, async (request, reply) => {
    const ask = await asked(request, PersonDevicesRequest, "users", "read");
    if (!ask.ok) return refuse(reply, ask.error);
    const { called, body } = ask.value;
    const account = await colleague(called, body.accountId);
    if (!account.ok) return refuse(reply, account.error);
    const devices = await store.reading(called.viewer.tenant.id, (tx) =>
      devicesOf(tx, body.accountId, called.installation?.id ?? null),
    );
    return { devices };
  });

  app.post(peopleRoutes.revokeDevice, { config }, async (request, reply) => {
    const ask = await asked(request, RevokeDeviceRequest, "users", "full");
    if (!ask.ok) return refuse(reply, ask.error);
    const { called, body } = ask.value;
    const stale = requireFresh(called, now());
    if (stale !== null) return refuse(reply, stale);
    const account = await colleague(called, body.accountId);
    if (!account.ok) return refuse(reply, account.error);
    const { accountId, name, tenant } = called.viewer;
    const by = { accountId, name, tenantId: tenant.id, tenantName: tenant.name };
    const change = { by, at: now() };
    const revoked = await revokeInstallation(store, body.id, change, body.accountId);
    return revoked.ok ? {} : refuse(reply, revoked.error);
  });

  app.post(peopleRoutes.preview, { config }, async (request, reply) => {
    const ask = await asked(request, PreviewRequest, "users", "read");
    if (!ask.ok) return refuse(reply, ask.error);
    const { called, body } = ask.value;
    const known = await colleague(called, body.accountId ?? called.viewer.accountId);
    if (!known.ok) return refuse(reply, known.error);
    return transact(store.db, async (tx) => {
      const viewer = await viewerWith(tx, known.value, body);
      return previewOf(tx, viewer, now());
    });
  });
};
