import { expect, test } from 'vitest'
import { listArticles } from '../../src/cli/list.ts'
import type { Filter } from '../../src/cli/target.ts'
import type { Article } from '../../src/domain/article.ts'
import type { KnownPath } from '../../src/domain/path.ts'
import { sampleArticle } from '../render/samples.ts'

/** Lists with these options, from a store whose section Ville alone has an article; returns what is written and asked. */
async function listed(options: Parameters<typeof listArticles>[1]) {
  const asked: Filter[] = []
  const target = {
    async *paths(): AsyncGenerator<KnownPath> {
      yield { path: 'sections/ville', title: 'Ville' }
      yield { path: 'tags/c-sharp', title: 'C#' }
      yield { path: 'authors/kim-tremblay', title: 'Kim Tremblay' }
    },
    async *list(filter: Filter): AsyncGenerator<Article> {
      asked.push(filter)
      if (filter.section === 'ville' && filter.tag === undefined) yield sampleArticle({ slug: 'pont' })
    },
  }
  const slugs: string[] = []
  const notes: string[] = []
  await listArticles(target, options, {
    article: ({ slug }) => slugs.push(slug),
    note: (line) => notes.push(line),
  })
  return { asked, slugs, notes }
}

const rows: [
  options: Parameters<typeof listArticles>[1],
  asked: Filter[],
  slugs: string[],
  notes: string[],
][] = [
  [{ section: 'Ville' }, [{ section: 'ville' }], ['pont'], []],
  [{ section: 'ville', status: 'published' }, [{ section: 'ville', status: 'published' }], ['pont'], []],
  [
    { section: 'VILLE', tag: ['c#'] },
    [{ section: 'ville', tag: 'c-sharp' }],
    [],
    ['no article with section VILLE, tag c#'],
  ],
  [{ author: ['Kim Tremblay'] }, [{ author: 'kim-tremblay' }], [], ['no article with author Kim Tremblay']],
  [{ status: 'draft' }, [{ status: 'draft' }], [], ['no article with status draft']],
  [{}, [{}], [], ['no article']],
  [{ section: 'Vile' }, [{}], [], ['no article: there is no section "Vile"; did you mean Ville?']],
  [{ tag: ['Ville'] }, [{}], [], ['no article: there is no tag "Ville"']],
]

test.for(rows)('%o', async ([options, asked, slugs, notes]) => {
  expect(await listed(options)).toEqual({ asked, slugs, notes })
})

test('a tag that is given twice is refused', async () => {
  await expect(listed({ tag: ['a', 'b'] })).rejects.toThrow('Cannot list with --tag twice')
})

test('a name that only unpublished articles have is found', async () => {
  const target = {
    async *paths(): AsyncGenerator<KnownPath> {},
    async *list(): AsyncGenerator<Article> {
      yield sampleArticle({ slug: 'projet', status: 'draft', section: 'Projets', tags: ['Idées'] })
      yield sampleArticle({ slug: 'pont', status: 'draft', section: 'Ville', tags: ['Idées'] })
    },
  }
  const slugs: string[] = []
  const notes: string[] = []
  const output = {
    article: ({ slug }: Article) => slugs.push(slug),
    note: (line: string) => notes.push(line),
  }
  await listArticles(target, { section: 'projets', tag: ['idées'] }, output)
  await listArticles(target, { section: 'Projet', status: 'draft' }, output)
  expect({ slugs, notes }).toEqual({ slugs: ['projet'], notes: ['no article: there is no section "Projet"'] })
})
