import { maxListed } from '../domain/store.ts'
import { convertedArticle, described, storedArticle } from './article.ts'
import { integer, object, ref, type Schema, text } from './schema.ts'

const saved = { enum: ['created', 'replaced', 'unchanged'] }
const issues: Schema = {
  type: 'array',
  description: 'Every field that was wrong.',
  items: ref('Issue'),
}

export function schemas(): Record<string, Schema> {
  const input = convertedArticle()
  return {
    Article: { ...described(input, true), description: `An article as it is sent. ${input.description}` },
    StoredArticle: storedArticle(input),
    Listing: object(`At most ${maxListed} articles, the newest published first.`, ['articles'], {
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
    Paths: object('Known paths.', ['paths'], {
      paths: { type: 'array', description: 'The paths.', maxItems: maxListed, items: ref('Path') },
      next: text('The address of the next page; absent on the last one.', { format: 'uri-reference' }),
    }),
    Path: {
      ...object(
        'A section, tag or author with its title, a former path with what it leads to, or that of a withdrawn article.',
        ['path'],
        {
          path: text('Such as `sections/monde` or `articles/sommet`.'),
          title: text('Its name, of which the path is made.'),
          to: text('Where what had this path is now.'),
          seen: {
            type: 'boolean',
            const: true,
            description: 'That readers had seen the withdrawn article: its page is gone, not unheard of.',
          },
        },
      ),
      additionalProperties: false,
    },
    PathReplies: object('What became of each path.', ['paths'], {
      paths: { type: 'array', description: 'In the order of the paths.', items: ref('PathReply') },
    }),
    PathReply: object('What became of a path.', [], {
      path: text('The path.'),
      saved: text('What was done.', { enum: ['saved', 'unchanged'] }),
      detail: text('What was wrong, and what would be right.'),
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
      refused: {
        type: 'array',
        description: 'The networks that were asked for in vain.',
        items: ref('Refusal'),
      },
    }),
    Issue: object('A field that was wrong.', ['field', 'reason'], {
      field: text('The field, with dots where it is inside another; `article` for the whole.'),
      reason: text('What would be right.'),
    }),
  }
}
