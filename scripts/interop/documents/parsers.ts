import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type Format, formatNames } from '../../../src/domain/format.ts'
import { succeeds, type Tool } from '../part.ts'

/** What a parser says of an item; a member is absent or null if the parser does not give it. */
export interface ReadItem {
  id?: string | null
  title?: string | null
  /** Whether the parser says that the title is HTML. */
  titleIsHtml?: boolean
  link?: string | null
  published?: string | null
  updated?: string | null
  authors?: (string | null)[]
  categories?: (string | null)[]
  summary?: string | null
  summaryIsHtml?: boolean
  content?: string | null
  source?: string | null
}

/** What a parser says of a document: either its title and items, or the fault because of which it cannot read it. */
export interface ReadDocument {
  file: string
  fault?: string
  /** A fault in spite of which the parser has read the document. */
  remark?: string
  title?: string | null
  titleIsHtml?: boolean
  items?: ReadItem[]
}

/** A program in `scripts/interop/parsers` that reads documents with a parser of other people. */
export interface Parser extends Tool {
  name: ParserName
  language: string
  formats: readonly Format[]
  /** The fields that the parser, or its program, never gives in the format. */
  lacks: Readonly<Partial<Record<Format, readonly (keyof ReadItem)[]>>>
  /** Whether the parser gives every text as HTML. */
  givesHtml?: boolean
  /** Whether the parser gives the label of an Atom category instead of its term. */
  givesLabels?: boolean
  /** Whether the parser changes the HTML of bodies, so that only their text can be compared. */
  changesHtml?: boolean
  /** Returns the program and its arguments; `folder` is a place for what must be compiled. */
  command: (folder: string) => readonly [program: string, ...words: string[]]
}

const parserNames = [
  'feedparser',
  'simplepie',
  'gofeed',
  'xml-feed',
  'rome',
  'ruby-rss',
  'sfeed',
  'feedsmith',
] as const
export type ParserName = (typeof parserNames)[number]

const folder = join(import.meta.dirname, '..', 'parsers')
const program = (name: string): string => join(folder, name)
/** Debian's Python, because a Python of the user's own lacks Debian's modules. */
export const python = '/usr/bin/python3'
const jars = ['rome', 'rome-utils', 'jdom2', 'slf4j-api']
const classPath = jars.map((name) => `/usr/share/java/${name}.jar`).join(':')
const goEnvironment = { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '' }

const rows: Record<ParserName, Omit<Parser, 'name' | 'checks' | 'install'> & { packages: string }> = {
  feedparser: {
    language: 'Python',
    formats: ['rss', 'atom'],
    lacks: {},
    changesHtml: true,
    packages: 'python3-feedparser',
    isInstalled: () => succeeds(python, ['-c', 'import feedparser']),
    command: () => [python, program('read_feedparser.py')],
  },
  simplepie: {
    language: 'PHP',
    formats: ['rss', 'atom'],
    lacks: { rss: ['updated', 'source'] },
    givesHtml: true,
    changesHtml: true,
    packages: 'php-cli php-xml php-mbstring libphp-simplepie',
    // Without these extensions SimplePie loads, but reads nothing.
    isInstalled: () =>
      succeeds('php', ['-r', "require 'simplepie/autoloader.php'; xml_parser_create(); mb_strlen('');"]),
    command: () => ['php', program('read-simplepie.php')],
  },
  gofeed: {
    language: 'Go',
    formats: formatNames,
    lacks: { rss: ['updated', 'source'], atom: ['source'], json: ['source'] },
    packages: 'golang-go golang-github-mmcdole-gofeed-dev',
    isInstalled: () => succeeds('go', ['list', 'github.com/mmcdole/gofeed'], goEnvironment),
    command: (place) => {
      const built = join(place, 'gofeed')
      const words = ['build', '-o', built, program('read_gofeed.go')]
      const { status, stderr } = spawnSync('go', words, { env: goEnvironment, encoding: 'utf8' })
      if (status !== 0) throw new Error(`go build: ${stderr}`)
      return [built]
    },
  },
  'xml-feed': {
    language: 'Perl',
    formats: ['rss', 'atom'],
    lacks: { rss: ['source'], atom: ['source'] },
    givesLabels: true,
    packages: 'libxml-feed-perl libxml-rss-perl',
    isInstalled: () => succeeds('perl', ['-MXML::Feed', '-e', '1']),
    command: () => ['perl', program('read-xml-feed.pl')],
  },
  rome: {
    language: 'Java',
    formats: ['rss', 'atom'],
    lacks: { rss: ['updated'] },
    packages: 'default-jdk-headless librome-java',
    isInstalled: () =>
      succeeds('java', ['--version']) &&
      jars.every((name) => succeeds('test', ['-e', `/usr/share/java/${name}.jar`])),
    command: () => ['java', '-cp', classPath, program('ReadRome.java')],
  },
  'ruby-rss': {
    language: 'Ruby',
    formats: ['rss', 'atom'],
    lacks: { rss: ['updated'] },
    packages: 'ruby ruby-rss',
    isInstalled: () => succeeds('ruby', ['-rrss', '-e', '']),
    command: () => ['ruby', program('read_ruby_rss.rb')],
  },
  sfeed: {
    language: 'C',
    formats: ['rss', 'atom'],
    lacks: { rss: ['updated', 'summary', 'source'], atom: ['updated', 'summary', 'source'] },
    packages: 'sfeed',
    isInstalled: () => succeeds('sh', ['-c', 'command -v sfeed']),
    command: () => [process.execPath, program('read-sfeed.ts')],
  },
  feedsmith: {
    language: 'TypeScript',
    formats: formatNames,
    lacks: { json: ['source'] },
    packages: '',
    isInstalled: () => true,
    command: () => [process.execPath, program('read-feedsmith.ts')],
  },
}

export const parsers: readonly Parser[] = parserNames.map((name) => {
  const { packages, ...row } = rows[name]
  return {
    ...row,
    name,
    checks: `what ${name} (${row.language}) reads is not checked`,
    install: packages ? `apt-get install -y --no-install-recommends ${packages}` : 'npm ci',
  }
})

/** The time that a parser may take for all documents. */
const timeoutSeconds = 300

/** Lets a parser read files. A file of which the parser says nothing, because the parser has stopped, has a fault. */
export async function readWith(
  parser: Parser,
  files: readonly string[],
  place: string,
): Promise<ReadDocument[]> {
  const [name, ...words] = parser.command(place)
  const child = spawn(name, words, { timeout: timeoutSeconds * 1000, stdio: ['pipe', 'pipe', 'pipe'] })
  child.stdin.on('error', () => {}) // A parser that has stopped reads no more; the missing answers say so.
  child.stdin.end(files.map((file) => `${file}\n`).join(''))
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)])
  const said = new Map<string, ReadDocument>()
  for (const line of output.split('\n').filter(Boolean)) {
    const document = JSON.parse(line) as ReadDocument
    said.set(document.file, document)
  }
  return files.map(
    (file) => said.get(file) ?? { file, fault: `${parser.name} said nothing: ${errors.slice(0, 300)}` },
  )
}
