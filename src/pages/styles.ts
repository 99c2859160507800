import { elementStyles } from '../element/bundle.ts'

const sheet = `
:root {
  color-scheme: light dark;
  --paper: #fdfcf9;
  --ink: #1d1b18;
  --quiet: #625d54;
  --rule: #d9d4c8;
  --accent: #9a2318;
  --tint: #f3f0e8;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "Source Serif 4", "Noto Serif", Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #161513;
    --ink: #e9e5db;
    --quiet: #a8a195;
    --rule: #3b3832;
    --accent: #f2a08f;
    --tint: #211f1c;
  }
}
* { box-sizing: border-box; }
html {
  -webkit-text-size-adjust: 100%; text-size-adjust: 100%;
  font: clamp(1.0625rem, 1rem + .3vw, 1.2rem)/1.6 var(--serif);
}
body {
  margin: 0;
  padding: 0 clamp(1rem, 4vw, 2.5rem);
  background: var(--paper);
  color: var(--ink);
  overflow-wrap: break-word;
}
h1, h2, h3, h4, h5, h6 { line-height: 1.2; text-wrap: balance; margin: 2em 0 .5em; }
h1 { font-size: clamp(1.85rem, 1.3rem + 2.6vw, 3rem); line-height: 1.1; letter-spacing: -.012em; margin: 0; }
h2 { font-size: 1.35em; }
h3 { font-size: 1.15em; }
p, ul, ol, dl, table, pre, blockquote { margin: 0 0 1em; }
a { color: inherit; text-decoration-color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: .18em; }
a:hover { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
main:focus { outline: none; }
img, video, iframe { display: block; max-width: 100%; height: auto; }
time { white-space: nowrap; }
.unseen {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap;
}
.skip { position: absolute; left: -999em; }
.skip:focus { left: 1rem; top: 1rem; padding: .6em 1em; background: var(--ink); color: var(--paper); z-index: 1; }
.masthead, main, footer { max-width: 58rem; margin-inline: auto; }

.masthead {
  display: flex; align-items: center; justify-content: space-between; gap: 1rem;
  border-bottom: 1px solid var(--ink); min-height: 3.75rem;
}
.house { margin: 0; font-size: 1.35em; font-weight: 700; line-height: 1.1; letter-spacing: -.012em; }
.masthead a { display: inline-flex; align-items: center; min-height: 44px; text-decoration: none; }
.front { display: block; text-align: center; padding: clamp(1.5rem, 5vw, 3rem) 0 1.25rem; border-bottom: 4px double var(--ink); }
.front .house { font-size: clamp(2.4rem, 1.4rem + 5vw, 4.5rem); }
.front nav { display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: .5rem .9rem; margin-top: 1.25rem; }
.front .label { margin: 0; }
.motto { margin: .5em 0 0; color: var(--quiet); font-style: italic; text-wrap: balance; }

.kicker, .byline, .times, .quiet, .label, .row, .action, .to-feeds, .attachments, figcaption, table {
  font: .8rem/1.45 var(--sans);
}
.to-feeds { white-space: nowrap; }
.kicker { margin: 0 0 .5em; color: var(--accent); font-weight: 600; }
.kicker a { text-decoration: none; }
.kicker a:hover { text-decoration: underline; }
.quiet, .times, figcaption, .byline time { color: var(--quiet); }
.label { margin: 0 0 .6em; font-weight: 600; }
.byline, .times { display: flex; flex-wrap: wrap; gap: .1em 1em; margin: 0; }

main > article, .problem { max-width: 31rem; margin: clamp(1.75rem, 5vw, 3.5rem) auto; }
.problem h1 ~ p { margin: 1.25rem 0 0; }
main > article > header { margin-bottom: 1.75rem; }
.standfirst { margin: .7em 0 0; font-size: 1.15em; line-height: 1.45; color: var(--quiet); text-wrap: pretty; }
header > .byline { margin-top: 1.4em; font-weight: 600; }
.source { font-weight: 400; }
h1 + .times { margin-top: 1.4em; }
figure { margin: 2em 0; }
.lead { margin: 0 0 2em; }
.lead img { width: 100%; background: var(--tint); }
figcaption { margin-top: .6em; }
.body { hyphens: auto; hyphenate-limit-chars: 8 4 4; }
.body > :first-child { margin-top: 0; }
.body iframe { width: 100%; aspect-ratio: 16/9; border: 0; }
.body audio { width: 100%; }
.body table { display: block; overflow-x: auto; border-collapse: collapse; hyphens: manual; }
caption { text-align: start; padding-bottom: .6em; font-weight: 600; }
th, td { padding: .5em 1.2em .5em 0; border-bottom: 1px solid var(--rule); text-align: start; vertical-align: top; font-variant-numeric: tabular-nums; }
thead th { border-bottom-color: var(--ink); }
blockquote { margin: 1.5em 0; padding-inline-start: 1.1em; border-inline-start: 3px solid var(--accent); font-style: italic; }
blockquote > :last-child { margin-bottom: 0; }
ul, ol { padding-inline-start: 1.3em; }
pre { overflow-x: auto; padding: 1em; background: var(--tint); }
code, kbd, samp, pre { font: .88em/1.5 ui-monospace, Menlo, Consolas, monospace; }
hr { width: 4rem; margin: 2.5em auto; border: 0; border-top: 1px solid var(--quiet); }
mark { background: #ffe9a8; color: #1d1b18; }

article > section, article > kiosque-share, .elsewhere { margin-top: 2rem; padding-top: 1.25rem; border-top: 1px solid var(--rule); }
.row { display: flex; flex-wrap: wrap; gap: .5rem; margin: 0; padding: 0; list-style: none; }
.row a, .action {
  display: inline-flex; align-items: center; min-height: 44px; min-width: 44px; justify-content: center;
  padding: .3em .9em; border: 1px solid var(--rule); border-radius: 3px; text-decoration: none;
}
.row a:hover, .action:hover { border-color: currentColor; background: var(--tint); }
kiosque-share { font-size: .8rem; --kiosque-font: var(--sans); --kiosque-rule: var(--rule); --kiosque-focus: var(--accent); }
.action { border-color: currentColor; font-weight: 600; }
.attachments ul { margin: 0; padding: 0; list-style: none; }
.attachments li { padding: .7em 0; }

.selection { padding: clamp(1.5rem, 4vw, 2.5rem) 0 1.25rem; border-bottom: 1px solid var(--rule); }
.articles { display: grid; margin: 0; padding: 0; list-style: none; }
.articles > li { padding: clamp(1.25rem, 3vw, 1.75rem) 0; border-top: 1px solid var(--rule); }
.articles > li:first-child { border: 0; }
.teaser { display: grid; gap: 1rem 1.25rem; }
.teaser:has(img) { grid-template-columns: 1fr 6rem; }
.teaser img { width: 100%; order: 1; aspect-ratio: 1; object-fit: cover; background: var(--tint); }
.teaser h2 { margin: 0 0 .3em; font-size: 1.25rem; }
.teaser h2 a { text-decoration: none; }
.teaser h2 a:hover { text-decoration: underline; }
.teaser p { margin-bottom: .6em; text-wrap: pretty; }
.teaser p:not([class]) { max-width: 60ch; font-size: .95rem; line-height: 1.5; }
.teaser .byline { margin: 0; }
.first h2 { font-size: clamp(1.6rem, 1.2rem + 2vw, 2.4rem); line-height: 1.12; letter-spacing: -.01em; }
.first:has(img) { grid-template-columns: none; }
.first img { order: 0; aspect-ratio: 3/2; }
.empty { padding: 3rem 0; color: var(--quiet); text-align: center; font-style: italic; }
@media (min-width: 46rem) {
  .articles { grid-template-columns: 1fr 1fr; column-gap: 3rem; }
  .articles > li:first-child { grid-column: 1/-1; }
  .first:has(img) { grid-template-columns: 1fr 1.2fr; column-gap: 2.5rem; }
  .first img { order: 1; }
}

footer { padding: 1.5rem 0 3rem; border-top: 1px solid var(--ink); }
footer:empty { display: none; }
footer p { margin: 0 0 .8em; }
footer .row { margin-bottom: 1.5rem; }
.on-paper { display: none; }

@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@media print {
  :root { --paper: #fff; --ink: #000; --quiet: #333; --rule: #999; --accent: #000; --tint: #fff; }
  html { font-size: 11pt; }
  body { padding: 0; }
  nav, .front nav, .skip, .masthead .to-feeds, iframe, audio, video { display: none; }
  main > article, .problem { max-width: none; margin-top: 1.5rem; }
  a { text-decoration: none; }
  h1, h2, h3, figcaption { break-after: avoid; }
  figure, blockquote, tr, img { break-inside: avoid; }
  .lead img, .body img { max-height: 12cm; width: auto; }
  mark { background: none; text-decoration: underline; }
  .on-paper { display: block; }
}
`

/** A stylesheet without its white space. The policy lets in this very text and no other. */
export const packed = (text: string): string => text.trim().replace(/\s*([{};:,])\s+/g, '$1')

/** The stylesheet that all pages share. */
export const styles = elementStyles.text.trim() + packed(sheet)
