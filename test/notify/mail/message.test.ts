import { extract } from 'letterparser'
import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { type Message, renderMessage } from '../../../src/notify/mail/message.ts'

const message: Message = {
  from: { name: 'Le Journal', address: 'infolettre@journal.example' },
  to: { address: 'kim@lecteur.example' },
  subject: 'Trois articles',
  date: Date.parse('2026-11-30T12:00:00Z'),
  id: 'daily-2026-11-30.k1m@journal.example',
  language: 'fr-CA',
  text: 'Bonjour,\n\nTrois articles.\n',
  html: '<p>Bonjour,</p>',
}

/** The lines of the headers of a message, folded lines as they are, and all of its lines. */
function linesOf(rendered: string): { headers: string[]; all: string[] } {
  const [head = ''] = rendered.split('\r\n\r\n', 1)
  return { headers: head.split('\r\n'), all: rendered.split('\r\n') }
}

/** What two programs of others read from a message. */
async function readBack(rendered: string) {
  const { from, to, subject, text, html, headers, messageId, date } = await PostalMime.parse(rendered)
  const other = extract(rendered)
  return {
    postalMime: { from, to, subject, text, html, messageId, date, names: headers.map(({ key }) => key) },
    letterparser: {
      from: other.from,
      to: other.to,
      subject: other.subject,
      text: other.text,
      html: other.html,
    },
  }
}

const heart = '❤️'
const family = '👩‍👩‍👧‍👦'

/** Texts, and the text that readers get if it is another one. */
const texts: readonly [what: string, text: string, read?: string][] = [
  ['ASCII', 'Trois articles'],
  ['a comma', 'Dubois, Kim'],
  ['quotation marks and a backslash', 'Kim "la plume" \\ Tremblay'],
  ['parentheses, which are comments in addresses', 'Kim (journal) Tremblay'],
  ['brackets and an address', 'Kim <pirate@mal.example>'],
  ['semicolons and colons, which are groups in addresses', 'Journal: Kim; Dominique'],
  ['an at sign', 'kim@journal'],
  ['a full stop', 'M. Tremblay Jr.'],
  ['accents', 'Élise Côté – « été »'],
  ['an emoji with a variation selector', `Amour ${heart}`],
  ['an emoji of seven characters, many times', family.repeat(20)],
  ['Chinese', '記者'.repeat(60)],
  ['Arabic, which is written from right to left', 'صحيفة '.repeat(20).trim()],
  ['a text that looks like an encoded word', '=?utf-8?Q?pirate?='],
  ['the beginning of an encoded word', 'a =? b'],
  ['an encoded word after accents', 'é =?utf-8?B?YQ==?='],
  ['very long, with spaces', 'une longue phrase de beaucoup de mots '.repeat(60).trim()],
  ['very long, without a space', 'x'.repeat(3000)],
  ['very long, with accents and without a space', 'é'.repeat(3000)],
  ['a header after CR LF', 'a\r\nBcc: pirate@mal.example', 'a Bcc: pirate@mal.example'],
  ['a header after LF', 'a\nBcc: pirate@mal.example', 'a Bcc: pirate@mal.example'],
  ['a header after CR', 'a\rBcc: pirate@mal.example', 'a Bcc: pirate@mal.example'],
  ['a header after U+2028', 'a\u2028Bcc: pirate@mal.example', 'a Bcc: pirate@mal.example'],
  ['a header after U+0085', 'a\u0085Bcc: pirate@mal.example', 'a Bcc: pirate@mal.example'],
  ['a header after accents and CR LF', 'é\r\nBcc: pirate@mal.example', 'é Bcc: pirate@mal.example'],
  ['a body after two line ends', 'a\r\n\r\n<h1>pirate</h1>', 'a <h1>pirate</h1>'],
  ['NUL and other controls', 'a\0b\u001bc\u007fd', 'a b c d'],
  ['only controls', '\r\n\t', ''],
  ['a hundred spaces', `a${' '.repeat(100)}b`, 'a b'],
  ['spaces around it', '  a  ', 'a'],
  ['half a surrogate pair', 'a\ud83d', 'a\ufffd'],
  ['nothing', ''],
]

describe('renderMessage', () => {
  test.for(texts)('a subject with %s is read by others as it is', async ([, text, read = text]) => {
    const { postalMime, letterparser } = await readBack(renderMessage({ ...message, subject: text }))
    expect(postalMime.subject ?? '').toBe(read)
    expect(letterparser.subject ?? '').toBe(read)
  })

  test.for(texts)('a name with %s is read by others as it is', async ([, text, read = text]) => {
    const from = { name: text, address: 'infolettre@journal.example' }
    const { postalMime, letterparser } = await readBack(renderMessage({ ...message, from }))
    expect(postalMime.from).toEqual({ name: read, address: from.address })
    // letterparser decodes encoded words before it looks for the address, and decodes the name once more.
    if (/<|=\?.*\?=/.test(read)) return
    expect(letterparser.from).toMatchObject({ address: from.address })
    expect(letterparser.from?.name ?? '').toBe(read)
  })

  test.for(texts)('%s adds no header, and lines stay short', async ([, text]) => {
    const rendered = renderMessage({
      ...message,
      from: { ...message.from, name: text },
      subject: text,
      list: { name: text, id: 'daily.journal.example' },
      headers: { Comments: text },
    })
    const { headers, all } = linesOf(rendered)
    const { postalMime } = await readBack(rendered)
    const names = ['from', 'to', 'subject', 'date', 'message-id', 'list-id', 'comments', 'content-language']
    expect(postalMime.names).toEqual([...names, 'mime-version', 'content-type'])
    expect(all.filter((line) => line.length > 998)).toEqual([])
    // A line with an encoded word has at most 76 characters (RFC 2047 §2), and each word at most 75.
    expect(headers.filter((line) => line.includes('=?utf-8?') && line.length > 76)).toEqual([])
    // A folded line that consists of spaces would end the headers for some programs (RFC 5322 §3.2.2).
    expect(headers.filter((line) => line.trim() === '')).toEqual([])
    expect(rendered).toMatch(/^[\r\n -~]*$/)
    expect(rendered.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })

  const bodies: readonly [what: string, body: string, read?: string][] = [
    ['nothing', ''],
    ['accents and emoji', `Élise ${family}\n`],
    ['a line of 100,000 characters', `${'é'.repeat(100_000)}\n`],
    ['lines that are a full stop', '.\n..\n.\n'],
    [
      'the end of the message',
      'a\r\n.\r\nMAIL FROM:<pirate@mal.example>\r\n',
      'a\n.\nMAIL FROM:<pirate@mal.example>\n',
    ],
    ['CR as line ends', 'a\rb\r', 'a\nb\n'],
    ['something like a boundary', '--=_daily20261130k1m--\n\nFrom: pirate@mal.example\n'],
    ['a line that begins with From', 'From here\n'],
    ['NUL', 'a\0b\n'],
  ]
  test.for(bodies)('a body with %s is read by others as it is', async ([, body, read = body]) => {
    const rendered = renderMessage({ ...message, text: body, html: body })
    const { postalMime, letterparser } = await readBack(rendered)
    const lines = (text: string | undefined) => (text ?? '').replaceAll('\r\n', '\n').trimEnd()
    expect([postalMime.text, postalMime.html].map(lines)).toEqual([read, read].map(lines))
    expect([letterparser.text, letterparser.html].map(lines)).toEqual([read, read].map(lines))
    expect(linesOf(rendered).all.filter((line) => line.length > 78)).toEqual([])
  })

  test('the same message has the same bytes, and these are all of them', () => {
    const list = { name: 'Le Journal – chaque jour', id: 'daily.journal.example' }
    const link =
      'https://journal.example/subscriptions/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'
    const headers = {
      'List-Unsubscribe': `<${link}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'Auto-Submitted': 'auto-generated',
    }
    expect(renderMessage({ ...message, list, headers, html: '<p>Été</p>' }).split('\r\n')).toEqual([
      'From: Le Journal <infolettre@journal.example>',
      'To: kim@lecteur.example',
      'Subject: Trois articles',
      'Date: Mon, 30 Nov 2026 12:00:00 +0000',
      'Message-ID: <daily-2026-11-30.k1m@journal.example>',
      'List-Id: =?utf-8?B?TGUgSm91cm5hbCDigJMgY2hhcXVlIGpvdXI=?=',
      ' <daily.journal.example>',
      `List-Unsubscribe: <${link}>`,
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
      'Auto-Submitted: auto-generated',
      'Content-Language: fr-CA',
      'MIME-Version: 1.0',
      'Content-Type: multipart/alternative; boundary="=_daily20261130k1m"',
      '',
      '--=_daily20261130k1m',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      'Qm9uam91ciwNCg0KVHJvaXMgYXJ0aWNsZXMuDQo=',
      '--=_daily20261130k1m',
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      'PHA+w4l0w6k8L3A+',
      '--=_daily20261130k1m--',
      '',
    ])
  })

  const refused: readonly [what: string, wrong: Partial<Message>][] = [
    ['a recipient with a line end', { to: { address: 'kim@lecteur.example\r\nBcc: x@mal.example' } }],
    ['a recipient with angle brackets', { to: { address: 'kim@lecteur.example> <x@mal.example' } }],
    ['two recipients', { to: { address: 'kim@lecteur.example, x@mal.example' } }],
    ['a sender without a host', { from: { address: 'kim' } }],
    ['an address with accents', { to: { address: 'élise@lecteur.example' } }],
    ['an address of 255 characters', { to: { address: `k@${'a'.repeat(245)}.example` } }],
    ['a Message-ID with a line end', { id: 'a\r\nBcc: x@b' }],
    ['a Message-ID without a host', { id: 'daily' }],
    ['a List-Id with a bracket', { list: { name: 'a', id: 'a> <b' } }],
  ]
  test.for(refused)('%s is refused', ([, wrong]) => {
    expect(() => renderMessage({ ...message, ...wrong })).toThrow(RangeError)
  })
})
