const sheet = `
:root { color-scheme: light dark; --paper: #fdfcf9; --ink: #1d1b18; --quiet: #625d54; --rule: #d9d4c8; --accent: #9a2318; --tint: #f3f0e8; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #161513; --ink: #e9e5db; --quiet: #a8a195; --rule: #3b3832; --accent: #f2a08f; --tint: #211f1c; }
}
* { box-sizing: border-box; margin: 0; }
html, body { height: 100%; }
body {
  display: flex; overflow: hidden; border: 1px solid var(--rule); background: var(--paper); color: var(--ink);
  font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: break-word;
}
a { color: inherit; text-decoration: none; }
a:hover { text-decoration: underline; text-decoration-color: var(--accent); text-underline-offset: .18em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
article { position: relative; display: flex; flex: 1; min-width: 0; }
img { flex: none; width: 34%; height: 100%; object-fit: cover; background: var(--tint); }
.text { display: flex; flex: 1; flex-direction: column; min-width: 0; padding: 14px 18px; overflow: hidden auto; }
.kicker { color: var(--accent); font-size: 13px; font-weight: 600; }
h1, .summary { display: -webkit-box; -webkit-box-orient: vertical; overflow: hidden; flex: none; }
h1 {
  -webkit-line-clamp: 3; margin: 2px 0 6px; line-height: 1.2; text-wrap: pretty;
  font: 700 20px/1.2 "Iowan Old Style", "Palatino Linotype", Palatino, "Noto Serif", Georgia, serif;
}
h1 a::after { content: ""; position: absolute; inset: 0; }
.summary { -webkit-line-clamp: 3; color: var(--quiet); }
footer { display: flex; flex-wrap: wrap; align-items: center; gap: 0 1em; margin-top: auto; padding-top: 8px; color: var(--quiet); font-size: 13px; }
footer a { position: relative; display: inline-flex; align-items: center; min-height: 44px; margin: -10px 0; color: var(--ink); font-weight: 600; }
@media (max-width: 419px) {
  article { flex-direction: column; }
  img { width: 100%; height: 34%; }
  h1 { font-size: 18px; }
  .summary { -webkit-line-clamp: 6; }
  img + .text .summary { -webkit-line-clamp: 2; }
}
@media (max-height: 179px) {
  .summary { display: none; }
  h1 { -webkit-line-clamp: 2; }
}
@media (max-height: 119px) {
  .kicker, .text footer span { display: none; }
  .text { padding-block: 8px; }
}
@media (max-width: 419px) and (max-height: 239px) { img { display: none; } }
`

/** The stylesheet of the embedded card, without its white space. Its policy lets in this very text and no other. */
export const embedStyles = sheet.trim().replace(/\s*([{};:,])\s+/g, '$1')
