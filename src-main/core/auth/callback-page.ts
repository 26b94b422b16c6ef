import { randomBytes } from "node:crypto";

/** The languages of the page. */
export type CallbackLanguage = "en" | "th";

const texts = {
  en: {
    done: ["You are signed in", "Go back to RiverSync. You can close this page."],
    failed: ["You are not signed in", "Go back to RiverSync, it says what happened."],
  },
  th: {
    done: ["ลงชื่อเข้าใช้แล้ว", "กลับไปที่ RiverSync ได้เลย ปิดหน้านี้ได้"],
    failed: ["ยังไม่ได้ลงชื่อเข้าใช้", "กลับไปที่ RiverSync เพื่อดูว่าเกิดอะไรขึ้น"],
  },
} as const;

const style = `
:root { color-scheme: light dark; --ground: #eef3f5; --card: #fff; --line: #d8e1e6; --text: #14252e;
  --quiet: #546872; --good: #0b6e8a; --bad: #a3271f; }
@media (prefers-color-scheme: dark) { :root { --ground: #0d171c; --card: #15232a; --line: #28404a;
  --text: #e7f0f3; --quiet: #9db2bb; --good: #4bb6d3; --bad: #ffb4aa; } }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--ground);
  color: var(--text); font: 16px/1.55 "IBM Plex Sans Thai", "IBM Plex Sans", "Noto Sans Thai",
  "Leelawadee UI", Thonburi, system-ui, sans-serif; }
main { background: var(--card); border: 1px solid var(--line); border-radius: 16px; padding: 40px;
  max-width: 24rem; margin: 16px; text-align: center; }
svg { width: 44px; height: 44px; fill: none; stroke-width: 2.5; stroke-linecap: round;
  stroke-linejoin: round; } .done { stroke: var(--good); } .failed { stroke: var(--bad); }
h1 { font-size: 1.4rem; font-weight: 600; margin: 16px 0 6px; } p { color: var(--quiet); margin: 0; }
`;

const marks = {
  done: '<circle cx="22" cy="22" r="19"/><path d="m14 22.5 5.5 5.5 11-11.5"/>',
  failed: '<circle cx="22" cy="22" r="19"/><path d="m16 16 12 12m0-12-12 12"/>',
};

/** The page a browser ends up on after a sign-in, with the headers to send it with. */
export const callbackPage = (outcome: "done" | "failed", language: CallbackLanguage) => {
  const nonce = randomBytes(16).toString("base64");
  const [title, lead] = texts[language][outcome];
  return {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": `default-src 'none'; style-src 'nonce-${nonce}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
      "x-content-type-options": "nosniff",
    },
    body: `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${title} · RiverSync</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style nonce="${nonce}">${style}</style></head>
<body><main><svg class="${outcome}" viewBox="0 0 44 44" aria-hidden="true">${marks[outcome]}</svg>
<h1>${title}</h1><p>${lead}</p></main></body></html>`,
  };
};
