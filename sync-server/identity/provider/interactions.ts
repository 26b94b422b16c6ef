/// <reference path="./oidc-provider.d.ts" />
import type { IncomingMessage, ServerResponse } from "node:http";
import type Provider from "oidc-provider";
import type { InteractionResult } from "oidc-provider";
import type { Logger } from "pino";
import type { AccountSource, SourceAccount } from "../account-source.ts";
import type { InvitationSource } from "../invitation-source.ts";
import type { CredentialStore } from "./credential-store.ts";
import { formToken, isOwnForm, readForm, sendPage } from "./http-form.ts";
import { createJoin } from "./join.ts";
import type { LoginThrottle } from "./login-throttle.ts";
import { sendFont } from "./pages/fonts.ts";
import { messagePage } from "./pages/other-pages.ts";
import type { DemoAccount } from "./pages/sign-in-page.ts";
import { chooseLanguage } from "./pages/texts.ts";
import { createScreens, type Visit } from "./screens.ts";

/** What the interaction pages need. */
export interface InteractionOptions {
  provider: Provider;
  issuer: string;
  clientId: string;
  accounts: AccountSource;
  credentials: CredentialStore;
  invitations?: InvitationSource;
  throttle: LoginThrottle;
  formKey: string;
  log: Logger;
  demo?: { accounts: readonly DemoAccount[]; password: string };
}

const route = /^\/interaction\/([\w-]+)(?:\/(login|join|continue|other|cancel))?$/;

/**
 * Handles the pages between "sign me in" and "signed in". The answer says whether the request was
 * one of theirs. The client is ours, so nobody is asked to consent to it.
 */
export const createInteractions = (options: InteractionOptions) => {
  const { provider, accounts, credentials, throttle, log } = options;
  const { invited, join } = createJoin(options.invitations, credentials);
  const { showSignIn, showJoin, showContinue, showExpired } = createScreens(options);

  const finish = ({ req, res }: Visit, result: InteractionResult) =>
    provider.interactionFinished(req, res, result, { mergeWithLastSubmission: false });

  /** Each sign-in gets a grant of its own, so that ending one leaves the others alone. */
  const grantFor = async (accountId: string, visit: Visit): Promise<{ grantId: string }> => {
    const grant = new provider.Grant({ accountId, clientId: options.clientId });
    grant.addOIDCScope(String(visit.interaction.params.scope ?? "openid"));
    return { grantId: await grant.save() };
  };

  const signIn = async (visit: Visit, form: URLSearchParams): Promise<void> => {
    const login = (form.get("login") ?? "").trim();
    const address = visit.req.socket.remoteAddress ?? "";
    const wait = throttle.waitMs(login, address);
    if (wait > 0) {
      log.warn({ address }, "sign-in refused: too many attempts");
      return showSignIn(visit, login, { code: "wait", seconds: Math.ceil(wait / 1000) });
    }
    throttle.begin(login, address);
    const account = await accounts.byLogin(login);
    const right = await credentials.verify(account?.id, form.get("password") ?? "");
    if (account === null || !right) {
      log.info({ address }, "sign-in refused: wrong login or password");
      return showSignIn(visit, login, { code: "wrong-password" });
    }
    throttle.succeeded(login, address);
    // Told only to whoever knows the password: it is nobody else's business.
    if (account.suspended) {
      log.info({ sub: account.id }, "sign-in refused: suspended");
      return showSignIn(visit, login, { code: "suspended" });
    }
    await signedIn(visit, account.id);
  };

  const signedIn = async (visit: Visit, accountId: string): Promise<void> => {
    log.info({ sub: accountId }, "signed in");
    await finish(visit, {
      login: { accountId, amr: ["pwd"] },
      consent: await grantFor(accountId, visit),
    });
  };

  const choosePassword = async (visit: Visit, form: URLSearchParams): Promise<void> => {
    const whom = await invited(visit.interaction);
    const joined = whom ? await join(visit.interaction, form) : undefined;
    if (joined?.ok) return signedIn(visit, joined.value.accountId);
    const problem = joined?.error;
    if (whom && (problem?.code === "password-short" || problem?.code === "password-differs")) {
      return showJoin(visit, whom, problem.code);
    }
    showSignIn(visit, "", { code: "invitation-ended" });
  };

  /** The person this browser is already signed in as, where that may be enough. */
  const knownAccount = async ({ interaction }: Visit): Promise<SourceAccount | undefined> => {
    const sub = interaction.session?.accountId;
    if (interaction.prompt.name !== "consent" || sub === undefined) return undefined;
    const account = await accounts.byId(sub);
    return account === null || account.suspended ? undefined : account;
  };

  const show = async (visit: Visit): Promise<void> => {
    const whom = await invited(visit.interaction);
    if (whom) return showJoin(visit, whom);
    if (whom === null) return showSignIn(visit, "", { code: "invitation-ended" });
    const account = await knownAccount(visit);
    if (account === undefined) {
      const hint = visit.interaction.params.login_hint;
      return showSignIn(visit, typeof hint === "string" ? hint : "");
    }
    showContinue(visit, account);
  };

  const submit = async (visit: Visit, step: string): Promise<void> => {
    const form = await readForm(visit.req);
    const token = formToken(options.formKey, visit.interaction.uid);
    if (form === undefined || !isOwnForm(visit.req, form, { token, issuer: options.issuer })) {
      return showExpired(visit);
    }
    if (step === "login") return signIn(visit, form);
    if (step === "join") return choosePassword(visit, form);
    if (step === "other") return showSignIn(visit, "");
    if (step === "cancel") {
      return finish(visit, { error: "access_denied", error_description: "cancelled by the user" });
    }
    const account = await knownAccount(visit);
    if (account === undefined) return showSignIn(visit, "");
    await finish(visit, { consent: await grantFor(account.id, visit) });
  };

  return async (req: IncomingMessage, res: ServerResponse): Promise<boolean> => {
    const [path = ""] = (req.url ?? "").split("?");
    if (sendFont(path, res)) return true;
    const [, uid, step] = route.exec(path) ?? [];
    if (uid === undefined) return false;
    const language = chooseLanguage(undefined, req.headers["accept-language"]);
    try {
      const interaction = await provider.interactionDetails(req, res);
      const visit = { req, res, interaction, action: `/interaction/${uid}` };
      if (interaction.uid !== uid) sendPage(res, 400, messagePage(language, "expired"));
      else if (step === undefined && req.method === "GET") await show(visit);
      else if (step !== undefined && req.method === "POST") await submit(visit, step);
      else res.writeHead(405).end();
    } catch (cause) {
      const expired = cause instanceof Error && cause.name === "SessionNotFound";
      if (!expired) log.error({ err: cause }, "sign-in page failed");
      if (!res.headersSent) {
        sendPage(res, expired ? 400 : 500, messagePage(language, expired ? "expired" : "error"));
      }
    }
    return true;
  };
};
