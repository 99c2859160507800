import { readPage } from '../../src/cli/sources/page.ts'
import { detailsOf } from '../../src/http/problem.ts'
import type { Warned } from '../../src/ingest/warned.ts'

const sentences =
  'Le chantier du pont a duré trois mois, et les voisins sont soulagés, dit la mairie de la ville. Une navette gratuite partira de la gare dès midi, et le marché sera ouvert.'

/** Six paragraphs, enough for Readability to find the article. */
export const paragraphs = `<p>${sentences}</p>`.repeat(6)

/** A page of a newspaper: its head, what stands between the headline and the text, and what stands around them. */
export function newspaperPage({
  head = '',
  above = '',
  headline = '<h1>Le pont rouvre lundi à midi</h1>',
  below = '',
  end = '',
  html = ' lang="fr"',
}): string {
  return `<!doctype html><html${html}><head><meta charset="utf-8"><title>Le pont rouvre lundi à midi</title>${head}</head><body>
    <nav><a href="/">Accueil</a></nav><main>${above}<article>${headline}${below}${paragraphs}${end}</article></main></body></html>`
}

/** Reads a page; throws if it is refused. */
export function articleOf(
  html: string,
): Omit<Warned<unknown>, 'value'> & { fields: Record<string, unknown> } {
  const read = readPage(html)
  if (!read.ok) throw new Error(detailsOf(read.problem).detail)
  const { value, ...others } = read.value
  return { fields: value as Record<string, unknown>, ...others }
}
