import { maxFormerNameCharacters, maxFormerNames } from '../domain/path.ts'
import { maxListed } from '../domain/store.ts'
import { convertedArticle, described, storedArticle } from './article.ts'
import { integer, object, ref, type Schema, text } from './schema.ts'

const saved = { enum: ['created', 'replaced', 'unchanged'] }
const issues: Schema = {
  type: 'array',
  description: 'Every wrong field.',
  items: ref('Issue'),
}

export function schemas(): Record<string, Schema> {
  const input = convertedArticle()
  return {
    Article: { ...described(input, true), description: `An article in a request. ${input.description}` },
    StoredArticle: storedArticle(input),
    Listing: object(`At most ${maxListed} articles, the newest published first.`, ['articles'], {
      articles: { type: 'array', description: 'The articles.', items: ref('StoredArticle') },
      bad: {
        type: 'array',
        description:
          'The articles of the page that cannot be read because their rows are bad; absent if there are none.',
        items: ref('BadRow'),
      },
      next: text('The address of the next page; absent on the last one.', { format: 'uri-reference' }),
    }),
    BadRow: object('The bad row of an article.', ['slug', 'id', 'field', 'reason'], {
      slug: text('The slug of the article.'),
      id: text('The id of the article.'),
      field: text('The path of the wrong field, with dots between its parts.'),
      reason: text('What would be right.'),
    }),
    Name: {
      ...object('A new name.', ['name'], {
        name: {
          ...input.properties?.section,
          description: `The new name. ${input.properties?.section?.description}`,
        },
      }),
      additionalProperties: false,
    },
    Renamed: object('The result of a renaming.', ['path', 'name'], {
      path: text('The present path; the former address redirects to it.'),
      name: text('The present name.'),
    }),
    Paths: object('Known paths: names, former addresses and withdrawn articles.', ['paths'], {
      paths: { type: 'array', description: 'The paths.', maxItems: maxListed, items: ref('Path') },
      next: text('The address of the next page; absent on the last one.', { format: 'uri-reference' }),
    }),
    Path: {
      ...object(
        'A section, tag or author with its name, a former path with the present path, or the path of a withdrawn article.',
        ['path'],
        {
          path: text('The path, such as `sections/monde` or `articles/sommet`.'),
          title: text('The name of the section, tag or author; the path is made from the name.'),
          names: {
            type: 'array',
            description:
              'Beside `title` or `to`: other names that had the path. The list has them with `to`.',
            maxItems: maxFormerNames,
            items: text('A name.', { minLength: 1, maxLength: maxFormerNameCharacters }),
          },
          to: text('The present path of the article, section, tag or author that had this path.'),
          seen: {
            type: 'boolean',
            const: true,
            description: 'The withdrawn article was public, so its address answers 410 and not 404.',
          },
        },
      ),
      additionalProperties: false,
    },
    PathReplies: object('The result for each path.', ['paths'], {
      paths: {
        type: 'array',
        description: 'The results, in the order of the paths.',
        items: ref('PathReply'),
      },
    }),
    PathReply: object('The result for one path.', [], {
      path: text('The path.'),
      saved: text('What was done.', { enum: ['saved', 'unchanged'] }),
      detail: text('What is wrong, and what would be right.'),
    }),
    Line: object('The result for one line of a bulk import.', ['line', 'status'], {
      line: integer('The number of the line, counted from 1; blank lines count.'),
      status: integer('The status that a request with this article alone would get.'),
      saved: text('What was done with the article.', saved),
      slug: text('The slug of the article.'),
      id: text('The id of the article.'),
      former: object('The article that an import has replaced.', ['title', 'day'], {
        title: text('Its title.'),
        day: text('The day of its publication in the time zone of the site.', { format: 'date' }),
      }),
      kept: {
        type: 'array',
        description: 'The fields that an article of an import leaves out, and that the stored article keeps.',
        items: { type: 'string' },
      },
      title: text('The kind of problem.'),
      detail: text('What is wrong, and what would be right.'),
      issues,
    }),
    Problem: object('A problem in the format of RFC 9457.', ['type', 'title', 'status'], {
      type: text('Always `about:blank`: `status` and `title` identify the kind of problem.'),
      title: text('The kind of problem.'),
      status: integer('The HTTP status.'),
      detail: text('What is wrong, and what would be right.'),
      issues,
      refused: {
        type: 'array',
        description: 'The requested networks that are not available.',
        items: ref('Refusal'),
      },
      maxLines: integer('The largest number of lines that one request may have.'),
      next: text('The address to which the same request is sent to go on.', { format: 'uri-reference' }),
    }),
    Issue: object('A wrong field.', ['field', 'reason'], {
      field: text(
        'The path of the field, with dots between its parts; `article` stands for the whole article.',
      ),
      reason: text('What would be right.'),
    }),
  }
}
