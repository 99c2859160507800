import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { besideEnding } from '../../../src/cli/beside-file.ts'
import { root } from '../../../src/cli/paths.ts'
import { readArticleFile } from '../../../src/cli/read-file.ts'
import type { Article } from '../../../src/domain/article.ts'
import type { ArticleInput } from '../../../src/domain/input.ts'
import type { Result } from '../../../src/domain/problem.ts'
import { articleOf } from '../../../src/ingest/article.ts'
import { parseArticle } from '../../../src/ingest/json.ts'
import { article as anyArticle } from '../../../test/render/arbitrary.ts'
import { site } from '../../../test/render/samples.ts'
import { hostileTexts } from './hostile.ts'

const now = Date.parse('2026-01-01T00:00:00Z')

/** The article that a save would store; undefined if the input is refused. */
function stored(input: Result<ArticleInput>): Article | undefined {
  const made = input.ok ? articleOf(input.value, { site, now }) : input
  return made.ok ? made.value : undefined
}

/** The articles of the folder `fixtures`, as the importer reads them. */
export function fixtureArticles(): Article[] {
  const folder = join(root, 'fixtures')
  const names = readdirSync(folder).filter(
    (name) => /\.(txt|json)$/.test(name) && !name.endsWith(besideEnding),
  )
  return names.map((name) => {
    const article = stored(readArticleFile(join(folder, name), {}))
    if (!article) throw new Error(`The importer refuses fixtures/${name}`)
    return article
  })
}

/** For each hostile text, an article that has this text in every field that takes text, by the name of the text. */
export const hostileArticles = (): [name: string, article: Article][] =>
  Object.entries(hostileTexts).map(([name, text], at) => {
    const article = stored(
      parseArticle({
        slug: `hostile-${name}`,
        title: text,
        summary: text,
        markdown: `${text}\n\n\`${text}\``,
        language: 'fr-CA',
        published: `2024-06-${String((at % 28) + 1).padStart(2, '0')}T08:00:00Z`,
        section: text,
        tags: [`Sujet ${text}`, text],
        authors: [text, { name: `Avec ${text}`, url: 'https://journal.example/?a=1&b=2' }],
        source: { name: text, ...(at % 2 === 0 && { url: 'https://agence.example/?a=1&b=2' }) },
        image: { url: '/media/pont.jpg', alt: text, credit: text, type: 'image/jpeg', bytes: 81234 },
        attachments: [{ url: '/media/son.mp3', type: 'audio/mpeg', bytes: 99, seconds: 61, title: text }],
        rights: { copyright: text },
        note: text,
      }),
    )
    if (!article) throw new Error(`The API refuses the hostile article ${name}`)
    return [name, article]
  })

/** Random hostile articles, the same in every run; those that the API would refuse are left out. */
export const fuzzedArticles = (seed: number, count: number): Article[] =>
  fc.sample(anyArticle, { seed, numRuns: count }).flatMap(({ attachments, ...article }, at) => {
    const day = `${(at % 28) + 1}`.padStart(2, '0')
    const differs = {
      id: `https://old.example/?p=${at}&seed=${seed}`,
      published: `2024-05-${day}T0${seed}:00:00Z`,
      updated: `2024-06-${day}T0${seed}:30:00Z`,
    }
    return stored(parseArticle(JSON.parse(JSON.stringify({ ...article, ...differs })))) ?? []
  })
