import { packed } from './styles.ts'

/** What the share menu has beside the shared stylesheet. */
export const shareMenuStyles = packed(`
.menu h1 { font-size: clamp(1.5rem, 1.2rem + 1.5vw, 2.1rem); }
.menu h1 a { text-decoration: none; }
.menu > kiosque-share { margin: 0; padding: 0; border: 0; }
.menu section { margin-top: 1.5rem; padding-top: 1.25rem; border-top: 1px solid var(--rule); }
.menu h2 { margin: 0 0 .6em; font: 600 .8rem/1.45 var(--sans); }
.menu .card { display: grid; gap: 1.25rem; align-items: start; }
.menu .card img { width: 11rem; border: 1px solid var(--rule); background: #fff; }
.menu .card figure { margin: 0; }
.menu .card label { display: block; font: .8rem/1.45 var(--sans); }
.menu .card input {
  display: block; width: 100%; min-height: 44px; margin-top: .4em; padding: .3em .6em;
  border: 1px solid var(--rule); border-radius: 3px; background: none; color: inherit; font: .95rem/1.4 var(--sans);
  text-overflow: ellipsis;
}
.menu .card p { margin: .8em 0 0; }
.menu > p { margin: 1.5rem 0 0; }
@media (min-width: 34rem) { .menu .card { grid-template-columns: auto 1fr; } }
`)
