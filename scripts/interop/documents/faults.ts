import type { Format } from '../../../src/domain/format.ts'
import type { Difference } from './compare.ts'
import type { ParserName } from './parsers.ts'
import type { ValidatorEvent } from './validator.ts'

/** A fault of a parser because of which it reads some documents otherwise than they are. */
interface KnownFault {
  parsers: readonly ParserName[]
  formats: readonly Format[]
  fields: readonly Difference['field'][]
  why: string
  /** Whether the fault explains the difference. */
  explains: (wanted: unknown, got: unknown) => boolean
}

const isList = (value: unknown): value is unknown[] => Array.isArray(value)
const isFirstOnly = (wanted: unknown, got: unknown) =>
  isList(wanted) && wanted.length > 1 && isList(got) && got.length === 1 && got[0] === wanted[0]

/** What feedparser takes for HTML if it is in a title: a reference, or a tag that is closed. */
const likeHtml = /&#?\w|<\/\w+>/

/** The faults of the versions in Debian 12. A difference that none of them explains is wrong. */
export const knownFaults: readonly KnownFault[] = [
  {
    parsers: ['gofeed', 'rome', 'sfeed'],
    formats: ['rss'],
    fields: ['authors'],
    why: 'reads only the first dc:creator',
    explains: isFirstOnly,
  },
  {
    parsers: ['xml-feed', 'sfeed'],
    formats: ['atom'],
    fields: ['authors'],
    why: 'reads only the first author',
    explains: isFirstOnly,
  },
  {
    parsers: ['gofeed'],
    formats: ['rss', 'json'],
    fields: ['authors'],
    why: 'takes an author with parentheses for an address with a name in parentheses',
    explains: (wanted) => isList(wanted) && /\(.*\)/.test(wanted.join()),
  },
  {
    parsers: ['xml-feed'],
    formats: ['rss'],
    fields: ['summary'],
    why: 'takes the description of an item without content:encoded for the content',
    explains: (_, got) => got === null,
  },
  {
    parsers: ['feedparser'],
    formats: ['rss'],
    fields: ['title', 'feed title'],
    why: 'guesses that a text is HTML if it contains a reference or a closed tag',
    explains: (wanted) => likeHtml.test(`${wanted}`),
  },
  {
    parsers: ['feedparser'],
    formats: ['rss'],
    fields: ['document'],
    why: 'stops at a text that it takes for HTML and that contains `<!DOCTYPE x [`',
    explains: (_, got) => `${got}`.includes('in internal subset'),
  },
]

/** A warning of the W3C feed validator that is no fault of the document. */
interface KnownWarning {
  events: readonly string[]
  why: string
  /** Whether this is the reason for the event, which is about the given line of the document. */
  explains: (event: ValidatorEvent, line: string) => boolean
}

/** The warnings that are no faults of a document. A warning that none of them explains is wrong. */
export const knownWarnings: readonly KnownWarning[] = [
  {
    events: ['ContainsHTML', 'ContainsUndeclaredHTML'],
    why: 'plain text that contains a closing tag of HTML, in whatever spelling (docs/decisions/033)',
    explains: ({ value }, line) => /^[a-z]\w*$/i.test(value) && line.includes(`&#x3C;/${value}&#x3E;`),
  },
  {
    events: ['UnknownNamespace'],
    why: 'the validator does not know the tombstones of RFC 6721',
    explains: ({ value }) => value === 'http://purl.org/atompub/tombstones/1.0',
  },
  {
    events: ['UnknownNamespace'],
    why: 'the validator does not know the icon and the colour of Feedly (docs/protocols.md)',
    explains: ({ value }) => value === 'http://webfeeds.org/rss/1.0',
  },
]
