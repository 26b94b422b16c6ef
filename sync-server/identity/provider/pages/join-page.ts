import type { Invited } from "../../invitation-source.ts";
import { PASSWORD_CHARACTERS, type PasswordProblem } from "../join.ts";
import { html } from "./html.ts";
import { layout, type Page } from "./layout.ts";
import { fill, type PageLanguage, pageTexts } from "./texts.ts";

/** Why the page is shown again. */
export type JoinProblem = PasswordProblem["code"];

/** What the page of an invitation shows. */
export interface JoinView {
  language: PageLanguage;
  action: string;
  formToken: string;
  invited: Invited;
  problem?: JoinProblem;
}

/** The page on which someone who was invited chooses a password; the name is the invitation's. */
export const joinPage = (view: JoinView): Page => {
  const texts = pageTexts[view.language];
  const { name, email, tenantName } = view.invited;
  const count = { count: String(PASSWORD_CHARACTERS) };
  const problem = {
    "password-short": fill(texts.passwordShort, count),
    "password-differs": texts.passwordDiffers,
  };
  const alert =
    view.problem === undefined
      ? html``
      : html`<p class="alert" role="alert" id="problem">${problem[view.problem]}</p>`;
  const invalid = view.problem === undefined ? "false" : "true";
  return layout({
    language: view.language,
    title: texts.signInTitle,
    main: html`<h1>${fill(texts.joinTitle, { name })}</h1>
<p class="lead">${fill(texts.joinLead, { tenant: tenantName, email })}</p>${alert}
<form id="join" method="post" action="${view.action}/join">
<input type="hidden" name="form_token" value="${view.formToken}">
<input type="hidden" name="username" value="${email}" autocomplete="username">
<label for="password">${texts.newPassword}</label>
<input id="password" name="password" type="password" autocomplete="new-password" required autofocus
 aria-invalid="${invalid}" aria-describedby="hint">
<p id="hint" class="lead">${fill(texts.newPasswordHint, count)}</p>
<label for="again">${texts.newPasswordAgain}</label>
<input id="again" name="again" type="password" autocomplete="new-password" required
 aria-invalid="${invalid}">
<button class="primary" type="submit">${texts.join}</button>
<button class="plain" type="submit" formaction="${view.action}/cancel" formnovalidate>${texts.cancel}</button>
</form>`,
  });
};
