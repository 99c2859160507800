import { listedKinds } from '../domain/backup.ts'
import { maxLines, maxLinesBytes } from '../domain/limits.ts'
import { maxListed } from '../domain/store.ts'
import { inPath, json, lines, operation, query } from './operation.ts'
import { integer, object, ref, type Schema, text } from './schema.ts'

const state = { revision: 1_718_812_800_400, selections: 1, articles: 0, archives: 0 }
const header = { kind: 'backup', ...state }
const front = { path: '', title: '', backup: { revision: 1, revised: 0, departed: 0, named: [0, 0] } }

/** The calls that read a backup, and those that restore it into an empty store. */
export const ofBackups = {
  '/api/backup': {
    get: operation({
      operationId: 'read-backup-state',
      summary: 'Read the state of the store, for a backup',
      description:
        'Returns the revision of the last save, how many lines of each kind a backup has, and the time zone in which the command line reads dates without a zone. The command `npx kiosque export` reads the state before and after the lines. If the revision has changed, it reads the lines that have changed since, so that the backup is one state of the store.',
      scope: 'read',
      answers: { 200: { description: 'The state', content: json(ref('BackupState'), {}) } },
      problems: [],
    }),
  },
  '/api/backup/{kind}': {
    get: operation({
      operationId: 'list-backup-lines',
      summary: 'List lines of a backup',
      description: `Lists the lines of one kind (${listedKinds.join(', ')}), at most ${maxListed} on each page. The address of the next page is in \`next\`. Besides its JSON, each article has the field \`backup\` with its number, its revision and the facts that a restored store needs. An article whose row is bad is a line with the fields \`number\` and \`bad\`: its slug and id, the wrong field and the reason. An origin is the file from which an article was imported: the id of the article, and the path of the file relative to the folder of the import. Comments are listed in every state, without e-mail addresses, and with the heads of their feeds (\`discussions\`); if there are any, these two kinds need a token with the scope \`admin\`. A backup also has the redirects of \`GET /api/paths\`.`,
      scope: 'read',
      parameters: [
        inPath('kind', `One of ${listedKinds.join(', ')}.`, 'articles'),
        query('since', 'Only lines that changed after this revision.', '1718798400000', {
          pattern: '^\\d{1,15}$',
        }),
        query('after', 'The position at which the previous page ended, copied from `next`.', '7'),
      ],
      answers: { 200: { description: 'A page of lines', content: json(ref('BackupLines'), {}) } },
      problems: ['since'],
    }),
  },
  '/api/restore': {
    post: operation({
      operationId: 'restore-backup',
      summary: 'Restore lines of a backup into an empty store',
      description: `Restores lines with their numbers, revisions and archives, so that every address answers as in the store from which the backup was made. The first line of the request is the first line of the backup; the answer has one line for each further line. Send the lines in the order of the backup. Repeating a line does no harm. A request has at most ${maxLines} lines, with the first, and ${maxLinesBytes} bytes; of a longer request no line is restored, and the answer is a 413. Until the call that completes the restore, no other save is possible.`,
      scope: 'admin',
      requestBody: {
        required: true,
        content: lines(ref('BackupLine'), { front: `${JSON.stringify(header)}\n${JSON.stringify(front)}\n` }),
      },
      answers: {
        200: {
          description: 'The result for each line after the first',
          content: lines(ref('RestoredLine'), { front: '{"saved":"restored"}\n' }),
        },
      },
      problems: ['unreadable', 'mayNotAdminister', 'notEmpty', 'tooManyLines', 'line'],
    }),
  },
  '/api/restore/complete': {
    post: operation({
      operationId: 'complete-backup',
      summary: 'Complete the restore of a backup',
      description:
        'Gives all sections, tags and authors the revisions of the backup. If lines of the backup are missing, or if `exact` is not true, they get a new revision instead, because the ETags of the backup would stand for other content; `exact` in the answer is then false.',
      scope: 'admin',
      requestBody: {
        required: true,
        content: json(ref('Completion'), { all: { ...state, selections: 0, exact: true } }),
      },
      answers: {
        200: {
          description: 'The restore is complete',
          content: json(ref('Completed'), { all: { exact: true } }),
        },
      },
      problems: ['unreadable', 'mayNotAdminister', 'notEmpty', 'tooLarge', 'type', 'line'],
    }),
  },
}

const counts = {
  revision: integer('The revision of the last save.'),
  selections: integer('The number of sections, tags and authors, and one for the feed of all articles.'),
  articles: integer('The number of articles.'),
  archives: integer('The number of archives.'),
}
const required = Object.keys(counts)

const line: Schema = {
  type: 'object',
  description: 'A line of a backup, as the call that lists it returns it.',
}

export const backupSchemas: Record<string, Schema> = {
  BackupState: object('The state of a store.', [...required, 'timeZone'], {
    ...counts,
    timeZone: text('The time zone of the site, as an IANA name such as `America/Toronto`.'),
  }),
  BackupLine: line,
  BackupLines: object('A page of lines of a backup.', ['lines'], {
    lines: { type: 'array', description: 'The lines.', items: ref('BackupLine') },
    next: text('The address of the next page; absent on the last one.', { format: 'uri-reference' }),
  }),
  RestoredLine: object('The result for one line.', [], {
    saved: text('What was done. A `cleaned` article differs from the line.', {
      enum: ['restored', 'cleaned', 'unchanged'],
    }),
    detail: text('What is wrong, and what would be right.'),
  }),
  Completion: object(
    'The first line of the backup, and whether every line was restored as it is.',
    required,
    {
      ...counts,
      exact: { type: 'boolean', description: 'Whether no line was refused or cleaned.' },
    },
  ),
  Completed: object('The result of a restore.', ['exact'], {
    exact: {
      type: 'boolean',
      description: 'Whether every address answers as in the store from which the backup was made.',
    },
  }),
}
