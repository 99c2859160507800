import { packed } from './styles.ts'

const sheet = `
.selection .standfirst { max-width: 40rem; font-size: 1.05em; }
.selection .kicker a { display: inline-block; padding-block: .9rem; margin-block: -.9rem; }
.panel { max-width: 40rem; padding: .25rem 0 1.75rem; }
.panel > section { margin-top: 1.75rem; }
.panel label { display: block; }
.panel label, input, button, .wrong { font: .8rem/1.45 var(--sans); }
.panel label.label { font-weight: 600; }
.panel p { margin: .7em 0 0; }
input, button {
  min-height: 44px; padding: .3em .8em; border: 1px solid var(--quiet); border-radius: 3px;
  background: transparent; color: inherit;
}
input { width: 100%; min-width: 0; font-size: 1rem; }
input[readonly] { background: var(--tint); text-overflow: ellipsis; }
::placeholder { color: var(--quiet); opacity: 1; }
button { white-space: nowrap; font-weight: 600; cursor: pointer; }
button:hover { border-color: currentColor; background: var(--tint); }
.line { display: flex; flex-wrap: wrap; gap: .5rem; margin: .35rem 0 .75rem; }
.line input { flex: 1 1 12rem; width: auto; }
.wrong { color: var(--accent); font-weight: 600; }
h2.section { margin: 0; padding-top: 1.25rem; border-top: 1px solid var(--ink); font-size: 1.1em; }
section > h2.section { margin-top: 2rem; }
.shelf { margin: .75rem 0; padding: 0; list-style: none; }
.shelf li {
  display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0 1rem;
  border-bottom: 1px solid var(--rule);
}
.shelf a { display: inline-flex; align-items: center; min-height: 44px; min-width: 44px; text-decoration: none; }
.shelf .of { padding-block: .5rem; line-height: 1.3; }
.shelf a:hover { text-decoration: underline; }
.initials { display: flex; flex-wrap: wrap; margin: .5rem -.75rem 0; padding: 0; list-style: none; font-family: var(--sans); }
.initials a { display: inline-flex; align-items: center; justify-content: center; min-height: 44px; min-width: 44px; }
.formats { display: flex; gap: 0 1rem; margin-inline-start: auto; font: .8rem/1.45 var(--sans); }
@media (min-width: 46rem) { section > .shelf { columns: 2; column-gap: 3rem; } .shelf li { break-inside: avoid; } }
`

/** What the pages about feeds have beside the shared stylesheet: apart, so that every other head stays small. */
export const feedStyles = packed(sheet)
