import { decodeText } from './encoding.ts'
import { splitFrontMatter } from './front-matter.ts'
import type { ImportKind } from './kinds.ts'
import { otherMail } from './mail.ts'
import { isSeparated } from './separated-values.ts'
import { withoutMark } from './xml.ts'

/** The bytes at the beginning of a file by which its format is known. */
const maxStartBytes = 65_536

const asPage = 'save the document as a web page (.html) or as plain text'
const asArchive = 'unpack it, and import the files in it'

/** The bytes before the name of the first file in a zip archive. */
const zipHeaderBytes = 30

/** A format: how it begins, or what it has at another place, as characters U+0000 to U+00FF; what the file is; what to do. */
type Signature = readonly [start: readonly string[], what: string, advice: string, at?: number]

const asPartOf = (field: string) =>
  `import the article to which it belongs, and give its address in the field "${field}"`

/** The formats that are known by their first bytes. The first format that fits counts. */
const signatures: readonly Signature[] = [
  [['%PDF-'], 'a PDF', 'copy its text into a text file'],
  [['%!PS'], 'PostScript', 'copy its text into a text file'],
  [['{\\rtf'], 'a document in RTF', asPage],
  [['\\documentclass'], 'a document in LaTeX', asPage],
  [['[Content_Types].xml', '_rels/', 'word/', 'docProps/'], 'a document of Word', asPage, zipHeaderBytes],
  [['mimetypeapplication/epub'], 'a book (EPUB)', asPage, zipHeaderBytes],
  [['mimetypeapplication/vnd.oasis'], 'a document of LibreOffice', asPage, zipHeaderBytes],
  [['PK\x03\x04', 'PK\x05\x06'], 'a zip archive', asArchive],
  [['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'], 'a document of an older version of Word', asPage],
  [
    ['bplist00'],
    'a web archive of Safari',
    'save the page as "Page Source", or copy its text into a text file',
  ],
  [['WARC/0.', 'WARC/1.'], 'a web archive (WARC)', 'save its pages as .html, and import these files'],
  [['\x1f\x8b'], 'packed twice with gzip', 'unpack it once'],
  [['BZh9', '\xfd7zXZ\x00', "7z\xbc\xaf'\x1c", 'Rar!\x1a', '\x28\xb5\x2f\xfd'], 'a packed file', asArchive],
  [['ustar'], 'a tar archive', asArchive, 257],
  [['SQLite format 3\x00'], 'an SQLite database', 'export its articles as JSON'],
  [['\xff\xd8\xff', '\x89PNG\r\n', 'GIF87a', 'GIF89a', 'II*\x00', 'MM\x00*'], 'a picture', asPartOf('image')],
  [['WEBPVP8'], 'a picture', asPartOf('image'), 8],
  [['ftypheic', 'ftypmif1', 'ftypavif'], 'a picture', asPartOf('image'), 4],
  [
    ['ID3\x02', 'ID3\x03', 'ID3\x04', 'OggS\x00', 'fLaC\x00', '\x1aE\xdf\xa3'],
    'audio or video',
    asPartOf('attachments'),
  ],
  [['WAVEfmt ', 'AVI LIST'], 'audio or video', asPartOf('attachments'), 8],
  [
    ['ftypisom', 'ftypmp4', 'ftypM4A', 'ftypM4V', 'ftypqt', 'ftypiso'],
    'audio or video',
    asPartOf('attachments'),
    4,
  ],
]

const isSigned = (raw: string, [starts, , , at = 0]: Signature): boolean =>
  (at !== zipHeaderBytes || raw.startsWith('PK\x03\x04')) && starts.some((start) => raw.startsWith(start, at))

const htmlStart =
  /^<(?:head|body|article|main|section|header|div|p|h[1-6]|meta|title|table|ul|span|br)\b[^<>]*>/i
const xmlStart = /^<(?:\?xml\s|!DOCTYPE\s|[a-z_][\w.-]{0,60}(?::[\w.-]{1,60})?(?:\s+[\w.:-]+\s*=[^<>]*)?>)/i

/** Formats of text, which are known by their first lines, with what the file is and what to do with it. */
const texts: readonly (readonly [is: (text: string) => boolean, what: string, advice: string])[] = [
  [(text) => /^BEGIN:(?:VCARD|VCALENDAR)\r?\n/i.test(text), 'a calendar or an address card', asPage],
  [
    (text) => /^(?:\{\s*"[^"\n]{0,200}"\s*:|\[\s*\{\s*"[^"\n]{0,200}"\s*:)/.test(text),
    'JSON',
    'give it the ending .json, or .ndjson if each line is an article',
  ],
  [isMarkdown, 'Markdown with front matter', 'give it the ending .md'],
  [(text) => htmlStart.test(text) && /<\//.test(text), 'HTML', 'give it the ending .html'],
  [
    isDisqus,
    'an export of Disqus, which has comments and no articles',
    'import the articles first, and then the comments with "npx kiosque comments import"',
  ],
  [
    (text) => xmlStart.test(text) && /<[/?!]/.test(text),
    'XML, but neither a feed nor a WordPress export nor a web page',
    asPage,
  ],
  [
    isSeparated,
    'a table (CSV or the like)',
    'write each row as an article in JSON, one a line, into a file .ndjson',
  ],
]

/**
 * Says why a file is refused whose first bytes or lines are those of a known format that the importer does not read, such as an
 * e-mail, a PDF or a table, or of one that it reads only from files with another ending, and what to do; undefined for other files.
 */
export function otherFormatOf(bytes: Uint8Array, kind: ImportKind): string | undefined {
  const start = bytes.subarray(0, maxStartBytes)
  const raw = Buffer.from(start.buffer, start.byteOffset, Math.min(start.length, 512)).toString('latin1')
  const signed = signatures.find((one) => isSigned(raw, one))
  if (signed) return `Cannot read the file: it is ${signed[1]}; ${signed[2]}`
  // XML that is no feed counts as one if its name ends as those of feeds do.
  if (kind !== 'capture' && kind !== 'page' && kind !== 'feed') return undefined
  const text = withoutMark(decodeText(start).text)
  if (kind === 'feed' && !isDisqus(text)) return undefined
  const mail = otherMail(text)
  if (mail !== undefined) return `Cannot read the file: it is ${mail}`
  const known = kind === 'page' ? undefined : texts.find(([is]) => is(text))
  return known && `Cannot read the file: it is ${known[1]}; ${known[2]}`
}

function isDisqus(text: string): boolean {
  return /^(?:<\?xml[^<>]*>\s*)?<disqus\b/.test(text)
}

function isMarkdown(text: string): boolean {
  const split = splitFrontMatter(text)
  return split.ok && split.value.front.trim() !== ''
}
