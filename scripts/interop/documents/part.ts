import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addressesOf } from '../../../src/domain/feed.ts'
import { formats } from '../../../src/render/formats.ts'
import { temporaryStore } from '../../local-server.ts'
import { installedOf, type Part } from '../part.ts'
import { type Difference, differencesIn, type Rendered } from './compare.ts'
import { knownFaults, knownWarnings } from './faults.ts'
import { sampleFeeds } from './feeds.ts'
import { jsonFeedFaults, jsonSchemaItself } from './json-feed.ts'
import { opmlDocuments, opmlFaults } from './opml.ts'
import { parsers, readWith } from './parsers.ts'
import { jing, schemaFaults, schemaItself } from './relaxng.ts'
import { validate, validator } from './validator.ts'

/** What a tool has found: the number of documents, and the faults by a text that several documents can share. */
interface Findings {
  tool: string
  checked: number
  /** Each fault: what it is, and in which document. */
  wrong: { what: string; where: string }[]
  /** The number of differences that each known fault of the tool explains. */
  known: Map<string, number>
}

/** Every kind of feed in every format, read by parsers of other people, and checked by schemas and the W3C validator. */
export const documents: Part = {
  name: 'documents',
  what: 'every kind of feed, read by parsers, and checked by schemas and the W3C feed validator',
  run: async () => {
    const { store: folder, remove } = temporaryStore()
    const rendered = renderedIn(folder)
    const { installed, skipped } = installedOf(parsers)
    const others = installedOf([jing, validator])
    const findings = [byJsonSchema(rendered), byOpmlReader()]
    if (others.installed.includes(jing)) findings.push(...bySchema(rendered, folder))
    for (const parser of installed) findings.push(await byParser(parser, rendered, folder))
    if (others.installed.includes(validator)) findings.push(await byValidator(rendered))
    for (const one of findings) print(one)
    const wrong = findings.reduce((sum, one) => sum + one.wrong.length, 0)
    if (wrong > 0) console.log(`  the documents are in ${folder}`)
    else remove()
    return {
      checked: findings.reduce((sum, { checked }) => sum + checked, 0),
      what: `${rendered.length} documents by ${findings.map(({ tool }) => tool).join(', ')}`,
      wrong,
      skipped: [...skipped, ...others.skipped],
    }
  },
}

/** Renders all feeds in all formats into files of the folder. */
function renderedIn(folder: string): Rendered[] {
  const rendered = sampleFeeds().flatMap(([name, feed]) =>
    formats.map(({ format, render }) => {
      const file = join(folder, `${name}.${format}`)
      return { name, feed, format, file, text: render(feed) }
    }),
  )
  for (const { file, text } of rendered) writeFileSync(file, text)
  return rendered
}

async function byParser(
  parser: (typeof parsers)[number],
  rendered: readonly Rendered[],
  folder: string,
): Promise<Findings> {
  const its = rendered.filter(({ format }) => parser.formats.includes(format))
  const read = await readWith(
    parser,
    its.map(({ file }) => file),
    folder,
  )
  const found = its.flatMap((one, at) => {
    const document = read[at]
    return document === undefined ? [] : differencesIn(parser, one, document)
  })
  const known = new Map<string, number>()
  const wrong = found.flatMap((difference) => {
    const fault = knownFaults.find(
      ({ parsers, formats, fields, explains }) =>
        parsers.includes(difference.parser) &&
        formats.includes(difference.format) &&
        fields.includes(difference.field) &&
        explains(difference.wanted, difference.got),
    )
    if (fault === undefined) return [faultOf(difference)]
    const what = `${difference.format}: ${fault.why}`
    known.set(what, (known.get(what) ?? 0) + 1)
    return []
  })
  return { tool: parser.name, checked: its.length, wrong, known }
}

const short = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 160)

const faultOf = ({ format, field, wanted, got, name }: Difference) => ({
  what: `${format}: ${field}`,
  where: `${name}: ${short(got)} instead of ${short(wanted)}`,
})

/** Checks Atom by the schema of RFC 4287, after the schema has shown that it refuses what it must. */
function bySchema(rendered: readonly Rendered[], folder: string): Findings[] {
  const itself = schemaItself(folder)
  const atom = rendered.filter(({ format }) => format === 'atom')
  const found = schemaFaults(atom.map(({ file }) => file))
  const wrong = atom.flatMap(({ file, name }) =>
    (found.get(file) ?? []).map((fault) => ({ what: fault.replace(/^\d+:\d+: /, ''), where: name })),
  )
  return [
    { tool: 'jing', checked: atom.length, wrong, known: new Map() },
    ofItself('the schema of RFC 4287', itself),
  ]
}

const ofItself = (tool: string, { shown, wrong }: { shown: number; wrong: string[] }): Findings => ({
  tool,
  checked: shown,
  wrong: wrong.map((what) => ({ what, where: 'a document that was changed on purpose' })),
  known: new Map(),
})

function byJsonSchema(rendered: readonly Rendered[]): Findings {
  const json = rendered.filter(({ format }) => format === 'json')
  const itself = jsonSchemaItself()
  const wrong = json.flatMap(({ name, text }) =>
    jsonFeedFaults(text).map((fault) => ({ what: fault.replace(/\.\d+/g, '.…'), where: name })),
  )
  return {
    tool: 'the schema of JSON Feed 1.1',
    checked: json.length + itself.shown,
    wrong: [...wrong, ...ofItself('', itself).wrong],
    known: new Map(),
  }
}

function byOpmlReader(): Findings {
  const found = opmlDocuments()
  const wrong = found.flatMap((one) =>
    opmlFaults(one).map((what) => ({ what: `opml: ${what}`, where: one.name })),
  )
  return { tool: 'feedsmith (OPML)', checked: found.length, wrong, known: new Map() }
}

/**
 * Validates RSS and Atom. The validator is not asked about OPML, because it knows only OPML 1.1: it refuses the element
 * `docs` of OPML 2.0.
 */
async function byValidator(rendered: readonly Rendered[]): Promise<Findings> {
  const all = rendered
    .filter(({ format }) => format !== 'json')
    .map(({ name, feed, format, file, text }) => ({
      name,
      file,
      text,
      address: addressesOf(feed, format).self,
    }))
  const found = await validate(all)
  const known = new Map<string, number>()
  const wrong = all.flatMap(({ file, name, text }) => {
    const lines = text.split('\n')
    return (found.get(file) ?? []).flatMap((event) => {
      const line = lines[event.line - 1] ?? ''
      const warning = knownWarnings.find(
        ({ events, explains }) => events.includes(event.event) && explains(event, line),
      )
      if (warning !== undefined) {
        known.set(warning.why, (known.get(warning.why) ?? 0) + 1)
        return []
      }
      const kind = file.slice(file.lastIndexOf('.') + 1)
      return [
        { what: `${kind}: ${event.event} ${event.element}`, where: `${name}:${event.line} ${event.value}` },
      ]
    })
  })
  return { tool: 'the W3C feed validator', checked: all.length, wrong, known }
}

/** The number of documents that are named for each fault. */
const maxExamples = 3

/** Prints what a tool has found: what is wrong, with examples, and how often its known faults were seen. */
function print({ tool, checked, wrong, known }: Findings): void {
  console.log(
    `${tool}: ${checked} documents, ${wrong.length === 0 ? 'right' : `WRONG: ${wrong.length} faults`}`,
  )
  const grouped = Map.groupBy(wrong, ({ what }) => what)
  for (const [what, ones] of grouped) {
    console.log(`  ${what} (${ones.length})`)
    for (const { where } of ones.slice(0, maxExamples)) console.log(`    ${where}`)
  }
  for (const [why, count] of known) console.log(`  known (${count}): ${why}`)
}
