import { json, operation } from './operation.ts'
import { integer, object, ref, type Schema, text } from './schema.ts'

const files = text('The SHA-256 of the names of the files, in hexadecimal.', { pattern: '^[0-9a-f]{64}$' })
const hash = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

/** The calls with which the command line begins and ends an import. */
export const ofImports = {
  '/api/imports': {
    post: operation({
      operationId: 'begin-import',
      summary: 'Begin an import',
      description:
        'Returns the number of an import. If the last import has the same files and is not complete, the new import goes on under its number. Each line of the bulk import then has the additional field `import`: with `run`, the number; `path`, the path of the file relative to the folder of the import, if the file contains only this article; `replace`; `whole`; `guessesLanguage`, if the language was guessed, so that a stored article keeps its own; `keepsDate`, if the date of publication is only for a new article, so that a stored article keeps its own; and `repeats`, if an earlier article of the import has the same id. An article of an import replaces the stored article with its id; or the one that came from the same file; or the one with its slug, or with its slug and a number, that was published on the same day. Otherwise it is a new article. If it is doubtful whether the stored article is the same, the line is refused with 409, unless `replace` is true. The answer to a line whose article replaced another has the member `former`, with the title and the day of the replaced article. What the line leaves out of the stored article is kept, unless `whole` is true, and the member `kept` of the answer names those fields. No answer of the API about articles shows `path`.',
      scope: 'publish',
      requestBody: { required: true, content: json(ref('Import'), { files: { files: hash } }) },
      answers: {
        200: {
          description: 'The import has begun, or goes on',
          content: json(ref('ImportRun'), { files: { run: 1_718_812_800_400, goesOn: false } }),
        },
      },
      problems: ['unreadable', 'mayNotPublish', 'tooLarge', 'type', 'importInvalid'],
    }),
  },
  '/api/imports/undo': {
    post: operation({
      operationId: 'undo-import',
      summary: 'Take back the last import',
      description:
        'Takes back a part of the last import that changed anything: an article that it created is withdrawn or, if it was never public, deleted; an article that it replaced gets back what it was. An article that was saved since is left as it is, with the reason. For the first part, `after` is empty; for a further part, it is `next` of the answer before.',
      scope: 'publish',
      requestBody: { required: true, content: json(ref('UndoFrom'), { first: { after: '' } }) },
      answers: {
        200: {
          description: 'What became of the articles',
          content: json(ref('UndonePart'), { first: { articles: [] } }),
        },
      },
      problems: ['unreadable', 'mayNotPublish', 'tooLarge', 'type', 'importInvalid'],
    }),
  },
  '/api/imports/complete': {
    post: operation({
      operationId: 'complete-import',
      summary: 'Complete an import',
      description:
        'Marks an import as complete, so that the next import of the same files is another one. If another import has begun since, nothing is done.',
      scope: 'publish',
      requestBody: {
        required: true,
        content: json(ref('ImportNumber'), { run: { run: 1_718_812_800_400 } }),
      },
      answers: {
        200: {
          description: 'The import is complete',
          content: json(ref('ImportNumber'), { run: { run: 1_718_812_800_400 } }),
        },
      },
      problems: ['unreadable', 'mayNotPublish', 'tooLarge', 'type', 'importInvalid'],
    }),
  },
}

export const importSchemas: Record<string, Schema> = {
  Import: object('The files of an import.', ['files'], { files }),
  ImportNumber: object('The number of an import.', ['run'], { run: integer('The number.') }),
  UndoFrom: object('Where the part begins.', ['after'], {
    after: text('Empty, or `next` of the answer before.'),
  }),
  UndonePart: object('A part of the last import that was taken back.', ['articles'], {
    articles: {
      type: 'array',
      description: 'What became of each article.',
      items: object('An article of the import.', [], {
        slug: text('The slug of the article.'),
        undone: text('What was done.', { enum: ['withdrawn', 'deleted', 'restored', 'unchanged'] }),
        detail: text('Why the article was left as it is.'),
      }),
    },
    next: text('The value of `after` for the next part; absent at the end.'),
  }),
  ImportRun: object('An import that has begun.', ['run', 'goesOn'], {
    run: integer('The number of the import.'),
    goesOn: {
      type: 'boolean',
      description: 'Whether it goes on with the last import, which was interrupted.',
    },
  }),
}
