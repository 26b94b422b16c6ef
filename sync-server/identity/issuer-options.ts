import { z } from "zod";
import { err, ok, type Result } from "#shared/result.ts";

/** An OpenID Connect issuer of the organisation's own, and how its tokens are read. */
export interface IssuerOptions {
  issuer: string;
  /** Whom its access tokens are for: this server, in its words. */
  audience: string;
  /** The desktop client, in its words. */
  clientId: string;
  jwksUri?: string;
  tokenBinding: "dpop" | "bearer";
  /** The `typ` of its access tokens' headers. */
  tokenType: string;
  claims: { subject: string; tenant: string | null };
}

const loopback = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/;
const address = z
  .url()
  .refine((url) => url.startsWith("https://") || loopback.test(url), "is not https");
const text = z.string().min(1);

const Env = z.object({
  RIVERSYNC_ISSUER: address,
  RIVERSYNC_AUDIENCE: text,
  RIVERSYNC_CLIENT_ID: text,
  RIVERSYNC_JWKS_URI: address.optional(),
  RIVERSYNC_TOKEN_BINDING: z.enum(["dpop", "bearer"]).default("dpop"),
  RIVERSYNC_TOKEN_TYPE: text.default("at+jwt"),
  RIVERSYNC_CLAIM_SUBJECT: text.default("sub"),
  RIVERSYNC_CLAIM_TENANT: text.optional(),
});

/**
 * The issuer that the environment names, null where it names none. What is missing or wrong in it is
 * a sentence for the person who started the server.
 */
export const issuerFrom = (env: NodeJS.ProcessEnv): Result<IssuerOptions | null, string> => {
  if (env.RIVERSYNC_ISSUER === undefined) return ok(null);
  const read = Env.safeParse(env);
  if (!read.success) {
    const wrong = read.error.issues.map(({ path, message }) => `${path.join(".")} (${message})`);
    return err(`The issuer is not set right: ${wrong.join(", ")}.`);
  }
  const set = read.data;
  return ok({
    issuer: set.RIVERSYNC_ISSUER,
    audience: set.RIVERSYNC_AUDIENCE,
    clientId: set.RIVERSYNC_CLIENT_ID,
    ...(set.RIVERSYNC_JWKS_URI === undefined ? {} : { jwksUri: set.RIVERSYNC_JWKS_URI }),
    tokenBinding: set.RIVERSYNC_TOKEN_BINDING,
    tokenType: set.RIVERSYNC_TOKEN_TYPE,
    claims: {
      subject: set.RIVERSYNC_CLAIM_SUBJECT,
      tenant: set.RIVERSYNC_CLAIM_TENANT ?? null,
    },
  });
};
