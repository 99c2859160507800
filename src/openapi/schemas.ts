import { convertedArticle, described, storedArticle } from './article.ts'
import { integer, object, ref, type Schema, text } from './schema.ts'

export const saved = { enum: ['created', 'replaced', 'unchanged'] }
export const issues: Schema = {
  type: 'array',
  description: 'Every field that was wrong.',
  items: ref('Issue'),
}

export function schemas(): Record<string, Schema> {
  const input = convertedArticle()
  return {
    Article: { ...described(input, true), description: `An article as it is sent. ${input.description}` },
    StoredArticle: storedArticle(input),
    Listing: object('At most 100 articles, the newest published first.', ['articles'], {
      articles: { type: 'array', description: 'The articles.', items: ref('StoredArticle') },
      next: text('The address of the next page; absent on the last one.', { format: 'uri-reference' }),
    }),
    Name: {
      ...object('Another name.', ['name'], {
        name: {
          ...input.properties?.section,
          description: `The new name. ${input.properties?.section?.description}`,
        },
      }),
      additionalProperties: false,
    },
    Renamed: object('What was renamed.', ['path', 'name'], {
      path: text('Where it is now; the old address redirects there.'),
      name: text('Its name now.'),
    }),
    Line: object('What became of one line of a bulk import.', ['line', 'status'], {
      line: integer('Which line, counted from 1; blank ones are counted too.'),
      status: integer('The status that the article alone would have had.'),
      saved: text('What was done with it.', saved),
      slug: text('The slug that it has.'),
      id: text('The id that it has.'),
      title: text('What kind of problem it was.'),
      detail: text('What was wrong, and what would be right.'),
      issues,
    }),
    Problem: object('A problem in the words of RFC 9457.', ['type', 'title', 'status'], {
      type: text('Always `about:blank`: the status says it all.'),
      title: text('What kind of problem it is.'),
      status: integer('The HTTP status.'),
      detail: text('What was wrong, and what would be right.'),
      issues,
    }),
    Issue: object('A field that was wrong.', ['field', 'reason'], {
      field: text('The field, with dots where it is inside another; `article` for the whole.'),
      reason: text('What would be right.'),
    }),
  }
}
