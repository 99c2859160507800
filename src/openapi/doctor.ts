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

const answers = {
  200: {
    description: 'The bad rows of one portion of the store',
    content: json(ref('Examination'), { sound: { findings: [] }, bad: { findings: [finding] } }),
  },
}

/** The API operations that list and correct the bad rows of the store. */
export const ofDoctor = {
  '/api/doctor': {
    get: operation({
      operationId: 'examine-store',
      summary: 'List bad rows',
      description:
        'Lists the bad rows of the store: rows that were edited by hand or restored wrongly, and are therefore left out of feeds, pages and lists. Each call examines a portion of the articles; the address of the next portion is in `next`.',
      scope: 'admin',
      parameters: [after],
      answers,
      problems: ['mayNotAdminister'],
    }),
    post: operation({
      operationId: 'mend-store',
      summary: 'Correct bad rows',
      description:
        'Corrects the columns that can be computed from other rows, and then lists the bad rows that are left. Nothing is lost.',
      scope: 'admin',
      parameters: [after],
      answers,
      problems: ['mayNotAdminister'],
    }),
  },
}

/** The schemas of the API's answers about bad rows. */
export const doctorSchemas = (): Record<string, Schema> => ({
  Examination: object('The bad rows of one portion of the store.', ['findings'], {
    findings: { type: 'array', description: 'The bad rows.', items: ref('Finding') },
    next: text('The address of the next portion; absent on the last one.', { format: 'uri-reference' }),
  }),
  Finding: object('A bad row.', ['check', 'table', 'id', 'reason', 'remedy'], {
    check: text('The kind of fault.'),
    table: text('The table of the row.'),
    id: text('The row: the slug of an article, the path of a selection, or another key.'),
    reason: text('What is wrong.'),
    remedy: text('What corrects the row.'),
  }),
})
