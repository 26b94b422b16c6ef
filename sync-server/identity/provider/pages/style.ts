import { fontFaces } from "./fonts.ts";

/** The look of the sign-in pages: one quiet card over still water, by day and by night. */
export const pageStyle = `
${fontFaces}
:root { color-scheme: light dark;
  --ground: #eef3f5; --water: #d5e4ea; --water-2: #c3d9e2; --card: #ffffff; --line: #d8e1e6;
  --text: #14252e; --quiet: #546872; --brand: #0b6e8a; --brand-2: #095a72; --on-brand: #ffffff;
  --bad: #a3271f; --bad-ground: #fdf0ee; --bad-line: #efc6c1; --soft: #f4f8fa;
  --shadow: 0 1px 2px rgb(16 42 54 / .06), 0 12px 40px rgb(16 42 54 / .10); }
@media (prefers-color-scheme: dark) { :root {
  --ground: #0d171c; --water: #10232b; --water-2: #132c36; --card: #15232a; --line: #28404a;
  --text: #e7f0f3; --quiet: #9db2bb; --brand: #4bb6d3; --brand-2: #74c8df; --on-brand: #06222b;
  --bad: #ffb4aa; --bad-ground: #35191a; --bad-line: #6b302d; --soft: #1a2b33;
  --shadow: 0 1px 2px rgb(0 0 0 / .3), 0 16px 48px rgb(0 0 0 / .35); } }
* { box-sizing: border-box; }
html, body { min-height: 100%; margin: 0; }
body { background: var(--ground); color: var(--text); display: grid; place-items: center;
  min-height: 100vh; padding: 32px 16px; font: 16px/1.55 "IBM Plex Sans Thai", "IBM Plex Sans",
  "Noto Sans Thai", "Leelawadee UI", Thonburi, system-ui, sans-serif; }
.river { position: fixed; inset: auto 0 0 0; width: 100%; height: 34vh; z-index: -1; }
.river .far { fill: var(--water); } .river .near { fill: var(--water-2); }
main { width: 100%; max-width: 26rem; background: var(--card); border: 1px solid var(--line);
  border-radius: 16px; box-shadow: var(--shadow); padding: 32px; }
main.wide { max-width: 52rem; display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.1fr);
  gap: 40px; }
.brand { display: flex; align-items: center; gap: 10px; font-weight: 600; margin: 0 0 28px; }
.brand svg { width: 28px; height: 28px; } .brand .drop { fill: var(--brand); }
.brand .wave { fill: none; stroke: var(--card); stroke-width: 2.6; stroke-linecap: round; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 6px; font-weight: 600; }
h2 { font-size: 1rem; margin: 0 0 4px; font-weight: 600; }
.lead { color: var(--quiet); margin: 0 0 24px; }
label { display: block; font-weight: 500; font-size: .9rem; margin: 0 0 6px; }
input[type=text], input[type=password] { width: 100%; font: inherit; color: inherit;
  background: var(--soft); border: 1px solid var(--line); border-radius: 10px; padding: 10px 12px;
  margin: 0 0 16px; min-height: 46px; }
input:focus-visible, button:focus-visible { outline: 2px solid var(--brand); outline-offset: 2px; }
input[aria-invalid=true] { border-color: var(--bad); }
button { font: inherit; cursor: pointer; border-radius: 10px; min-height: 46px; width: 100%; }
.primary { background: var(--brand); color: var(--on-brand); border: 0; font-weight: 600;
  margin-top: 4px; }
.primary:hover { background: var(--brand-2); }
.plain { background: none; border: 0; color: var(--quiet); margin-top: 8px; font-size: .9rem; }
.plain:hover { color: var(--text); text-decoration: underline; }
.alert { background: var(--bad-ground); border: 1px solid var(--bad-line); color: var(--bad);
  border-radius: 10px; padding: 10px 12px; margin: 0 0 20px; font-size: .92rem; }
.person { display: flex; align-items: center; gap: 12px; background: var(--soft);
  border: 1px solid var(--line); border-radius: 12px; padding: 12px; margin: 0 0 20px; }
.person strong, .person span { display: block; } .person span { color: var(--quiet); font-size: .9rem; }
.demo { border-left: 1px solid var(--line); padding-left: 40px; min-width: 0; }
.demo .lead { font-size: .9rem; margin-bottom: 14px; }
.demo ul { list-style: none; margin: 0 -8px 0 -3px; padding: 3px 8px 24px 3px; display: grid; gap: 8px;
  max-height: 24rem; overflow-y: auto;
  mask-image: linear-gradient(#000 calc(100% - 28px), transparent); }
.demo button { text-align: left; background: var(--soft); border: 1px solid var(--line);
  color: inherit; padding: 7px 12px; line-height: 1.35; }
.demo button:hover { border-color: var(--brand); } .demo strong { font-weight: 600; display: block; }
.demo code { white-space: nowrap; } .demo span { color: var(--quiet); font-size: .85rem; }
code { font: .92em "IBM Plex Mono", ui-monospace, monospace; background: var(--soft);
  border: 1px solid var(--line); border-radius: 6px; padding: 1px 6px; overflow-wrap: anywhere; }
@media (max-width: 44rem) { main.wide { display: block; max-width: 26rem; }
  .demo { border-left: 0; border-top: 1px solid var(--line); padding: 24px 0 0; margin-top: 28px; } }
@media (max-width: 30rem) { main { padding: 24px 20px; } }
`;
