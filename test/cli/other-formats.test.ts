import { describe, expect, test } from 'vitest'
import { otherFormatOf } from '../../src/cli/sources/other-formats.ts'
import { isSeparated } from '../../src/cli/sources/separated-values.ts'

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))
const utf8 = (text: string) => new TextEncoder().encode(text)
const zip = (first: string) => latin1(`PK\x03\x04${'\x14'.repeat(26)}${first}`)
const sentence = 'Le conseil de ville a voté mardi soir la fermeture du pont couvert, pour trois mois.'

test.for<[what: string, bytes: Uint8Array, reason: string]>([
  ['a PDF', latin1('%PDF-1.7\n%\xe2\xe3'), 'a PDF; copy its text into a text file'],
  [
    'RTF',
    latin1(`{\\rtf1\\ansi Le pont\\par}`),
    'a document in RTF; save the document as a web page (.html) or as plain text',
  ],
  ['.docx', zip('[Content_Types].xml'), 'a document of Word; save the document as'],
  ['.odt', zip('mimetypeapplication/vnd.oasis.opendocument.text'), 'a document of LibreOffice; save'],
  ['.zip', zip('page.html'), 'a zip archive; unpack it, and import the files in it'],
  ['.doc', latin1('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00'), 'a document of an older version of Word; save'],
  ['.webarchive', latin1('bplist00\xd1'), 'a web archive of Safari; save the page as'],
  ['WARC', latin1('WARC/1.0\r\nWARC-Type: response\r\n'), 'a web archive (WARC); save its pages'],
  ['.gz in .gz', latin1('\x1f\x8b\x08\x00'), 'packed twice with gzip; unpack it once'],
  ['a picture', latin1('\xff\xd8\xff\xe0\x00\x10JFIF'), 'a picture; import the article'],
  ['audio', latin1('ID3\x03\x00'), 'audio or video; import the article'],
  [
    'MHTML',
    utf8(
      'From: <Saved by Blink>\r\nSnapshot-Content-Location: https://g.example/pont\r\nSubject: Le pont\r\nMIME-Version: 1.0\r\n' +
        'Content-Type: multipart/related;\r\n\ttype="text/html"\r\n\r\n<!DOCTYPE html>',
    ),
    'a web archive (MHTML); in the browser, save the page as "Webpage, HTML only"',
  ],
  [
    'MHTML of an older browser',
    utf8('MIME-Version: 1.0\nContent-Type: multipart/related; boundary="a"\n\n--a\n'),
    'a web archive (MHTML)',
  ],
  [
    'an e-mail',
    utf8(`Received: from g.example\n\tby h.example\nSubject: Le pont\n\n${sentence}`),
    'an e-mail; copy',
  ],
  [
    'the head of an e-mail',
    utf8(`From: Kim <kim@g.example>\nTo: a@g.example\nSubject: Pont\n\n${sentence}`),
    'an e-mail',
  ],
  [
    'a mailbox',
    utf8(`From kim@g.example Wed Jun 12 12:00:00 2024\nSubject: Pont\n\n${sentence}`),
    'an e-mail',
  ],
  [
    'CSV',
    utf8(`titre;date;texte\nPont;2024-06-12;${sentence}\n`),
    'a table (CSV or the like); write each row',
  ],
  ['CSV with quotes', utf8(`title,date,text\n"Pont","2024","Il dit ""oui"",\net non."\n`), 'a table'],
  ['two known columns', utf8(`title,text\nPont,"${sentence}"\n`), 'a table'],
  ['tabs', utf8('Équipe\tV\tD\nSmithville\t3\t1\n'), 'a table'],
  ['JSON', utf8('{"title": "Pont", "text": "Le pont."}'), 'JSON; give it the ending .json, or .ndjson'],
  ['HTML', utf8(`<h1>Pont</h1>\n<p>${sentence}</p>`), 'HTML; give it the ending .html'],
  [
    'other XML',
    utf8(`<?xml version="1.0"?>\n<nitf><body>${sentence}</body></nitf>`),
    'XML, but neither a feed',
  ],
  [
    'an export of Disqus',
    utf8('<?xml version="1.0"?>\n<disqus xmlns="http://disqus.com"><thread/></disqus>'),
    'an export of Disqus, which has comments and no articles; import the articles first',
  ],
  [
    'front matter',
    utf8(`---\ntitle: Pont\n---\n${sentence}`),
    'Markdown with front matter; give it the ending .md',
  ],
  ['a calendar', utf8('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n'), 'a calendar or an address card'],
])('a file that is no capture is refused with what to do: %s', ([, bytes, reason]) => {
  expect(otherFormatOf(bytes, 'capture')).toContain(`Cannot read the file: it is ${reason}`)
})

test('of other kinds of files, the first bytes count, and of pages the header of a message', () => {
  expect(otherFormatOf(latin1('%PDF-1.7'), 'markdown')).toContain('a PDF')
  expect(
    otherFormatOf(utf8('MIME-Version: 1.0\nContent-Type: multipart/related; a=b\n\n'), 'page'),
  ).toContain('MHTML')
  expect(otherFormatOf(utf8('{"title": "Pont"}'), 'json')).toBeUndefined()
  expect(otherFormatOf(utf8(`<h1>Pont</h1><p>${sentence}</p>`), 'page')).toBeUndefined()
  expect(otherFormatOf(utf8(`---\ntitle: Pont\n---\n${sentence}`), 'markdown')).toBeUndefined()
})

describe('a capture stays one', () => {
  test.for<[what: string, text: string]>([
    ['a title and a text', `Le pont fermera\n\n${sentence}`],
    ['a title with commas', 'Pain, beurre, lait\n\nLe pain, le beurre, le lait coûtent plus cher.'],
    ['a title in brackets', '[Vidéo] Le pont ferme\n\nLe pont.'],
    ['a rule above the title', `---\n\nLe pont fermera\n\n---\n\n${sentence}`],
    ['labels with a colon', `Sujet : le pont\nDate: 12 juin 2024\n\n${sentence}`],
    ['from a place', `From Montréal on 12 June\n\n${sentence}`],
    ['a sign in the title', `< 3 mois de travaux\n\n${sentence}`],
    ['an address in angle brackets', `<https://g.example/pont>\n\n${sentence}`],
    ['a menu with bars', `Accueil | Ville | Sport\nLe pont fermera trois mois\n\n${sentence}`],
    ['two bytes that begin a zip archive', `PK : le pont\n\n${sentence}`],
  ])('%s', ([, text]) => {
    expect(otherFormatOf(utf8(text), 'capture')).toBeUndefined()
  })

  test('a table is known from half of a megabyte in linear time', () => {
    expect(isSeparated(`a,b,c\n${'"'.repeat(500_000)}`)).toBe(false)
    expect(isSeparated(`a;b;c\n${';'.repeat(500_000)}`)).toBe(false)
  })
})

test('an export of Disqus is known also by the ending of a feed', () => {
  const bytes = utf8('<disqus xmlns="http://disqus.com"><thread/></disqus>')
  expect(otherFormatOf(bytes, 'feed')).toContain('comments import')
  expect(otherFormatOf(utf8('<rss><channel/></rss>'), 'feed')).toBeUndefined()
})
