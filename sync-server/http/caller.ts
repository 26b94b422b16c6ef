import type { FastifyRequest } from "fastify";
import type { Viewer } from "#shared/access/viewer.ts";
import { Id } from "#shared/domain/common.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { INSTALLATION } from "#shared/sync/wire.ts";
import { type Installation, noteInstallation } from "../access/installations.ts";
import { noteStanding } from "../access/standing.ts";
import { accountOf, refusedReader } from "../access/viewers.ts";
import { sweepEnded } from "../sync/sweep.ts";
import type { Services } from "./services.ts";

/**
 * The viewer a request speaks for, the copy of the app it comes from (null where an older client
 * does not say), and when its token ends (ms).
 */
export interface Called {
  viewer: Viewer;
  installation: Installation | null;
  expiresAt: number;
}

/**
 * Proves the token of a request and looks up who that is now, be it suspended, without a role or on
 * a revoked device: what it did before may still be handed in (S9). Refuses only strangers.
 */
export const heardFrom = async (
  { authenticate, store, now }: Services,
  request: FastifyRequest,
): Promise<Result<Called, Failure>> => {
  const caller = await authenticate(request.headers.authorization);
  if (!caller.ok) return caller;
  const { sub, tenant, expiresAt } = caller.value;
  const account = await accountOf(store.db, sub);
  if (!account.ok) return account;
  const viewer = account.value;
  if (viewer.tenant.id !== tenant) return err(fail("account-unknown"));
  await noteStanding(store.db, viewer, now());
  const told = Id.safeParse(request.headers[INSTALLATION]);
  const installation = told.success
    ? await noteInstallation(store.db, told.data, viewer, now())
    : null;
  return ok({ viewer, installation, expiresAt });
};

/**
 * The same, of those who may be told anything at all: refuses suspended accounts and revoked
 * devices (S9).
 */
export const calledBy = async (
  services: Services,
  request: FastifyRequest,
): Promise<Result<Called, Failure>> => {
  const called = await heardFrom(services, request);
  if (!called.ok) return called;
  const { viewer, installation } = called.value;
  // A revoked device is told so whatever else there is to say: it has to erase itself.
  if (installation?.revokedAt) return err(fail("device-revoked"));
  return viewer.suspended ? err(fail("account-suspended", { tenant: viewer.tenant.name })) : called;
};

/** The same, of those who look through a lens of the Partners app (layers 1 to 3). */
export const readerOf = async (
  services: Services,
  request: FastifyRequest,
): Promise<Result<Called, Failure>> => {
  const called = await calledBy(services, request);
  if (!called.ok) return called;
  await sweepEnded(services.store, services.now());
  const refused = refusedReader(called.value.viewer);
  return refused === null ? called : err(refused);
};
