import { packed } from './styles.ts'

const sheet = `
.selection .standfirst { max-width: 40rem; font-size: 1.05em; }
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
`

/** What the pages about feeds have beside the shared stylesheet: apart, so that every other head stays small. */
export const feedStyles = packed(sheet)
