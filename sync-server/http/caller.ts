import type { FastifyRequest } from "fastify";
import type { Viewer } from "#shared/access/viewer.ts";
import { Id } from "#shared/domain/common.ts";
import { type Failure, fail } from "#shared/failure.ts";
import { err, ok, type Result } from "#shared/result.ts";
import { DEVICE, INSTALLATION } from "#shared/sync/wire.ts";
import {
  type Installation,
  noteInstallation,
  revokedWith,
  toldOf,
} from "../access/installations.ts";
import { noteStanding } from "../access/standing.ts";
import { accountOf, refusedReader } from "../access/viewers.ts";
import { accountOfIdentity } from "../identity/identities.ts";
import { endedSession, signedInAt } from "../identity/session-validity.ts";
import { sweepEnded } from "../sync/sweep.ts";
import type { Caller, Presented, Services } from "./services.ts";

/**
 * The viewer a request speaks for, the copy of the app it comes from (null where an older client
 * does not say), when its token ends, when the sign-in behind it was made, and when the person last
 * proved who they are (ms; null where nobody tells).
 */
export interface Called {
  viewer: Viewer;
  installation: Installation | null;
  expiresAt: number;
  signedInAt: number;
  authTime: number | null;
}

/** What a request shows of who makes it. */
export const presentedBy = (request: FastifyRequest): Presented => {
  const { authorization, dpop } = request.headers;
  return {
    authorization,
    // Two proofs are none: which of them would be meant?
    proof: typeof dpop === "string" ? dpop : undefined,
    method: request.method,
    path: request.url.split("?")[0] ?? "",
  };
};

const accountIdOf = async (
  { store }: Services,
  { sub, externalIssuer }: Caller,
): Promise<Result<string, Failure>> =>
  externalIssuer === undefined
    ? ok(sub)
    : accountOfIdentity(store.db, { issuer: externalIssuer, subject: sub });

/**
 * Proves the token of a request and looks up who that is now, be it suspended, without a role or on
 * a revoked device: what it did before may still be handed in (S9). Refuses only strangers.
 */
export const heardFrom = async (
  services: Services,
  request: FastifyRequest,
): Promise<Result<Called, Failure>> => {
  const { authenticate, store, now } = services;
  const caller = await authenticate(presentedBy(request));
  if (!caller.ok) return caller;
  const { tenant, expiresAt, authTime = null, thumbprint = null } = caller.value;
  const id = await accountIdOf(services, caller.value);
  if (!id.ok) return id;
  const account = await accountOf(store.db, id.value);
  if (!account.ok) return account;
  const viewer = account.value;
  if (tenant !== null && viewer.tenant.id !== tenant) return err(fail("account-unknown"));
  const signedIn = signedInAt(caller.value);
  const ended = await endedSession(store.db, viewer.accountId, signedIn);
  if (ended !== null) return err(ended);
  await noteStanding(store.db, viewer, now());
  const installation = await installationOf(services, request, viewer, thumbprint);
  return ok({ viewer, installation, expiresAt, signedInAt: signedIn, authTime });
};

/** The copy of the app a request comes from: a revoked one by its key, whatever it calls itself. */
const installationOf = async (
  { store, now }: Services,
  { headers }: FastifyRequest,
  viewer: Viewer,
  thumbprint: string | null,
): Promise<Installation | null> => {
  const lost =
    thumbprint === null ? null : await revokedWith(store.db, viewer.accountId, thumbprint);
  if (lost !== null) return lost;
  const told = Id.safeParse(headers[INSTALLATION]);
  return told.success
    ? noteInstallation(store.db, told.data, viewer, now(), toldOf(headers[DEVICE]), thumbprint)
    : null;
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
