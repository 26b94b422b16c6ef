import { createRemoteJWKSet, errors, type JWTVerifyGetKey, type RemoteJWKSet } from "jose";
import { z } from "zod";
import { err, ok, type Result } from "#shared/result.ts";

/** Where an issuer's keys are found. */
export interface IssuerKeysOptions {
  issuer: string;
  jwksUri?: string;
  now: () => number;
}

/** The issuer says neither where its keys are, nor which. */
interface Unreachable {
  code: "issuer-unreachable" | "issuer-keys-unreachable";
  detail: string;
}

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

const freshMs = 10 * 60_000;
/** Keys an issuer withdrew must stop working even while nobody can ask for the new ones. */
const longestAwayMs = 24 * 60 * 60_000;
const retryMs = 30_000;
const timeoutMs = 5_000;

/** Once more where it fails: a connection kept from before the issuer's restart is a dead one. */
const twice = <T>(attempt: () => Promise<T>): Promise<T> => attempt().catch(attempt);

const discover = async (issuer: string): Promise<Result<URL, Unreachable>> => {
  try {
    const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
    const answer = await twice(() =>
      fetch(address, { redirect: "error", signal: AbortSignal.timeout(timeoutMs) }),
    );
    const found = Discovery.parse(await answer.json());
    if (found.issuer !== issuer) {
      return err({ code: "issuer-unreachable", detail: "discovery names another issuer" });
    }
    return ok(new URL(found.jwks_uri));
  } catch (cause) {
    const detail = cause instanceof Error ? cause.name : "discovery failed";
    return err({ code: "issuer-unreachable", detail });
  }
};

/**
 * An issuer's public keys, fetched when first needed, kept fresh, and for a day used as they are
 * while the issuer is away. A key nobody has seen yet is looked for at most every 30 seconds.
 */
export const createIssuerKeys = (options: IssuerKeysOptions) => {
  let remote: RemoteJWKSet | undefined;
  let loadedAt = 0;
  let triedAt = 0;

  const open = async (): Promise<Result<RemoteJWKSet, Unreachable>> => {
    if (remote !== undefined) return ok(remote);
    const uri =
      options.jwksUri === undefined ? await discover(options.issuer) : ok(new URL(options.jwksUri));
    if (!uri.ok) return uri;
    remote ??= createRemoteJWKSet(uri.value, {
      cacheMaxAge: Number.POSITIVE_INFINITY,
      timeoutDuration: timeoutMs,
    });
    return ok(remote);
  };

  const reload = async (set: RemoteJWKSet): Promise<Result<JWTVerifyGetKey, Unreachable>> => {
    triedAt = options.now();
    try {
      await twice(set.reload);
      loadedAt = options.now();
      return ok(set);
    } catch (cause) {
      const detail = cause instanceof errors.JOSEError ? cause.code : "keys cannot be fetched";
      return err({ code: "issuer-keys-unreachable", detail });
    }
  };

  return async (): Promise<Result<JWTVerifyGetKey, Unreachable>> => {
    const opened = await open();
    if (!opened.ok) return opened;
    const age = options.now() - loadedAt;
    if (loadedAt === 0 || age >= longestAwayMs) return reload(opened.value);
    // Stale keys are renewed beside the request, which does not wait for an issuer that is away.
    if (age >= freshMs && options.now() - triedAt >= retryMs) void reload(opened.value);
    return opened;
  };
};
