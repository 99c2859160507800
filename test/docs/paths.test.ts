import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { scripts } from '../../package.json'
import { importKinds } from '../../src/cli/sources/kinds.ts'
import { formatNames } from '../../src/domain/format.ts'
import { formats } from '../../src/render/formats.ts'
import { root, textOf } from '../source.ts'

const folders = ['.ci', '.github', 'bench', 'docs', 'fixtures', 'migrations', 'scripts', 'src', 'test']

/**
 * Every file and folder of the project, as a path from the project's root folder. Installed packages and Git's
 * own files are left out.
 */
const files = [
  ...readdirSync(root).filter((name) => name !== 'node_modules' && name !== '.git'),
  ...folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  ),
]
const known = new Set(files)
/** The folders in `src`. The docs may name a source file without the leading `src/`, such as `read/archive.ts`. */
const sourceFolders = new Set(readdirSync(join(root, 'src')))
const names = new Set(files.map((file) => basename(file)))

/**
 * The Markdown files for people who read or change the project. CHANGELOG.md is left out because it also names
 * files that no longer exist.
 */
const pages = files.filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md')

/**
 * Returns whether the project has a file or folder with the given path; `*` in the path matches any characters
 * except a slash.
 */
function isThere(path: string): boolean {
  if (!path.includes('*')) return known.has(path.replace(/\/$/, ''))
  const pattern = new RegExp(`^${path.replace(/[.+]/g, '\\$&').replaceAll('*', '[^/]*')}$`)
  return files.some((file) => pattern.test(file))
}

/**
 * Finds the paths and file names in the links and the text of a Markdown page; `there` says whether the project
 * has the file.
 */
function pathsIn(page: string, text: string): { written: string; there: boolean }[] {
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, written = '']) => ({
    written,
    there: isThere(join(dirname(page), written)),
  }))
  const plain = text.replace(/https?:\/\/\S+/g, '').replace(/\]\([^)]*\)/g, ']')
  const named = [
    ...plain.matchAll(
      /(?<![\w/.@-])(?:\.?[\w*-]+\/)*[\w.*-]+(?:\.(?:tsx?|sql|md|css|lua|toml)\b|\/(?=[`\s,.;)]))|(?<![\w/.@-])(?:\.ci|bench|docs|fixtures|migrations|scripts|src|test)\/[\w.*/-]*[\w*]/g,
    ),
  ]
  const inCode = [...plain.matchAll(/`([a-z-]+)\/[\w/.-]+`/g)].filter(([, folder = '']) =>
    sourceFolders.has(folder),
  )
  const written = [...named.map(([path]) => path), ...inCode.map(([path]) => path.slice(1, -1))]
  return [...links, ...written.map((path) => ({ written: path, there: isNamed(page, path) }))]
}

/**
 * Returns whether a name in a Markdown page matches a file of the project: by the file name alone, or by a path
 * from the project's root, the page's folder, `src` or `test`. A path may omit the file's extension.
 */
const isNamed = (page: string, written: string): boolean =>
  (!written.includes('/') && names.has(written)) ||
  ['', dirname(page), 'src', 'test'].some((folder) =>
    ['', '.ts', '.tsx', '.test.ts'].some((ending) => isThere(join(folder, written + ending))),
  )

describe('every path that is named in a page is there', () => {
  test('the check finds a path that does not exist', () => {
    const text =
      'See `src/nowhere.ts`, [it](nothing.md), `nobody.ts`, docs/none, `read/nope`, `domain/site` and `src/domain/site.ts`.'
    const missing = pathsIn('README.md', text).filter(({ there }) => !there)
    expect(missing.map(({ written }) => written)).toEqual([
      'nothing.md',
      'src/nowhere.ts',
      'nobody.ts',
      'docs/none',
      'read/nope',
    ])
  })

  test.for(pages)('%s', (page) => {
    const paths = pathsIn(page, textOf(page))
    expect(paths.filter(({ there }) => !there).map(({ written }) => written)).toEqual([])
  })

  test('every `npm run` that a page names is there', () => {
    const named = pages.flatMap((page) =>
      [...textOf(page).matchAll(/\bnpm run ([a-z][\w:-]*)/g)].map(([, name]) => name),
    )
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter((name = '') => !Object.hasOwn(scripts, name))).toEqual([])
  })

  test('the article whose address README gives is a fixture', () => {
    const [, slug] = /localhost:8787\/articles\/([\w-]+)/.exec(textOf('README.md')) ?? []
    expect(JSON.parse(textOf(`fixtures/${slug}.json`))).toMatchObject({ slug })
  })

  test('the pages name more than a few paths', () => {
    expect(pages.length).toBeGreaterThan(20)
    expect(pages.flatMap((page) => pathsIn(page, textOf(page))).length).toBeGreaterThan(300)
  })
})

test('README names every kind of file that the importer reads, as the help does', () => {
  const [sentence] = textOf('README.md').match(/^The importer reads [^;]*/m) ?? []
  const names = Object.values(importKinds).map(({ what }) => what.replace(/ \(.*/, '').replaceAll('`', ''))
  expect(names.filter((name) => !sentence?.replaceAll('`', '').replaceAll('\n', ' ').includes(name))).toEqual(
    [],
  )
})

/** The media types of feeds that Cloudflare's edge compresses without a Compression Rule. */
const compressed = ['application/rss+xml']

test('the Compression Rule in docs/deploy.md names the other media types of feeds', () => {
  const [, types = ''] = /media_type in \{([^}]*)\}/.exec(textOf('docs/deploy.md')) ?? []
  const others = formats.map(({ type }) => type).filter((type) => !compressed.includes(type))
  expect([...types.matchAll(/"([^"]*)"/g)].map(([, type]) => type)).toEqual(others)
})

test('README names the feed of every format', () => {
  expect(formatNames.filter((format) => !textOf('README.md').includes(`/feed.${format}\``))).toEqual([])
})
