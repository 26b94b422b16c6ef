import type { FastifyRequest } from "fastify";
import type { Viewer } from "#shared/access/viewer.ts";
import type { Failure } from "#shared/failure.ts";
import { ok, type Result } from "#shared/result.ts";
import { viewerOf } from "../access/viewers.ts";
import type { Services } from "./services.ts";

/** The viewer a request speaks for, and when its token ends (ms). */
export interface Called {
  viewer: Viewer;
  expiresAt: number;
}

/** Proves the token of a request and looks up who that is now. */
export const calledBy = async (
  { authenticate, store }: Services,
  request: FastifyRequest,
): Promise<Result<Called, Failure>> => {
  const caller = await authenticate(request.headers.authorization);
  if (!caller.ok) return caller;
  const viewer = await viewerOf(store.db, caller.value.sub, caller.value.tenant);
  return viewer.ok ? ok({ viewer: viewer.value, expiresAt: caller.value.expiresAt }) : viewer;
};
