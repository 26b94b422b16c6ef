import type { Logger } from "pino";
import type { Failure } from "#shared/failure.ts";
import { ok, type Result } from "#shared/result.ts";
import type { Services } from "../http/services.ts";
import type { Store } from "../store/store.ts";
import { accountsOfStore } from "./account-source.ts";
import { createAuthenticate } from "./authenticate.ts";
import { CLIENT_ID, type Demo, startEmbeddedProvider } from "./embedded.ts";
import type { InvitationSource } from "./invitation-source.ts";
import type { IssuerOptions } from "./issuer-options.ts";
import { createTokenVerifier } from "./verify-token.ts";

/** What the server knows people by. */
export interface IdentityOptions {
  store: Store;
  /** The organisation's own issuer; the embedded provider where there is none. */
  issuer: IssuerOptions | null;
  /** What the embedded provider is started with. */
  embedded: { dataFolder: string; port: number; demo: Demo };
  invitations?: InvitationSource;
  /** The server's address, as its clients know it. */
  publicUrl: string;
  log: Logger;
}

/** The part of the server's services that says who people are. */
export interface Identity {
  services: Pick<Services, "authenticate" | "nonce" | "endSignIns" | "signInWith" | "invitations">;
  issuer: string;
  close(): Promise<void>;
}

/** Opens what people are known by: an issuer of the organisation's own, or the embedded provider. */
export const openIdentity = async (
  options: IdentityOptions,
): Promise<Result<Identity, Failure | string>> => {
  const { issuer, invitations } = options;
  const invited = invitations === undefined ? {} : { invitations };
  if (issuer !== null) return ok(externalIdentity(options, issuer, invited));
  const { store, embedded, publicUrl, log } = options;
  const provider = await startEmbeddedProvider({
    ...embedded,
    ...invited,
    accounts: accountsOfStore(store.db),
    resource: publicUrl,
    log,
  });
  if (!provider.ok) return provider;
  const { issuer: own, endSignIns, close } = provider.value;
  const verify = createTokenVerifier({ issuer: own, audience: publicUrl });
  return ok({
    issuer: own,
    services: {
      ...createAuthenticate({ verify, binding: "dpop", publicUrl, log }),
      ...invited,
      signInWith: { issuer: own, clientId: CLIENT_ID },
      endSignIns: async (accountId) => endSignIns(accountId),
    },
    close,
  });
};

const externalIdentity = (
  { publicUrl, log }: IdentityOptions,
  issuer: IssuerOptions,
  invited: Pick<Services, "invitations">,
): Identity => ({
  issuer: issuer.issuer,
  services: {
    ...createAuthenticate({
      verify: createTokenVerifier(issuer),
      binding: issuer.tokenBinding,
      publicUrl,
      externalIssuer: issuer.issuer,
      log,
    }),
    ...invited,
    signInWith: { issuer: issuer.issuer, clientId: issuer.clientId },
  },
  close: async () => {},
});
