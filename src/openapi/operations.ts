import { states } from '../domain/article.ts'
import { cursorPattern } from '../domain/paging.ts'
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
    description: `Articles whatever their status, the newest published first, at most ${maxListed} at once. Follow \`next\` for more. Of section, tag and author, several may be asked for: then only what is in all of them comes.`,
    scope: 'read',
    parameters: [
      query(
        'status',
        'Only those that are at this point of their life now: `scheduled` ones are published, but their date or embargo is to come; of `expired` ones it is over.',
        'scheduled',
        { enum: [...states] },
      ),
      query('section', 'Only those of the section with this key (the slug of its name).', 'ville'),
      query('tag', 'Only those with the tag of this key.', 'marche'),
      query('author', 'Only those of the author with this key.', 'kim-tremblay'),
      query(
        'since',
        'Only those that were saved at or after this instant, the last saved first.',
        '2024-06-19T12:00:00Z',
        {
          format: 'date-time',
        },
      ),
      query('before', 'Where the page before ended; taken from `next`.', '1718798400000.2', {
        pattern: cursorPattern.source.replace(/[()]/g, ''),
      }),
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
    description:
      'One article as JSON is saved under a slug made of its title, or under the slug it gives where no article has that; an article that exists is never replaced. Many articles, one as JSON on each line (`application/x-ndjson`), are each created or replaced by their id or slug; the answer has one line for each, in the same order, and a wrong one does not stop the others. An article or a line has at most 1 MiB.',
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
        description: 'What became of each line of a bulk import',
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
      'type',
      'invalid',
    ],
  }),
}

export const ofOne = {
  get: operation({
    operationId: 'read-article',
    summary: 'Read an article',
    description: 'An article as it is stored, whatever its status.',
    scope: 'read',
    parameters: [ofSlug, ifChanged],
    answers: {
      200: articleAnswer('The article', ['ETag'], { stored: fullStored }),
      304: { description: 'It is the one that you hold', ...headersOf(['ETag']) },
    },
    problems: ['notFound'],
  }),
  put: operation({
    operationId: 'save-article',
    summary: 'Save an article',
    description:
      'Creates the article, or replaces all of it: what is left out is removed, but for its id and dates. The same again changes nothing, so it can be repeated safely. A withdrawn article comes back only with `"status": "published"`.',
    scope: 'publish',
    parameters: [ofSlug, ifMatch, ifNoneMatch],
    requestBody: { required: true, content: json(ref('Article'), { small, full, correction }) },
    answers: {
      200: articleAnswer('The article was replaced, or was the same already', ['ETag', 'Kiosque-Saved'], {
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
      'Readers are told that it is gone, and its address answers 410. One that nobody could ever see is deleted without a trace.',
    scope: 'publish',
    parameters: [ofSlug, ifMatch, ifNoneMatch],
    answers: { 204: { description: 'It is withdrawn or deleted', ...headersOf(['Kiosque-Saved']) } },
    problems: ['mayNotPublish', 'notFound', 'conflict', 'precondition'],
  }),
}

/** What can be renamed: what one of it is called, the key of an example, and the name and the key that it gets. */
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
          description: `Gives it another name in every article that carries it; their dates stay, and the old address redirects. Where another one has the new name already, the two become one.`,
          scope: 'admin',
          parameters: [inPath('key', 'The slug of its present name.', key)],
          requestBody: { required: true, content: json(ref('Name'), { renamed: { name } }) },
          answers: {
            200: {
              description: 'It was renamed',
              content: json(ref('Renamed'), { renamed: { path: `${folder}/${newKey}`, name } }),
            },
          },
          problems: [
            'unreadable',
            'mayNotAdminister',
            'noSuchSelection',
            'renameConflict',
            'tooLarge',
            'type',
            'invalid',
          ],
        }),
      },
    ]
  }),
)

const listedPaths = [
  { path: 'sections/monde', to: 'sections/ville' },
  { path: 'sections/ville', title: 'Ville' },
]

export const ofPaths = {
  get: operation({
    operationId: 'list-paths',
    summary: 'List known paths',
    description: `What a backup holds beside the articles, in the order of paths, at most ${maxListed} at once: every section, tag and author that readers know, every former path with what it leads to now, and the path of every withdrawn article that readers had seen. Follow \`next\` for more.`,
    scope: 'read',
    parameters: [query('after', 'Where the page before ended; taken from `next`.', 'sections/monde')],
    answers: {
      200: {
        description: 'A page of paths',
        content: json(ref('Paths'), {}),
      },
    },
    problems: [],
  }),
  post: operation({
    operationId: 'save-paths',
    summary: 'Restore known paths',
    description: `Takes back what was listed, at most ${maxListed} at once and as one save. A section, tag or author is opened, and named as given; a former path leads to a path that is there; a withdrawn article that comes after its path is gone, where any other would not be found. What stands already changes nothing; one that cannot be is refused with its reason and does not stop the others.`,
    scope: 'admin',
    requestBody: { required: true, content: json(ref('Paths'), { restored: { paths: listedPaths } }) },
    answers: {
      200: {
        description: 'What became of each, in the same order',
        content: json(ref('PathReplies'), {
          restored: {
            paths: [
              { path: 'sections/monde', saved: 'saved' },
              { path: 'sections/ville', saved: 'unchanged' },
            ],
          },
        }),
      },
    },
    problems: ['unreadable', 'mayNotAdminister', 'tooLarge', 'type', 'path'],
  }),
}

export const ofDocument = {
  get: operation({
    operationId: 'read-description',
    summary: 'Read this description',
    description: 'The OpenAPI 3.1 document that this page is made from; it needs no token.',
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
