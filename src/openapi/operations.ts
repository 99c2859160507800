import { states } from '../domain/article.ts'
import { cursorPattern } from '../domain/cursor.ts'
import { maxLines, maxLinesBytes } from '../domain/limits.ts'
import { type Folder, folders } from '../domain/selection.ts'
import { maxListed } from '../domain/store.ts'
import {
  bulkAnswers,
  bulkLines,
  correction,
  correctionStored,
  full,
  fullStored,
  small,
  smallStored,
} from './examples.ts'
import {
  type Answer,
  ifChanged,
  ifMatch,
  ifNoneMatch,
  inPath,
  json,
  lines,
  ofSlug,
  operation,
  query,
} from './operation.ts'
import { headersOf } from './problems.ts'
import { object, ref } from './schema.ts'

const articleAnswer = (
  description: string,
  headers: readonly string[],
  examples: Record<string, unknown>,
): Answer => ({
  description,
  ...headersOf(headers),
  content: json(ref('StoredArticle'), examples),
})

export const ofMany = {
  get: operation({
    operationId: 'list-articles',
    summary: 'List articles',
    description: `Lists articles of every status, the newest published first, at most ${maxListed} on each page. The address of the next page is in \`next\`. If several of section, tag and author are given, the list contains only the articles that have all of them.`,
    scope: 'read',
    parameters: [
      query(
        'status',
        'Only articles in this state: a `scheduled` article has the status `published`, but its date or the end of its embargo is in the future; an `expired` article has passed its `expires`.',
        'scheduled',
        { enum: [...states] },
      ),
      query(
        'section',
        'Only articles of the section with this key. The key of a section is the last part of the address of its page.',
        'ville',
      ),
      query(
        'tag',
        'Only articles with the tag of this key. The key of a tag is the last part of the address of its page.',
        'marche',
      ),
      query(
        'author',
        'Only articles by the author with this key. The key of an author is the last part of the address of their page.',
        'kim-tremblay',
      ),
      query(
        'since',
        'Only articles that were saved at or after this instant, the last saved article first.',
        '2024-06-19T12:00:00Z',
        {
          format: 'date-time',
        },
      ),
      query(
        'form',
        'Without this parameter, bodies have absolute addresses. `stored`: the addresses of the site itself are paths, such as `/media/x.jpg`, so that a backup fits a site with another address, and the field `keys` has the paths of those names whose key is not the slug of the name. A request that saves an article may contain the field; it is ignored.',
        'stored',
        { enum: ['stored'] },
      ),
      query(
        'before',
        'The position at which the previous page ended, copied from `next`.',
        '1718798400000.2',
        {
          pattern: cursorPattern.source.replace(/[()]/g, ''),
        },
      ),
    ],
    answers: {
      200: {
        description: 'A page of articles',
        content: json(ref('Listing'), { page: { articles: [fullStored] } }),
      },
    },
    problems: ['query'],
  }),
  post: operation({
    operationId: 'create-article',
    summary: 'Save a new article, or many at once',
    description: `Saves one new article, sent as JSON. The article gets its own \`slug\` if it has one and no other article uses it, or else a slug made from the title. An existing article is never replaced. With the media type \`application/x-ndjson\`, the call saves many articles, one on each line, and creates or replaces each by its id or slug. The answer then has one line for each article, in the same order, and a wrong article does not stop the others. A request has at most ${maxLines} lines and ${maxLinesBytes} bytes; of a longer request no line is saved, and the answer is a 413 whose member \`maxLines\` is the number. If a line has the status 503, the request has reached a limit of the platform before it could save the line; send such lines again. A line of a backup has the additional field \`backup\`: such an article never replaces a stored article that was saved later, which is the case if \`backup.revision\` is lower than the revision of the stored article or, without a revision, if \`updated\` is not later. A line of an import has the additional field \`import\` (see the call that begins an import). An article has at most 1 MiB.`,
    scope: 'publish',
    requestBody: {
      required: true,
      content: {
        ...json(ref('Article'), { small, full }),
        ...lines(ref('Article'), { bulk: bulkLines }),
      },
    },
    answers: {
      200: {
        description: 'The result for each line of a bulk import',
        content: lines(ref('Line'), {
          bulk: bulkAnswers.map((answer) => `${JSON.stringify(answer)}\n`).join(''),
        }),
      },
      201: articleAnswer('The article was created', ['ETag', 'Location', 'Kiosque-Saved'], {
        small: smallStored,
        full: fullStored,
      }),
    },
    problems: [
      'unreadable',
      'mayNotPublish',
      'exists',
      'slugTaken',
      'conflict',
      'tooLarge',
      'tooManyLines',
      'type',
      'invalid',
    ],
  }),
}

export const ofOne = {
  get: operation({
    operationId: 'read-article',
    summary: 'Read an article',
    description: 'Returns the stored article, whatever its status.',
    scope: 'read',
    parameters: [ofSlug, ifChanged],
    answers: {
      200: articleAnswer('The article', ['ETag'], { stored: fullStored }),
      304: { description: 'The article has not changed since you read it', ...headersOf(['ETag']) },
    },
    problems: ['notFound', 'badRow'],
  }),
  put: operation({
    operationId: 'save-article',
    summary: 'Save an article',
    description:
      'Creates the article, or replaces it completely: a field that the request omits is removed from the article, except its id and dates. Sending the same article again changes nothing, so the call is safe to repeat. A withdrawn article is published again only with `"status": "published"`.',
    scope: 'publish',
    parameters: [ofSlug, ifMatch, ifNoneMatch],
    requestBody: { required: true, content: json(ref('Article'), { small, full, correction }) },
    answers: {
      200: articleAnswer('The article was replaced, or was already the same', ['ETag', 'Kiosque-Saved'], {
        correction: correctionStored,
      }),
      201: articleAnswer('The article was created', ['ETag', 'Kiosque-Saved'], {
        small: smallStored,
        full: fullStored,
      }),
    },
    problems: [
      'unreadable',
      'mayNotPublish',
      'slugTaken',
      'withdrawn',
      'conflict',
      'precondition',
      'tooLarge',
      'type',
      'invalid',
    ],
  }),
  delete: operation({
    operationId: 'withdraw-article',
    summary: 'Withdraw an article',
    description:
      'Withdraws the article: its address answers 410, and Atom feeds report the withdrawal. An article that was never public is deleted completely.',
    scope: 'publish',
    parameters: [ofSlug, ifMatch, ifNoneMatch],
    answers: { 204: { description: 'The article is withdrawn or deleted', ...headersOf(['Kiosque-Saved']) } },
    problems: ['mayNotPublish', 'notFound', 'conflict', 'precondition'],
  }),
}

/**
 * The kinds of selections that can be renamed. Each row contains the word for the kind, and the values for its
 * example: the present key, the new name and the new key.
 */
const renamable: Record<Folder, { one: string; key: string; name: string; newKey: string }> = {
  sections: { one: 'a section', key: 'ville', name: 'Quartiers', newKey: 'quartiers' },
  tags: { one: 'a tag', key: 'marche', name: 'Marchés publics', newKey: 'marches-publics' },
  authors: { one: 'an author', key: 'kim-tremblay', name: 'Kim T. Roy', newKey: 'kim-t-roy' },
}

export const renaming = Object.fromEntries(
  folders.map((folder) => {
    const { one, key, name, newKey } = renamable[folder]
    return [
      `/api/${folder}/{key}`,
      {
        put: operation({
          operationId: `rename-${folder}`,
          summary: `Rename ${one}`,
          description: `Renames ${one} in every article. The dates of the articles stay, and the old address redirects. If the new name exists already, the articles of both names are merged under it. Otherwise the new name gets a key of its own, and keeps the present key if it can have it, as with another accent or another letter case. Repeating a rename that was completed changes nothing and succeeds. If there are more articles than one request may save, the answer is a 503 with the member \`next\`: send the same request to this address, which goes on.`,
          scope: 'admin',
          parameters: [inPath('key', 'The key: the last part of the address of its page.', key)],
          requestBody: { required: true, content: json(ref('Name'), { renamed: { name } }) },
          answers: {
            200: {
              description: 'The name was changed',
              content: json(ref('Renamed'), { renamed: { path: `${folder}/${newKey}`, name } }),
            },
          },
          problems: [
            'unreadable',
            'mayNotAdminister',
            'noSuchSelection',
            'renameConflict',
            'partlyRenamed',
            'badRow',
            'tooLarge',
            'type',
            'invalid',
          ],
        }),
      },
    ]
  }),
)

export const ofDocument = {
  get: operation({
    operationId: 'read-description',
    summary: 'Read this description',
    description: 'Returns the OpenAPI 3.1 document from which this page is made. The call needs no token.',
    answers: {
      200: {
        description: 'The document',
        ...headersOf(['Cache-Control']),
        content: json(object('An OpenAPI document.', ['openapi', 'info', 'paths'], {}), {}),
      },
    },
    problems: [],
  }),
}
