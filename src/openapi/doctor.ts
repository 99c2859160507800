import { json, operation, query } from './operation.ts'
import { object, ref, type Schema, text } from './schema.ts'

const finding = {
  check: 'article',
  table: 'article',
  id: 'le-marche-ouvre-samedi',
  reason: 'image.alt: must be a text',
  remedy: 'save the article again under its slug, which replaces it, or withdraw it',
}

const after = query('after', 'The number of the article after which the portion begins.', '500')

const correction = {
  check: 'derived columns',
  table: 'selection',
  id: 'sections/ville',
  reason: 'newest: must be a JSON list, the numbers of the newest articles',
}

const answered = (examples: Record<string, unknown>) => ({
  200: {
    description: 'The bad rows of one portion of the store',
    content: json(ref('Examination'), examples),
  },
})

/** The API operations that list and correct the bad rows of the store. */
export const ofDoctor = {
  '/api/doctor': {
    get: operation({
      operationId: 'examine-store',
      summary: 'List bad rows',
      description:
        'Lists articles whose JSON has a field of a wrong type, or another id or slug than its row; columns of any table that have a wrong type or invalid JSON; a wrong `due` of a selection; articles in which addresses of the site itself, or of a former site, are absolute; an import of a backup that is not complete; people who were erased and came back, rows of people that belong to nobody or cannot be right, and a stop of all mails, without any address; and scheduled changes and effects of saves that wait for more than ten minutes. Each call examines a portion of the articles, and the first call also the other tables. The address of the next portion is in `next`.',
      scope: 'admin',
      parameters: [after],
      answers: answered({ sound: { findings: [] }, bad: { findings: [finding] } }),
      problems: ['mayNotAdminister'],
    }),
    post: operation({
      operationId: 'mend-store',
      summary: 'Correct bad rows',
      description:
        'Computes bad columns again that follow from the JSON of the article or from other rows, and stores absolute addresses of the site itself, or of a former site, as paths. It also ends the people who were erased and came back, and deletes rows of people that belong to nobody. The answer lists what was corrected, and the bad rows that are left. Nothing is lost.',
      scope: 'admin',
      parameters: [after],
      answers: answered({
        sound: { corrected: [], findings: [] },
        bad: { corrected: [correction], findings: [finding] },
      }),
      problems: ['mayNotAdminister'],
    }),
  },
}

/** The schemas of the API's answers about bad rows. */
export const doctorSchemas = (): Record<string, Schema> => ({
  Examination: object('The bad rows of one portion of the store.', ['findings'], {
    findings: { type: 'array', description: 'The bad rows.', items: ref('Finding') },
    corrected: {
      type: 'array',
      description: 'What was corrected; absent if only a list was asked for.',
      items: ref('Correction'),
    },
    next: text('The address of the next portion; absent on the last one.', { format: 'uri-reference' }),
  }),
  Correction: object('What was corrected in a row.', ['check', 'table', 'id', 'reason'], {
    check: text('The kind of fault.'),
    table: text('The table of the row.'),
    id: text('The row: the slug of an article, the path of a selection, or another key.'),
    reason: text('The column that was wrong, and what it must be.'),
  }),
  Finding: object('A bad row.', ['check', 'table', 'id', 'reason', 'remedy'], {
    check: text('The kind of fault.'),
    table: text('The table of the row.'),
    id: text('The row: the slug of an article, the path of a selection, or another key.'),
    reason: text('The column or field that is wrong, and what it must be.'),
    remedy: text('What corrects the row.'),
  }),
})
