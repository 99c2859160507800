import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { succeeds, type Tool } from '../part.ts'

const schema = join(import.meta.dirname, '..', 'atom.rnc')

export const jing: Tool = {
  name: 'jing',
  checks: 'no Atom document is checked by the RELAX NG schema of RFC 4287',
  install: 'apt-get install -y --no-install-recommends jing',
  isInstalled: () => succeeds('sh', ['-c', 'command -v jing']),
}

/** Checks Atom documents by `atom.rnc`. Returns the faults of each file that has faults. */
export function schemaFaults(files: readonly string[]): Map<string, string[]> {
  // `-i` allows attributes of any name, which a check of ID attributes does not.
  const { stdout, stderr, status } = spawnSync('jing', ['-i', '-c', schema, ...files], {
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  })
  const found = new Map<string, string[]>()
  for (const line of stdout.split('\n').filter(Boolean)) {
    const [, file, fault] = /^(.*?):(\d+:\d+: .*)$/.exec(line) ?? []
    if (file === undefined || fault === undefined || !files.includes(file)) throw new Error(`jing: ${line}`)
    found.set(file, [...(found.get(file) ?? []), fault])
  }
  if ((status !== 0) !== found.size > 0) throw new Error(`jing ended with ${status}: ${stderr}${stdout}`)
  return found
}

/** A small document that the schema accepts; every document below is this one with one change. */
const sound = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr-CA">
  <id>https://journal.example/feed</id>
  <title>Journal</title>
  <updated>2024-06-19T12:00:00Z</updated>
  <author><name>Journal</name></author>
  <link rel="self" href="https://journal.example/feed"/>
  <entry>
    <id>https://journal.example/1</id>
    <title>Un</title>
    <updated>2024-06-19T12:00:00Z</updated>
    <category term="Monde"/>
    <content type="html">&lt;p&gt;Un&lt;/p&gt;</content>
    <source><id>https://agence.example/</id><title>Agence</title><updated>2024-06-19T12:00:00Z</updated></source>
  </entry>
</feed>
`
const foreign = '<x:y xmlns:x="https://x.example/" z="1">a<b/></x:y>'

/** Changes after which the document breaks a rule, so that the schema must refuse it. */
const broken: Record<string, [from: string | RegExp, to: string]> = {
  'feed without id': [/<id>.*<\/id>/, ''],
  'feed with two ids': [/<id>.*<\/id>/, '$&$&'],
  'feed without title': [/<title>.*<\/title>/, ''],
  'feed without updated': [/<updated>.*<\/updated>/, ''],
  'feed with two subtitles': [/<author>/, '<subtitle>a</subtitle><subtitle>b</subtitle>$&'],
  'feed metadata after an entry': [/<\/feed>/, '<rights>©</rights>$&'],
  'extension after an entry': [/<\/feed>/, `${foreign}$&`],
  'entry without id': [/(<entry>\s*)<id>.*<\/id>/, '$1'],
  'entry without title': [/<title>Un<\/title>/, ''],
  'entry without updated': [/(Un<\/title>\s*)<updated>.*<\/updated>/, '$1'],
  'entry with two contents': [/<content.*<\/content>/, '$&$&'],
  'entry with two sources': [/<source>.*<\/source>/, '$&$&'],
  'entry in an entry': [/<\/entry>/, '<entry/>$&'],
  'entry with an unknown element of Atom': [/<\/entry>/, '<modified>2024</modified>$&'],
  'source with two titles': [/<title>Agence<\/title>/, '$&$&'],
  'date with a space': ['2024-06-19T12', '2024-06-19 12'],
  'date without an offset': ['12:00:00Z', '12:00:00'],
  'date that does not exist': ['2024-06-19', '2024-02-30'],
  'date of RFC 822': ['2024-06-19T12:00:00Z', 'Wed, 19 Jun 2024 12:00:00 GMT'],
  'link without href': [' href="https://journal.example/feed"', ''],
  'link with a type that is no media type': ['rel="self"', 'rel="self" type="html"'],
  'category without term': [' term="Monde"', ''],
  'attribute without a namespace': ['<category ', '<category weight="1" '],
  'author without a name': ['<name>Journal</name>', ''],
  'author with two names': ['<name>Journal</name>', '$&$&'],
  'author with an address that is no e-mail': ['</name>', '</name><email>journal</email>'],
  'title with markup': ['<title>Un</title>', '<title>U<b>n</b></title>'],
  'title of an unknown type': ['<title>Un', '<title type="text/html">Un'],
  'XHTML title without a div': ['<title>Un', '<title type="xhtml">Un'],
  'content of an unknown type': ['type="html"', 'type="image"'],
  'content that is elsewhere and here': ['type="html"', 'type="text/html" src="https://journal.example/1"'],
  'language with an underscore': ['fr-CA', 'fr_CA'],
  RSS: [/<(\/?)feed/g, '<$1rss'],
}

/** Changes after which the document still follows the rules, so that the schema must accept it. */
const allowed: Record<string, [from: string | RegExp, to: string]> = {
  'no change': ['', ''],
  'extension before the first entry': ['<author>', `${foreign}$&`],
  'extension in an entry': ['<category', `${foreign}$&`],
  'extension in an author': ['</author>', `${foreign}$&`],
  'extension in a source': ['</source>', `${foreign}$&`],
  'foreign markup in a category': [
    '<category term="Monde"/>',
    `<category term="Monde">a${foreign}</category>`,
  ],
  'attribute of another namespace': ['<category ', '<category xmlns:x="https://x.example/" x:weight="1" '],
  'metadata in another order': [/(<id>.*<\/id>)(\s*)(<title>.*<\/title>)/, '$3$2$1'],
  'date with an offset': ['12:00:00Z', '12:00:00.5-04:00'],
  'XHTML title': [
    '<title>Un</title>',
    '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">U<b>n</b></div></title>',
  ],
  'content of another media type': [
    /<content.*<\/content>/,
    `<content type="application/xml">${foreign}</content>`,
  ],
  'content elsewhere': [/<content.*<\/content>/, '<content src="https://journal.example/1"/>'],
  'no entry': [/<entry>.*<\/entry>/s, ''],
  'tombstone before the first entry': [
    '<entry>',
    '<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="x:1" when="2024-06-19T12:00:00Z"/>$&',
  ],
}

/**
 * Shows that the schema refuses what it must, and accepts what it must. Returns the number of documents that it was shown,
 * and the names of those on which it is wrong.
 */
export function schemaItself(folder: string): { shown: number; wrong: string[] } {
  const samples = [
    ...Object.entries(broken).map(([name, change]) => ({ name, change, isBroken: true })),
    ...Object.entries(allowed).map(([name, change]) => ({ name, change, isBroken: false })),
  ].map(({ name, change: [from, to], isBroken }, at) => {
    const text = sound.replace(from, to)
    if (text === sound && isBroken) throw new Error(`The change "${name}" changes nothing`)
    return { name, text, isBroken, file: join(folder, `schema-${at}.atom`) }
  })
  for (const { file, text } of samples) writeFileSync(file, text)
  const found = schemaFaults(samples.map(({ file }) => file))
  const wrong = samples.filter(({ file, isBroken }) => found.has(file) !== isBroken)
  return {
    shown: samples.length,
    wrong: wrong.map(({ name, isBroken, file }) =>
      isBroken ? `accepts: ${name}` : `refuses: ${name}: ${found.get(file)?.join('; ')}`,
    ),
  }
}
