import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseFeed, parseJsonFeed } from 'feedsmith'
import { rfc3339 } from '../../../src/domain/instant.ts'

/* Reads feeds with feedsmith. Each line of the input is a file; each line of the output is what the file says, as JSON. */

const instant = (date: string | undefined): string | undefined => date && rfc3339(Date.parse(date))

function read(text: string) {
  // feedsmith takes a JSON document for RSS if a text in it contains `<rss `, so the format is not guessed.
  const { format, feed } = text.startsWith('{')
    ? { format: 'json' as const, feed: parseJsonFeed(text) }
    : parseFeed(text)
  if (format === 'rss')
    return {
      title: feed.title,
      items: (feed.items ?? []).map((item) => ({
        id: item.guid?.value,
        title: item.title,
        link: item.link,
        published: instant(item.pubDate),
        updated: instant(item.dcterms?.modified?.[0] as string | undefined),
        authors: item.dc?.creators ?? [],
        categories: (item.categories ?? []).map(({ name }) => name),
        summary: item.description,
        content: item.content?.encoded,
        source: item.source?.title ?? item.dc?.sources?.[0],
      })),
    }
  if (format === 'atom')
    return {
      title: feed.title?.value,
      items: (feed.entries ?? []).map((entry) => ({
        id: entry.id,
        title: entry.title?.value,
        titleIsHtml: entry.title?.type === 'html',
        link: entry.links?.find(({ rel }) => rel === undefined || rel === 'alternate')?.href,
        published: instant(entry.published),
        updated: instant(entry.updated),
        authors: (entry.authors ?? []).map(({ name }) => name),
        categories: (entry.categories ?? []).map(({ term }) => term),
        summary: entry.summary?.value,
        summaryIsHtml: entry.summary?.type === 'html',
        content: entry.content?.value,
        source: entry.source?.title?.value,
      })),
    }
  if (format === 'json')
    return {
      title: feed.title,
      items: (feed.items ?? []).map((item) => ({
        id: item.id,
        title: item.title,
        link: item.url,
        published: instant(item.date_published),
        updated: instant(item.date_modified),
        authors: (item.authors ?? []).map(({ name }) => name),
        categories: item.tags ?? [],
        summary: item.summary,
        content: item.content_html,
      })),
    }
  return { fault: `is read as ${format}` }
}

for await (const file of createInterface({ input: process.stdin })) {
  const text = readFileSync(file, 'utf8')
  let said: object
  try {
    said = read(text)
  } catch (fault) {
    said = { fault: `${fault}` }
  }
  console.log(JSON.stringify({ file, ...said }))
}
