import { html } from "./html.ts";
import { layout, type Page } from "./layout.ts";
import { fill, type PageLanguage, pageTexts } from "./texts.ts";

/** What the page shows that asks a person, already signed in, before a client gets their account. */
export interface ContinueView {
  language: PageLanguage;
  action: string;
  formToken: string;
  name: string;
  email: string;
}

/**
 * Asks before an existing browser session signs a client in: any program on the computer can open
 * this address, and the person in front of it may be another one by now.
 */
export const continuePage = (view: ContinueView): Page => {
  const texts = pageTexts[view.language];
  return layout({
    language: view.language,
    title: texts.signInTitle,
    main: html`<h1>${fill(texts.continueTitle, { name: view.name })}</h1>
<p class="lead">${texts.continueLead}</p>
<div class="person"><div><strong>${view.name}</strong><span>${view.email}</span></div></div>
<form method="post" action="${view.action}/continue">
<input type="hidden" name="form_token" value="${view.formToken}">
<button class="primary" type="submit" autofocus>${texts.continueAction}</button>
<button class="plain" type="submit" formaction="${view.action}/other">${texts.otherAccount}</button>
<button class="plain" type="submit" formaction="${view.action}/cancel">${texts.cancel}</button>
</form>`,
  });
};

/** A page that only says something; `detail` is for the administrator. */
export const messagePage = (
  language: PageLanguage,
  message: "signed-out" | "expired" | "error",
  detail?: string,
): Page => {
  const texts = pageTexts[language];
  const [title, lead] = {
    "signed-out": [texts.signedOutTitle, texts.signedOutLead] as const,
    expired: [texts.expiredTitle, texts.expiredLead] as const,
    error: [texts.errorTitle, texts.errorLead] as const,
  }[message];
  const note = detail === undefined ? html`` : html`<p><code>${detail}</code></p>`;
  return layout({
    language,
    title,
    main: html`<h1>${title}</h1><p class="lead">${lead}</p>${note}`,
  });
};

/**
 * Signs out. Where the client has proved whose session it is, the form sends itself; otherwise it
 * asks once, so that no other page can sign a person out.
 */
export const signOutPage = (
  language: PageLanguage,
  form: { action: string; xsrf: string; atOnce: boolean },
): Page => {
  const texts = pageTexts[language];
  return layout({
    language,
    title: texts.signOut,
    ...(form.atOnce ? { script: `document.getElementById("sign-out").submit();` } : {}),
    main: html`<h1>${texts.signOutTitle}</h1><p class="lead">${texts.signOutLead}</p>
<form id="sign-out" method="post" action="${form.action}">
<input type="hidden" name="xsrf" value="${form.xsrf}"><input type="hidden" name="logout" value="yes">
<button class="primary" type="submit" autofocus>${texts.signOut}</button></form>`,
  });
};
