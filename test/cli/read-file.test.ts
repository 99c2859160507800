import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { checkGiven, type ImportItem, importAll, overwriting } from '../../src/cli/import.ts'
import { findArticles, readArticleFile } from '../../src/cli/read-file.ts'
import { backupIn } from '../../src/cli/restore.ts'
import type { ImportKind } from '../../src/cli/sources/kinds.ts'
import type { Reply } from '../../src/cli/target.ts'
import type { ArticleInput } from '../../src/domain/input.ts'
import type { KnownPath } from '../../src/domain/path.ts'
import { detailsOf } from '../../src/http/problem.ts'

const folder = mkdtempSync(join(tmpdir(), 'kiosque-files-'))
afterAll(() => rmSync(folder, { recursive: true }))

const capture =
  'Le titre de la page\n\nPar Jean Roy\n\nUn premier paragraphe.\n\nUn second.\n\nPartager cet article\n'

/** Writes a file into the temporary folder and returns the file's path. */
function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/**
 * Writes a capture (a web page saved as text) and, in the same folder, a `.meta.json` file with the fields that
 * a capture lacks; returns the capture's path.
 */
function captureBeside(name: string, json: string): string {
  file(`${name}.meta.json`, json)
  return file(`${name}.txt`, capture)
}

test('the date in a capture is in the site’s zone, and what is unsure of the capture is a warning', () => {
  const page = file(
    'dated.txt',
    `Ville\n\n${capture.replace('Par Jean Roy', 'Par Jean Roy le 14.09.2020 à 11h46')}`,
  )
  expect([...findArticles([page], { language: 'fr' }, 'America/Toronto')]).toMatchObject([
    {
      article: { ok: true, value: { title: 'Le titre de la page', published: '2020-09-14T15:46:00Z' } },
      warnings: [
        'title: "Le titre de la page" is taken, and 1 line above it left out, first "Ville"',
        'published: 11:46 has no zone, and that of the site is taken',
      ],
    },
  ])
  expect([...findArticles([page], {})]).toMatchObject([{ article: { ok: false } }])
})

test.for<[language: string, text: string]>([
  [
    'es',
    'La alcaldía anuncia que el puente reabrirá el lunes por la mañana. La obra costó dos millones en total.',
  ],
  [
    'it',
    'Il comune annuncia che il ponte riaprirà lunedì mattina. I lavori sono costati due milioni di euro.',
  ],
  [
    'nl',
    'De gemeente meldt dat de brug maandagochtend weer opengaat. Het werk heeft twee miljoen euro gekost.',
  ],
  [
    'pt',
    'A câmara anuncia que a ponte reabrirá na segunda-feira de manhã. As obras custaram dois milhões de euros.',
  ],
])('the language of a capture in %s is guessed, with a warning', ([language, text]) => {
  const page = file(`language-${language}.txt`, `Ponte Puente Brug\n\n${text}\n\n${text}`)
  expect([...findArticles([page], { status: 'draft' })]).toMatchObject([
    {
      article: { ok: true, value: { language } },
      warnings: [`language: ${language} is guessed from the text`],
    },
  ])
})

describe('readArticleFile', () => {
  const read: [title: string, path: string, given: object, expected: object][] = [
    [
      'a capture',
      file('page.txt', capture),
      {},
      {
        title: 'Le titre de la page',
        authors: [{ name: 'Jean Roy' }],
        text: 'Un premier paragraphe.\n\nUn second.',
      },
    ],
    [
      'a capture with what stands beside it',
      captureBeside('beside', '{"section":"Monde","language":"fr-CA"}'),
      {},
      { section: 'Monde', language: 'fr-CA' },
    ],
    [
      'options win over what stands beside',
      join(folder, 'beside.txt'),
      { section: 'Culture' },
      { section: 'Culture', language: 'fr-CA' },
    ],
    ['JSON', file('a.json', '{"title":"Titre","tags":["x"]}'), {}, { title: 'Titre', tags: ['x'] }],
    [
      'JSON with an option',
      join(folder, 'a.json'),
      { section: 'Monde' },
      { title: 'Titre', section: 'Monde' },
    ],
  ]
  test.for(read)('%s', ([, path, given, expected]) => {
    expect(readArticleFile(path, given)).toMatchObject({ ok: true, value: expected })
  })

  const refused: [title: string, path: string, says: string][] = [
    ['a missing file', join(folder, 'absent.txt'), 'Cannot read the file: there is no such file'],
    ['a folder', mkdirSync(join(folder, 'dossier.txt'), { recursive: true }) ?? '', 'it is a folder'],
    ['an empty file', file('vide.txt', ''), 'Cannot read the capture: no title'],
    ['furniture only', file('boutons.txt', 'Partager cet article\nguest\n0 Commentaires\n'), 'no title'],
    ['not UTF-8', file('latin1.txt', Uint8Array.from([0x54, 0xe9, 0x0a, 0x0a, 0x54])), 'not UTF-8'],
    ['5 MB', file('gros.txt', 'mot '.repeat(1_250_000)), 'at most 1048576'],
    ['broken JSON', file('b.json', '{"title":'), 'Cannot read the file as JSON'],
    ['a JSON list', file('c.json', '[]'), 'must be an object'],
    ['a wrong field', file('d.json', '{"title":"x","published":"hier"}'), 'published: must be a date'],
    ['something else than an object beside it', captureBeside('e', '[]'), 'it must hold a JSON object'],
    ['broken JSON beside it', captureBeside('g', '{'), 'g.meta.json" as JSON: '],
    ['an unknown field beside it', captureBeside('f', '{"rubrique":"Monde"}'), 'rubrique: is not a field'],
  ]
  test.for(refused)('%s is refused, with the reason', ([, path, says]) => {
    const result = readArticleFile(path, {})
    expect(result.ok ? 'no refusal' : detailsOf(result.problem).detail).toContain(says)
  })
})

const title = 'Le titre de la page'
const bodies = `<p>Un premier paragraphe, avec assez de mots pour un article.</p>`.repeat(9)

/**
 * One file for each kind of file that the importer reads; TypeScript reports an error if a kind has no file.
 * Every file contains one article with the same title. From every file, the importer reads or guesses at least
 * one field that `given` replaces.
 */
const ofEachKind: Record<ImportKind, [name: string, content: string, more?: object]> = {
  capture: [
    'genre.txt',
    `${title}\n\nLa ville et les maires ont signé une entente qui ouvre le pont aux piétons.`,
  ],
  markdown: ['genre.md', `---\nsection: Lue\n---\n# ${title}\n\nUn premier paragraphe.`],
  page: [
    'genre.html',
    `<html lang="fr"><head><title>${title}</title></head><body><article>${bodies}</article></body></html>`,
  ],
  feed: [
    'genre.rss',
    `<rss version="2.0"><channel><item><title>${title}</title><pubDate>Tue, 18 Jun 2024 12:00:00 GMT</pubDate></item></channel></rss>`,
  ],
  wordpress: [
    'genre.xml',
    `<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>${title}</title><category domain="category" nicename="lue">Lue</category><wp:post_type>post</wp:post_type><wp:status>draft</wp:status></item></channel></rss>`,
    { status: 'draft' },
  ],
  json: ['genre.json', JSON.stringify({ title, section: 'Lue' })],
  ndjson: ['genre.ndjson', `${JSON.stringify({ title, section: 'Lue' })}\n`],
}
test.for(Object.entries(ofEachKind))(
  'a file of the kind %s is read as this kind',
  ([, [name, content, more]]) => {
    const found = [...findArticles([file(name, content)], {})]
    expect(found).toMatchObject([{ article: { ok: true, value: { title, ...more } } }])
  },
)

const given = { section: 'Donnée', published: '2024-06-19T12:00:00Z', language: 'de' }

test.for(Object.entries(ofEachKind))(
  'what the command line says of an article replaces what a file of the kind %s says',
  ([, [name, content]]) => {
    const path = file(name, content)
    expect([...findArticles([path], given)]).toMatchObject([{ article: { value: given } }])
    const [alone] = findArticles([path], {})
    const own: Record<string, unknown> =
      alone && 'article' in alone && alone.article.ok ? { ...alone.article.value } : {}
    const replaced = Object.entries(given).filter(([field, value]) => (own[field] ?? value) !== value)
    expect(replaced, 'the fields of the file that `given` replaces').not.toEqual([])
  },
)

test.for([{ slug: 'a' }, { url: 'https://j.example/a' }, { slug: 'a', url: 'https://j.example/a' }])(
  '%o is refused for several articles',
  (beside) => {
    const files = [...findArticles([file('un.md', '# Un'), file('vide.md', '')], beside)]
    const lines = [...findArticles([file('deux.ndjson', '{"title":"Un"}\n{"title":"Deux"}')], beside)]
    const path: ImportItem = { where: 'b:1', path: { ok: true, value: { path: 'tags/a', title: 'A' } } }
    const reasons = [[], [path, ...files.slice(0, 1)], [path, ...files], lines].map((found) => {
      try {
        return checkGiven({ ...beside, section: 'Donnée' }, found)
      } catch (fault) {
        return (fault as Error).message
      }
    })
    const options = Object.keys(beside)
      .map((name) => `--${name}`)
      .join(' and ')
    const refusal = `Cannot import with ${options}: the files contain 2 articles, and may contain one`
    expect(reasons).toEqual([undefined, undefined, refusal, refusal])
    expect(checkGiven({ section: 'Donnée' }, lines)).toBeUndefined()
  },
)

test('the command saves nothing if one slug is given for several articles', () => {
  const files = ['un', 'deux'].map((name) => file(`${name}.md`, `# ${name}`))
  const operands = ['src/cli/kiosque.ts', 'import', ...files, '--slug', 'x', '--dry-run']
  const { status, stdout, stderr } = spawnSync(process.execPath, operands, { encoding: 'utf8' })
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).toContain('Cannot import with --slug: the files contain 2 articles, and may contain one')
})

test('an import goes on after a refusal, keeps the order, and counts', async () => {
  const chunks: string[][] = []
  const target = {
    save: async (inputs: readonly ArticleInput[]): Promise<Reply[]> => {
      chunks.push(inputs.map(({ title }) => title))
      return inputs.map(({ title }) =>
        title === 'Refusé'
          ? { ok: false, reason: 'a reason' }
          : { ok: true, slug: title.toLowerCase(), kind: 'created' },
      )
    },
    savePaths: async () => [],
  }
  const lines = Array.from({ length: 60 }, (_, at) => `{"title":"L${at}"}`).join('\n')
  const files = [
    file('1.json', '{"title":"Un"}'),
    file('2.json', '{'),
    file('3.json', '{"title":"Refusé"}'),
    file('4.ndjson', `${lines}\r\n\n{"titel":"x"}\n`),
  ]
  const heard: string[] = []
  const tally = await importAll(findArticles(files, {}), target, (where, reply) => {
    heard.push(`${where.slice(folder.length + 1)} ${reply.ok ? reply.slug : reply.reason.slice(0, 20)}`)
  })
  expect(tally).toEqual({ created: 61, refused: 3 })
  expect(chunks.map(({ length }) => length)).toEqual([49, 13])
  expect(heard.slice(0, 4)).toEqual([
    '1.json un',
    '2.json Cannot read the file',
    '3.json a reason',
    '4.ndjson:1 l0',
  ])
  expect(heard.at(-1)).toBe('4.ndjson:62 Cannot save article:')
})

test('only an article that was exported never replaces a newer one, and each does with --overwrite', () => {
  const full = {
    slug: 'un',
    id: 'urn:x:1',
    title: 'Un',
    summary: '',
    html: '',
    language: 'fr',
    status: 'draft',
  }
  const dated = { published: '2024-06-19T12:00:00Z', updated: '2024-06-19T12:00:00Z', rights: {} }
  const former = { ...full, ...dated, tags: [], authors: [], attachments: [] }
  const lines = [former, { ...former, backup: { revision: 7 } }, { title: 'Un', id: 'urn:x:1' }, full]
  const text = lines.map((line) => JSON.stringify(line)).join('\n')
  const found = [...findArticles([file('o.ndjson', text), file('o.json', JSON.stringify(former))], {})]
  const originOf = (item: ImportItem) => ('origin' in item ? item.origin : 'none')
  expect(found.map((one) => 'article' in one && one.article.ok)).toEqual(found.map(() => true))
  expect(found.map(originOf)).toEqual([{ backup: {} }, { backup: { revision: 7 } }, 'none', 'none', 'none'])
  expect(found.map(overwriting).map(originOf)).toEqual(found.map(() => 'none'))
})

test('a backup whose store is not empty gives its articles and names, and its unknown lines are refused', async () => {
  const full = { revision: 1, revised: 0, departed: 0, named: [1, 0] }
  const lines = [
    { kind: 'backup', revision: 9, selections: 2, articles: 1, archives: 1 },
    { path: '', title: '', backup: full },
    { path: 'tags/ete', title: 'Été', backup: { ...full, names: ['ete'] } },
    { slug: 'un', title: 'Un', backup: { number: 1, revision: 7, state: 'published', seen: true } },
    { kind: 'archive', selection: '', part: 20240600001, revision: 1, revised: 0, articles: [1] },
    { kind: 'media', hash: 'x' },
  ]
  const found = [
    ...findArticles([file('k.ndjson', lines.map((line) => JSON.stringify(line)).join('\n'))], {}),
  ]
  expect(backupIn(found)).toMatchObject({ revision: 9 })
  expect(backupIn(found.slice(1))).toBeUndefined()
  const others = findArticles([file('l.ndjson', '{"title":"Sans sauvegarde"}')], {})
  expect(backupIn([...found, ...others])).toBeUndefined()
  const told: string[] = []
  const target = {
    save: async (_: readonly ArticleInput[], origins?: unknown): Promise<Reply[]> => [
      { ok: true, slug: JSON.stringify(origins), kind: 'created' },
    ],
    savePaths: async (paths: readonly KnownPath[]): Promise<Reply[]> =>
      paths.map((path) => ({ ok: true, slug: JSON.stringify(path), kind: 'saved' })),
  }
  const tally = await importAll(found, target, (_, reply) => {
    told.push(reply.ok ? reply.slug : reply.reason)
  })
  expect(tally).toEqual({ saved: 1, created: 1, refused: 1 })
  expect(told).toEqual([
    '{"path":"tags/ete","title":"Été","names":["ete"]}',
    '[{"backup":{"revision":7}}]',
    expect.stringContaining('its kind "media" is unknown: a newer version of Kiosque may have made'),
    'the numbers and revisions of the backup, and 1 archive: a store takes them only if it is empty and the backup is imported alone, without options that change articles',
  ])
})

test('a backup is taken back in its order: names, articles, moves', async () => {
  const heard: string[] = []
  const target = {
    save: async (inputs: readonly ArticleInput[]): Promise<Reply[]> => {
      heard.push(`articles ${inputs.map(({ slug }) => slug)}`)
      return inputs.map(({ slug = '' }) => ({ ok: true, slug, kind: 'created' }))
    },
    savePaths: async (paths: readonly KnownPath[]): Promise<Reply[]> => {
      heard.push(`paths ${paths.map(({ path }) => path)}`)
      return paths.map(({ path }) => ({ ok: true, slug: path, kind: 'saved' }))
    },
  }
  const lines = [
    '{"path":"articles/vieux","to":"articles/un"}',
    '{"slug":"un","title":"Un"}',
    '{"path":"tags/ete","title":"Été"}',
    '{"path":"tags/ete","title":"Hiver"}',
    '{"slug":"deux","title":"Deux"}',
  ]
  const told: string[] = []
  const tally = await importAll(
    findArticles([file('b.ndjson', lines.join('\n'))], { section: 'X' }),
    target,
    (_, reply) => {
      told.push(reply.ok ? `${reply.kind} ${reply.slug}` : reply.reason)
    },
  )
  expect(heard).toEqual(['paths tags/ete', 'articles un,deux', 'paths articles/vieux'])
  expect(told).toEqual([
    'saved articles/vieux',
    'created un',
    'saved tags/ete',
    'Cannot save path "tags/ete": title: must be a name that makes this path',
    'created deux',
  ])
  expect(tally).toEqual({ saved: 2, created: 2, refused: 1 })
})

test('a folder’s files can all be named: what stands beside a capture is no article of its own', () => {
  const capture = captureBeside('tout', '{"section":"Monde"}')
  const inside = join(folder, 'dedans')
  mkdirSync(inside, { recursive: true })
  const found = [...findArticles([capture, capture.replace(/\.txt$/, '.meta.json'), inside], {})]
  expect(found.map((one) => ('leftOut' in one ? one.leftOut : 'article'))).toEqual([
    'article',
    'it only supplies fields for the file beside it',
    'it is a folder: name its files',
  ])
  expect([...findArticles([inside], {})]).toMatchObject([{ article: { ok: false } }])
})

test.for([
  ['a line of its own', { title: 'Un', import: { run: 1, path: 'a.txt' } }],
  ['a line of a backup', { title: 'Un', backup: { revision: 3 }, import: { run: 1 } }],
  ['a wrong value', { title: 'Un', import: 'a.txt' }],
])('%s with what only the command line says is refused', ([, line]) => {
  expect([...findArticles([file('import.ndjson', JSON.stringify(line))], {})]).toMatchObject([
    { article: { problem: { issues: [{ field: 'import', reason: 'is not a field of an article' }] } } },
  ])
})
