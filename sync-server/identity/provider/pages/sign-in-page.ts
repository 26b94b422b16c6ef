import { type Html, html } from "./html.ts";
import { layout, type Page } from "./layout.ts";
import { fill, type PageLanguage, pageTexts } from "./texts.ts";

/** An account the demo offers by name; `role` is what a person reads, not a role's id. */
export interface DemoAccount {
  login: string;
  name: string;
  role: string;
}

/** Why the page is shown again. */
export type SignInProblem =
  | { code: "wrong-password" | "suspended" | "invitation-ended" }
  | { code: "wait"; seconds: number };

/** What the sign-in page shows. `demo` is absent outside the demo. */
export interface SignInView {
  language: PageLanguage;
  action: string;
  formToken: string;
  login: string;
  problem?: SignInProblem;
  demo?: { accounts: readonly DemoAccount[]; password: string };
}

/** Fills the form from the chosen demo account and sends it. */
const demoScript = `
for (const button of document.querySelectorAll("button[data-login]")) {
  button.addEventListener("click", () => {
    document.getElementById("login").value = button.dataset.login;
    document.getElementById("password").value = button.dataset.password;
    document.getElementById("sign-in").requestSubmit();
  });
}`;

const demoPart = (view: SignInView): Html => {
  const texts = pageTexts[view.language];
  const demo = view.demo;
  if (demo === undefined) return html``;
  const [before = "", after = ""] = texts.demoLead.split("{password}");
  const entries = demo.accounts.map(
    ({ login, name, role }) => html`<li><button type="button" data-login="${login}"
 data-password="${demo.password}"><strong>${name}</strong><span>${role}</span></button></li>`,
  );
  return html`</div><div class="demo"><h2>${texts.demoTitle}</h2>
<p class="lead">${before}<code>${demo.password}</code>${after}</p><ul>${entries}</ul>`;
};

const problemText = (view: SignInView): string | undefined => {
  const texts = pageTexts[view.language];
  if (view.problem === undefined) return undefined;
  switch (view.problem.code) {
    case "wrong-password":
      return texts.wrongPassword;
    case "suspended":
      return texts.suspended;
    case "invitation-ended":
      return texts.invitationEnded;
    case "wait":
      return fill(texts.tooManyAttempts, { seconds: String(view.problem.seconds) });
  }
};

/** The page that asks for a password; a refused one is answered in place, the login kept. */
export const signInPage = (view: SignInView): Page => {
  const texts = pageTexts[view.language];
  const problem = problemText(view);
  const invalid = problem === undefined ? "false" : "true";
  const alert =
    problem === undefined
      ? html``
      : html`<p class="alert" role="alert" id="problem">${problem}</p>`;
  const focusPassword = view.login !== "";
  return layout({
    language: view.language,
    title: texts.signInTitle,
    wide: view.demo !== undefined,
    ...(view.demo === undefined ? {} : { script: demoScript }),
    main: html`<h1>${texts.signInTitle}</h1><p class="lead">${texts.signInLead}</p>${alert}
<form id="sign-in" method="post" action="${view.action}/login">
<input type="hidden" name="form_token" value="${view.formToken}">
<label for="login">${texts.login}</label>
<input id="login" name="login" type="text" value="${view.login}" autocomplete="username"
 autocapitalize="none" spellcheck="false" required aria-invalid="${invalid}"${focusPassword ? "" : " autofocus"}>
<label for="password">${texts.password}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required
 aria-invalid="${invalid}"${focusPassword ? " autofocus" : ""}>
<button class="primary" type="submit">${texts.signIn}</button>
<button class="plain" type="submit" formaction="${view.action}/cancel" formnovalidate>${texts.cancel}</button>
</form>${demoPart(view)}`,
  });
};
