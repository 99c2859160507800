import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { type CommentImportTarget, importComments } from '../../src/cli/comments-import.ts'
import type { KeptComment } from '../../src/domain/kept-comment.ts'
import { sampleArticle } from '../render/samples.ts'

const folder = mkdtempSync(join(tmpdir(), 'kiosque-comments-'))

const commentOf = (id: number, more = '') =>
  `<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_author>Kim</wp:comment_author><wp:comment_date_gmt>2020-01-02 10:00:00</wp:comment_date_gmt><wp:comment_content>Été ${id}</wp:comment_content><wp:comment_approved>1</wp:comment_approved>${more}</wp:comment>`
const exportOf = (comments: string, slug = 'un') =>
  `<rss xmlns:wp="w"><channel><link>https://old.example</link><item><title>Un \u001b[31mpont</title><link>https://old.example/${slug}/</link><wp:post_name>${slug}</wp:post_name>${comments}</item></channel></rss>`

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** A Kiosque with one article, which knows the comments that it was given and refuses those with `refused` in their texts. */
function kiosque(erased = 0) {
  const calls: KeptComment[][] = []
  const target: CommentImportTarget = {
    list: async function* () {
      yield sampleArticle({ slug: 'un', language: 'fr', published: '2020-01-01T00:00:00Z' })
    },
    paths: async function* () {},
    subscriptions: {
      erased: async function* () {
        yield [{ hash: 'a'.repeat(43), at: 0 }]
      },
      eraseAgain: async (list) => ({ ended: 0, comments: list.length === 1 ? erased : 0 }),
    },
    comments: {
      keep: async (comments) => {
        const noSecret = { field: 'email', reason: 'needs the secret' }
        if (comments.some(({ name }) => name === 'Nobody'))
          return { kept: 0, unchanged: 0, refused: [{ at: 0, ...noSecret }] }
        const stored = new Set(calls.flat().map(({ id }) => id))
        calls.push([...comments])
        const refused = comments.flatMap(({ id, text }, at) =>
          text.includes('refused') ? [{ at, id, field: 'text', reason: 'is bad' }] : [],
        )
        const unchanged = comments.filter(({ id }) => stored.has(id)).length
        return { kept: comments.length - unchanged - refused.length, unchanged, refused }
      },
    },
  }
  return { target, calls }
}

async function run(
  files: string[],
  options: { 'dry-run'?: boolean; json?: boolean; verbose?: boolean } = {},
  on = kiosque(),
) {
  let out = ''
  let err = ''
  const output = {
    stdout: { write: (text: string) => (out += text) },
    stderr: { write: (text: string) => (err += text) },
  }
  const given = { erased: join(folder, 'none'), ...options }
  const code = await importComments(on.target, files, given, output, () => Date.parse('2026-01-01T00:00:00Z'))
  return { code, out: out.replaceAll(folder, ''), err: err.replaceAll(folder, ''), calls: on.calls }
}

describe('an import of comments', () => {
  test('sends them in calls of fifty, and says so; a second one changes nothing', async () => {
    const path = file(
      'many.xml',
      exportOf(Array.from({ length: 101 }, (_, at) => commentOf(at + 1)).join('')),
    )
    const on = kiosque()
    const first = await run([path], {}, on)
    expect(first).toMatchObject({ code: 0, out: '/many.xml: 101 comments imported on 1 article\n' })
    expect(first.calls.map(({ length }) => length)).toEqual([50, 50, 1])
    expect((await run([path], {}, on)).out).toBe(
      '/many.xml: 0 comments imported on 1 article, 101 there already\n',
    )
  })

  test('with --dry-run counts them, and sends none', async () => {
    const path = file(
      'dry.xml',
      exportOf(commentOf(1) + commentOf(2, '<wp:comment_type>pingback</wp:comment_type>')),
    )
    expect(await run([path], { 'dry-run': true })).toMatchObject({
      ...{ code: 0, calls: [] },
      out: '/dry.xml: 1 comment would be imported on 1 article, 1 of the type pingback left out\n',
    })
  })

  test('names the pages without an article, and what is refused, and exits with 1', async () => {
    const path = file('lost.xml', exportOf(commentOf(1) + commentOf(2), 'zero'))
    expect(await run([path])).toMatchObject({
      code: 1,
      err: 'no article for 2 comments on https://old.example/zero/\n',
      out: '/lost.xml: 0 comments imported on 0 articles, 2 without an article\n',
    })
    const refused = file(
      'refused.xml',
      exportOf(
        commentOf(1, '<wp:comment_content/>').replace('Été 1', 'refused') +
          commentOf(2, '<wp:comment_parent>1</wp:comment_parent>') +
          commentOf(3).replace('2020-01-02', '2030-01-02'),
      ),
    )
    const { code, err, out } = await run([refused])
    expect(code).toBe(1)
    expect(err.split('\n')).toEqual([
      'refused comment 3 on "Un [31mpont": its date is in the future: 2030-01-02T10:00:00Z',
      expect.stringMatching(/^refused comment [\w-]{22} on "un": text: is bad$/),
      '',
    ])
    expect(out).toBe('/refused.xml: 1 comment imported on 1 article, 2 refused\n')
  })

  test('shows twenty lines about what is not imported, and all with --verbose', async () => {
    const comments = Array.from({ length: 30 }, (_, at) =>
      commentOf(at + 1).replace('2020-01-02', '2030-01-02'),
    )
    const path = file('future.xml', exportOf(comments.join('')))
    expect((await run([path])).err.split('\n').slice(-2)).toEqual([
      '10 more lines (--verbose shows each)',
      '',
    ])
    expect((await run([path], { verbose: true })).err.split('\n')).toHaveLength(31)
  })

  test('with --json prints one line for each file', async () => {
    const path = file('json.xml', exportOf(commentOf(1)))
    expect(JSON.parse((await run([path], { json: true })).out)).toEqual({
      ...{ file: '/json.xml', imported: 1, unchanged: 0, refused: [], placeholders: 0, leftOut: {} },
      ...{ unmatched: [], warnings: [] },
    })
  })

  test('reads files that are packed, and those in other encodings', async () => {
    const latin = Buffer.from(
      `<?xml version="1.0" encoding="ISO-8859-1"?>${exportOf(commentOf(1))}`,
      'latin1',
    )
    const wide = Buffer.from(`\uFEFF${exportOf(commentOf(1))}`, 'utf16le')
    const files = [
      file('a.xml.gz', gzipSync(exportOf(commentOf(1)))),
      file('latin.xml', latin),
      file('wide.xml', wide),
    ]
    const { calls } = await run(files)
    expect(calls.flat().map(({ text }) => text)).toEqual(['Été 1', 'Été 1', 'Été 1'])
  })

  test.for<[what: string, make: () => string, reason: string]>([
    ['that does not exist', () => join(folder, 'none.xml'), 'there is no such file'],
    ['that is a folder', () => folder, 'it is a folder'],
    [
      'that was packed and cut',
      () => file('cut.gz', gzipSync(exportOf(commentOf(1))).subarray(0, 60)),
      'ends early',
    ],
    [
      'of another kind',
      () => file('page.html', '<html></html>'),
      'must be an export of WordPress (WXR) or of Disqus',
    ],
    ['without anything', () => file('empty.xml', ''), 'it has no element'],
    [
      'behind a link that leads elsewhere',
      () => {
        const link = join(folder, 'link.xml')
        symlinkSync('/etc/hostname', link)
        return link
      },
      'it is a symbolic link to a file outside of its folder',
    ],
    ['that is no XML', () => file('page.md', 'See <https://kiosque.example>.'), 'Cannot read the XML'],
  ])('refuses a file %s, and names it', async ([, make, reason]) => {
    const path = make()
    const message = await run([path]).then(String, (fault: Error) => fault.message)
    expect(message).toContain(reason)
    expect(message).toContain(path)
  })

  test('erases again what it has of people who were erased', async () => {
    const path = file('erased.xml', exportOf(commentOf(1)))
    expect((await run([path], {}, kiosque(1))).err).toBe(
      '1 comment erased again, because the authors had asked for it\n',
    )
    expect((await run([path], { 'dry-run': true }, kiosque(1))).err).toBe('')
  })

  test('ends at once if no comment with an address can be stored', async () => {
    const path = file('secret.xml', exportOf(commentOf(1).replace('Kim', 'Nobody')))
    await expect(run([path])).rejects.toThrow(
      'Cannot import comments with e-mail addresses: email needs the secret',
    )
  })

  test('needs a file', async () => {
    await expect(run([])).rejects.toThrow('name at least one file')
  })
})
