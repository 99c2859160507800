import { expect, test } from 'vitest'
import {
  feedScheme,
  ownReaders,
  parseHost,
  readers,
  sampleFeed,
  sampleHost,
} from '../../src/share/readers.ts'

test.for(readers)('subscribe link: $id', ({ href, example }) => {
  expect(href(sampleFeed)).toBe(example)
})

test.for(ownReaders)('subscribe link at one’s own place: $id', ({ href, example }) => {
  expect(href(sampleFeed, sampleHost)).toBe(example)
})

test.for([...readers, ...ownReaders])(
  '$id: the reader gets the address whole, and there is evidence',
  (row) => {
    const { searchParams, pathname } = new URL(row.example)
    const given = [...searchParams.values(), decodeURIComponent(pathname.split('/').at(-1) ?? '')]
    expect(given.map((value) => value.replace(/^feed\//, ''))).toContain(sampleFeed)
    expect(new URL(row.docs).protocol).toBe('https:')
    expect(row.verified).toMatch(/^\d{4}-\d{2}$/)
    expect(row.evidence.length).toBeGreaterThan(0)
  },
)

test('a reader on the device is called by feed:', () => {
  expect(feedScheme(sampleFeed)).toBe(`feed:${sampleFeed}`)
})

const hosts: [written: string, expected: string | undefined][] = [
  ['lecture.example', 'https://lecture.example'],
  [' https://lecture.example/ ', 'https://lecture.example'],
  ['http://192.168.1.20:8080', 'http://192.168.1.20:8080'],
  ['localhost:8080', 'https://localhost:8080'],
  ['lecture.example/FreshRSS/p/', 'https://lecture.example/FreshRSS/p'],
  ['https://lecture.example/i/?c=feed#x', 'https://lecture.example/i'],
  ['HTTPS://Lecture.Example', 'https://lecture.example'],
  ['//lecture.example', 'https://lecture.example'],
  ['', undefined],
  ['   ', undefined],
  ['javascript:alert(1)', undefined],
  ['javascript://lecture.example/%0aalert(1)', undefined],
  ['data:text/html,x', undefined],
  ['ftp://lecture.example', undefined],
  ['https://kim:secret@lecture.example', undefined],
  ['kim@lecture.example', undefined],
  ['deux mots', undefined],
  ['lecture.example\\@evil.example', undefined],
  ['https://', undefined],
  ['https://:secret@lecture.example', undefined],
  ['lecture.example/rss//', 'https://lecture.example/rss'],
  [`lecture.example/${'a'.repeat(484)}`, `https://lecture.example/${'a'.repeat(484)}`],
  [`lecture.example/${'a'.repeat(485)}`, undefined],
]

test.for(hosts)('the place %j is %j', ([written, expected]) => {
  expect(parseHost(written)).toBe(expected)
})
