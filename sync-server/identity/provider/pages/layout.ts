import { randomBytes } from "node:crypto";
import { Html, html } from "./html.ts";
import { pageStyle } from "./style.ts";
import { type PageLanguage, pageTexts } from "./texts.ts";

/** A finished page, with the headers it must be sent with. */
export interface Page {
  body: string;
  headers: Readonly<Record<string, string>>;
}

/** What a page is made of; `script` is the only code that will run on it. */
export interface PageContent {
  language: PageLanguage;
  title: string;
  main: Html;
  wide?: boolean;
  script?: string;
}

const brand = html`<p class="brand"><svg viewBox="0 0 32 32" aria-hidden="true">
<rect class="drop" width="32" height="32" rx="8"/>
<g class="wave"><path d="M7 11.2c3-3 6-3 9 0s6 3 9 0" opacity=".55"/><path d="M7 16.6c3-3 6-3 9 0s6 3 9 0"/><path d="M7 22c3-3 6-3 9 0s6 3 9 0" opacity=".55"/></g></svg>RiverSync ID</p>`;

const river = html`<svg class="river" viewBox="0 0 1440 320" preserveAspectRatio="none" aria-hidden="true">
<path class="far" d="M0 150c240-70 420-60 720 0s480 60 720-10v180H0z"/>
<path class="near" d="M0 230c260-60 460-50 720 0s500 40 720-20v110H0z"/></svg>`;

/**
 * Forms go to this origin, and from there back to the client, which listens on a loopback port:
 * browsers hold the redirect after a form to `form-action` too.
 */
const formTargets = "'self' http://127.0.0.1:* http://localhost:*";

/** Dresses a page: nothing comes from another origin, and no script runs but the page's own. */
export const layout = (content: PageContent): Page => {
  const nonce = randomBytes(16).toString("base64");
  const script =
    content.script === undefined
      ? html``
      : html`<script nonce="${nonce}">${new Html(content.script)}</script>`;
  const body = html`<!doctype html>
<html lang="${content.language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${content.title} · ${pageTexts[content.language].product}</title>
<style nonce="${nonce}">${new Html(pageStyle)}</style></head>
<body><main class="${content.wide === true ? "wide" : "narrow"}"><div>${brand}${content.main}</div></main>${river}${script}</body></html>`;
  return {
    body: body.text,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-language": content.language,
      "content-security-policy": [
        "default-src 'none'",
        "font-src 'self'",
        `style-src 'nonce-${nonce}'`,
        `script-src 'nonce-${nonce}'`,
        `form-action ${formTargets}`,
        "frame-ancestors 'none'",
        "base-uri 'none'",
      ].join("; "),
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "cross-origin-opener-policy": "same-origin",
    },
  };
};
