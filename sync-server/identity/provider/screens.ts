/// <reference path="./oidc-provider.d.ts" />
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Interaction } from "oidc-provider";
import type { SourceAccount } from "../account-source.ts";
import type { Invited } from "../invitation-source.ts";
import { formToken, sendPage } from "./http-form.ts";
import { type JoinProblem, joinPage } from "./pages/join-page.ts";
import { continuePage, messagePage } from "./pages/other-pages.ts";
import { type DemoAccount, type SignInProblem, signInPage } from "./pages/sign-in-page.ts";
import { chooseLanguage } from "./pages/texts.ts";

/** A person's request, in one sign-in; `action` is where its forms go. */
export interface Visit {
  req: IncomingMessage;
  res: ServerResponse;
  interaction: Interaction;
  action: string;
}

const statusOf = { "wrong-password": 401, wait: 429, suspended: 403, "invitation-ended": 410 };

/** Answers visits with pages, in the person's language. */
export const createScreens = (options: {
  formKey: string;
  demo?: { accounts: readonly DemoAccount[]; password: string };
}) => {
  const viewOf = ({ req, interaction, action }: Visit) => ({
    language: chooseLanguage(interaction.params.ui_locales, req.headers["accept-language"]),
    action,
    formToken: formToken(options.formKey, interaction.uid),
  });
  const demo = options.demo === undefined ? {} : { demo: options.demo };

  return {
    showSignIn: (visit: Visit, login: string, problem?: SignInProblem): void => {
      const why = problem === undefined ? {} : { problem };
      const page = signInPage({ ...viewOf(visit), ...demo, ...why, login });
      sendPage(visit.res, problem === undefined ? 200 : statusOf[problem.code], page);
    },
    showJoin: (visit: Visit, invited: Invited, problem?: JoinProblem): void => {
      const why = problem === undefined ? {} : { problem };
      const page = joinPage({ ...viewOf(visit), ...why, invited });
      sendPage(visit.res, problem === undefined ? 200 : 400, page);
    },
    showContinue: (visit: Visit, { name, email }: SourceAccount): void =>
      sendPage(visit.res, 200, continuePage({ ...viewOf(visit), name, email })),
    showExpired: (visit: Visit): void =>
      sendPage(visit.res, 400, messagePage(viewOf(visit).language, "expired")),
  };
};
