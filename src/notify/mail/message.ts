// I/O: none; renders messages.
import { isEmailAddress } from '../../domain/email-address.ts'
import type { Mailbox } from '../../domain/mail.ts'
import { base64 } from '../base64.ts'

/** An e-mail message before it is encoded. */
export interface Message {
  from: Mailbox
  to: Mailbox
  subject: string
  /** The instant of the header Date, in epoch milliseconds. */
  date: number
  /** The Message-ID without its angle brackets: ASCII letters, digits, `.`, `-`, `_` and one `@`. */
  id: string
  /** The language of the bodies as a BCP 47 tag. */
  language: string
  text: string
  html: string
  /** The header List-Id (RFC 2919): the list's name, and its id, such as `weekly.journal.example`. */
  list?: { name: string; id: string }
  /** Further headers without a structure of their own, such as List-Unsubscribe, with their values as plain text. */
  headers?: Readonly<Record<string, string>>
}

/** The number of characters in a line of a header above which the line is folded (RFC 5322 §2.1.1, RFC 2047 §2). */
const maxLineCharacters = 76
/** The longest word that a header may contain as it is: a line can be folded only at spaces, and may have 998 characters. */
const maxWordCharacters = 900
/**
 * The number of bytes of text in one encoded word, so that the word has at most 64 characters: with `Subject: ` before it, it
 * fits into a line.
 */
const bytesPerWord = 39
/** The number of characters in a line of base64 (RFC 2045 §6.8). */
const base64Characters = 76

/**
 * Renders a message as a mail server gets it (RFC 5322): ASCII only, with the plain text and the HTML as alternatives
 * (RFC 2046 §5.1.4). Lines end with CRLF. Controls in headers become spaces, so that no text can add a header. The same
 * message has the same bytes. Throws a RangeError if an address or an id has characters that must not be there.
 */
export function renderMessage(message: Message): string {
  const { from, to, subject, date, id, language, text, html, list, headers = {} } = message
  if (!/^[\w.-]+@[\w.-]+$/.test(id)) throw new RangeError('the id of a message has other characters')
  if (list && !/^[\w.-]+$/.test(list.id)) throw new RangeError('the id of a list has other characters')
  // No line of base64 contains the boundary, because base64 has no `=` followed by `_`.
  const boundary = `=_${id.split('@', 1)[0]?.replace(/\W/g, '').slice(0, 40)}`
  const lines: [name: string, value: string][] = [
    ['From', mailboxOf(from)],
    ['To', mailboxOf(to)],
    ['Subject', encoded(subject)],
    ['Date', new Date(date).toUTCString().replace('GMT', '+0000')],
    ['Message-ID', `<${id}>`],
    ...(list ? [['List-Id', named(list.name, list.id)] as [string, string]] : []),
    ...Object.entries(headers).map(([name, value]): [string, string] => [name, encoded(value)]),
    ['Content-Language', encoded(language)],
    ['MIME-Version', '1.0'],
    ['Content-Type', `multipart/alternative; boundary="${boundary}"`],
  ]
  return [
    ...lines.map(([name, value]) => folded(`${name}: ${value}`)),
    '',
    ...partOf(boundary, 'text/plain', text),
    ...partOf(boundary, 'text/html', html),
    `--${boundary}--`,
    '',
  ].join('\r\n')
}

function partOf(boundary: string, type: string, body: string): string[] {
  const encodedBody = base64(new TextEncoder().encode(body.replace(/\r\n?|\n/g, '\r\n')))
  return [
    `--${boundary}`,
    `Content-Type: ${type}; charset=utf-8`,
    'Content-Transfer-Encoding: base64',
    '',
    ...(encodedBody.match(new RegExp(`.{1,${base64Characters}}`, 'g')) ?? []),
  ]
}

function mailboxOf({ name = '', address }: Mailbox): string {
  if (!isEmailAddress(address)) throw new RangeError('the address of a message is no e-mail address')
  return onOneLine(name) === '' ? address : named(name, address)
}

/**
 * Writes a name and an address. A name of letters, digits and spaces needs no quotation marks (RFC 5322 §3.2.3). A name with
 * quotation marks, backslashes or angle brackets is encoded, because simple programs take brackets within quotation marks
 * for those of the address.
 */
function named(name: string, address: string): string {
  const plain = onOneLine(name)
  if (!isPlain(plain) || /["\\<>]/.test(plain)) return `${encodedWords(plain)} <${address}>`
  return `${/^[\w ]*$/.test(plain) ? plain : `"${plain}"`} <${address}>`
}

/** Writes a text as it may stand in a header without a structure: as it is, or as encoded words. */
function encoded(text: string): string {
  const plain = onOneLine(text)
  return isPlain(plain) ? plain : encodedWords(plain)
}

/** Whether a header may contain a text as it is. A text that looks like an encoded word would be decoded. */
const isPlain = (text: string): boolean =>
  /^[ -~]*$/.test(text) &&
  !text.includes('=?') &&
  text.split(' ').every(({ length }) => length <= maxWordCharacters)

/** Writes a text as encoded words (RFC 2047), none of which ends within a character. */
function encodedWords(text: string): string {
  const words: number[][] = [[]]
  for (const character of text) {
    const bytes = new TextEncoder().encode(character)
    if ((words.at(-1)?.length ?? 0) + bytes.length > bytesPerWord) words.push([])
    words.at(-1)?.push(...bytes)
  }
  return words.map((bytes) => `=?utf-8?B?${base64(new Uint8Array(bytes))}?=`).join(' ')
}

/** Folds a header at spaces (RFC 5322 §2.2.3). A word that is longer than a line stays whole. */
function folded(header: string): string {
  const lines: string[] = []
  let line = ''
  for (const word of header.split(' ')) {
    // The name of the header stays on the line of the first word of its value.
    if (line !== '' && !line.endsWith(':') && line.length + 1 + word.length > maxLineCharacters) {
      lines.push(line)
      line = ''
    }
    line += line === '' && lines.length === 0 ? word : ` ${word}`
  }
  return [...lines, line].join('\r\n')
}

/** Replaces controls and line ends, and each sequence of spaces, by one space: a folded line must not consist of spaces. */
const onOneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029 ]+/gu, ' ').trim()
