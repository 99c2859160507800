import { expect, test } from 'vitest'
import { sourceOf } from '../../src/cli/sources/detect.ts'
import { type ImportKind, importKinds } from '../../src/cli/sources/kinds.ts'

const wxr = '<rss version="2.0"\n xmlns:wp="http://wordpress.org/export/1.2/"><channel/></rss>'
const files: [name: string, text: string, kind: ImportKind][] = [
  ['a.json', '{"title":"T"}', 'json'],
  ['a.JSON', '[]', 'json'],
  ['a.json', '{"version": "https://jsonfeed.org/version/1.1", "items": []}', 'feed'],
  ['a.json', '{"version":"https:\\/\\/jsonfeed.org\\/version\\/1","items":[]}', 'feed'],
  ['a.json', '{"html":"\\"version\\":\\"https://jsonfeed.org/version/1\\""}', 'json'],
  [
    'a.json',
    `{"items":[{"content_text":"${'x'.repeat(200_000)}"}],"version":"https://jsonfeed.org/version/1.1"}`,
    'feed',
  ],
  ['feed', '{"version":"https://jsonfeed.org/version/1.1","items":[]}', 'feed'],
  ['a.ndjson', '{"title":"T"}\n{"title":"U"}', 'ndjson'],
  ['a.jsonl', '', 'ndjson'],
  ['a.md', '<rss>', 'markdown'],
  ['a.markdown', '# T', 'markdown'],
  ['a.html', 'T', 'page'],
  ['a.HTM', '', 'page'],
  ['a.xml', '<?xml version="1.0"?><rss version="2.0"/>', 'feed'],
  ['a.xml', '\uFEFF<?xml version="1.0"?>\n<!-- <rss xmlns:wp=""> -->\n<feed xmlns="x">', 'feed'],
  ['a.xml', `<?xml version="1.0"?>\n<!-- WordPress -->\n${wxr}`, 'wordpress'],
  ['a.xml', '<rss version="2.0"><channel><title xmlns:wp="x"/></channel></rss>', 'feed'],
  ['a.xml', '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0"><html>', 'page'],
  ['a.xml', '<opml/>', 'feed'],
  ['a.rss', '', 'feed'],
  ['a.atom', '<a:feed xmlns:a="x">', 'feed'],
  ['a.rdf', '<rdf:RDF>', 'feed'],
  ['a.wxr', wxr, 'wordpress'],
  ['a', wxr, 'wordpress'],
  ['a', '\n<!doctype html><title>T</title>', 'page'],
  ['a.txt', '<HTML lang="fr">', 'page'],
  ['a.txt', '<rss><channel/></rss>', 'feed'],
  ['a.txt', 'Le titre\n\nUn texte.', 'capture'],
  ['a.txt', '<b>Le titre', 'capture'],
  ['a.txt', '{"title":"T"}', 'capture'],
  ['a.txt', '', 'capture'],
  ['a', '<', 'capture'],
  ['a', '<!-- ', 'capture'],
]
test.for(files.map(([name, text, kind]) => [name, text.slice(0, 60), kind, text] as const))(
  '%s with %s is %s',
  ([name, , kind, text]) => {
    expect(sourceOf(name, () => text)).toBe(kind)
  },
)

test('every kind of import is recognized by one of these files', () => {
  const recognized = files.map(([, , kind]) => kind)
  expect(Object.keys(importKinds).filter((kind) => !recognized.includes(kind as ImportKind))).toEqual([])
})

const nameless: [text: string, kind: ImportKind][] = [
  ['---\ntitle: T\n---\nCorps.', 'markdown'],
  ['---\r\ntitle: T\r\n---\r\n', 'markdown'],
  ['\uFEFF# T\n\nCorps.', 'markdown'],
  ['{"title":"T"}', 'ndjson'],
  ['{"kind":"backup","revision":1}\n{"path":""}\n', 'ndjson'],
  ['{\n  "title": "T"\n}', 'json'],
  ['{"version":"https://jsonfeed.org/version/1.1","items":[]}', 'feed'],
  ['<rss version="2.0"/>', 'feed'],
  ['<!doctype html><p>', 'page'],
  ['Le pont rouvre\n\nCorps.', 'capture'],
  ['', 'capture'],
]
test.for(nameless)('standard input with %o is of the kind %s', ([text, kind]) => {
  expect(sourceOf('-', () => text, true)).toBe(kind)
})
