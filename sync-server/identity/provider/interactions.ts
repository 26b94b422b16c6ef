/// <reference path="./oidc-provider.d.ts" />
import type { IncomingMessage, ServerResponse } from "node:http";
import type Provider from "oidc-provider";
import type { Interaction, InteractionResult } from "oidc-provider";
import type { Logger } from "pino";
import type { AccountProfile, CredentialStore } from "./credential-store.ts";
import { formToken, isOwnForm, readForm, sendPage } from "./http-form.ts";
import type { LoginThrottle } from "./login-throttle.ts";
import { sendFont } from "./pages/fonts.ts";
import { continuePage, messagePage } from "./pages/other-pages.ts";
import { type DemoAccount, type SignInProblem, signInPage } from "./pages/sign-in-page.ts";
import { chooseLanguage } from "./pages/texts.ts";

/** What the interaction pages need. */
export interface InteractionOptions {
  provider: Provider;
  issuer: string;
  clientId: string;
  accounts: CredentialStore;
  throttle: LoginThrottle;
  formKey: string;
  log: Logger;
  demo?: { accounts: readonly DemoAccount[]; password: string };
}

interface Visit {
  req: IncomingMessage;
  res: ServerResponse;
  interaction: Interaction;
  action: string;
}

const route = /^\/interaction\/([\w-]+)(?:\/(login|continue|other|cancel))?$/;

/**
 * Handles the pages between "sign me in" and "signed in". The answer says whether the request was
 * one of theirs. The client is ours, so nobody is asked to consent to it.
 */
export const createInteractions = (options: InteractionOptions) => {
  const { provider, accounts, throttle, log } = options;

  const languageOf = ({ req, interaction }: Visit) =>
    chooseLanguage(interaction.params.ui_locales, req.headers["accept-language"]);

  const showSignIn = (visit: Visit, login: string, problem?: SignInProblem): void => {
    const page = signInPage({
      language: languageOf(visit),
      action: visit.action,
      formToken: formToken(options.formKey, visit.interaction.uid),
      login,
      ...(problem === undefined ? {} : { problem }),
      ...(options.demo === undefined ? {} : { demo: options.demo }),
    });
    sendPage(visit.res, problem === undefined ? 200 : problem.code === "wait" ? 429 : 401, page);
  };

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
    const account = await accounts.verify(login, form.get("password") ?? "");
    if (account === undefined) {
      log.info({ address }, "sign-in refused: wrong login or password");
      return showSignIn(visit, login, { code: "wrong-password" });
    }
    throttle.succeeded(login, address);
    log.info({ sub: account.sub, tenant: account.tenant }, "signed in");
    await finish(visit, {
      login: { accountId: account.sub, amr: ["pwd"] },
      consent: await grantFor(account.sub, visit),
    });
  };

  /** The person this browser is already signed in as, where that may be enough. */
  const knownAccount = async ({ interaction }: Visit): Promise<AccountProfile | undefined> => {
    const sub = interaction.session?.accountId;
    if (interaction.prompt.name !== "consent" || sub === undefined) return undefined;
    return accounts.findBySub(sub);
  };

  const show = async (visit: Visit): Promise<void> => {
    const account = await knownAccount(visit);
    if (account === undefined) {
      const hint = visit.interaction.params.login_hint;
      return showSignIn(visit, typeof hint === "string" ? hint : "");
    }
    const page = continuePage({
      language: languageOf(visit),
      action: visit.action,
      formToken: formToken(options.formKey, visit.interaction.uid),
      name: account.name,
      email: account.email,
    });
    sendPage(visit.res, 200, page);
  };

  const submit = async (visit: Visit, step: string): Promise<void> => {
    const form = await readForm(visit.req);
    const token = formToken(options.formKey, visit.interaction.uid);
    if (form === undefined || !isOwnForm(visit.req, form, { token, issuer: options.issuer })) {
      return sendPage(visit.res, 400, messagePage(languageOf(visit), "expired"));
    }
    if (step === "login") return signIn(visit, form);
    if (step === "other") return showSignIn(visit, "");
    if (step === "cancel") {
      return finish(visit, { error: "access_denied", error_description: "cancelled by the user" });
    }
    const account = await knownAccount(visit);
    if (account === undefined) return showSignIn(visit, "");
    await finish(visit, { consent: await grantFor(account.sub, visit) });
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
