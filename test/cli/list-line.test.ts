import { expect, test } from 'vitest'
import { listLineOf } from '../../src/cli/list-line.ts'
import type { Article } from '../../src/domain/article.ts'
import { sampleArticle } from '../render/samples.ts'

const past = '2024-06-01T09:00:00Z'
const soon = '2024-06-20T09:00:00Z'
const later = '2024-06-25T09:00:00Z'
const earlier = 'date earlier than the embargo, so feeds will not show it as new'
const rows: [fields: Partial<Article>, line: string][] = [
  [{ published: past }, `${past}  published  a  Titre`],
  [
    { published: '2024-06-01T12:00:00Z', dayOnly: ['published'] },
    '2024-06-01            published  a  Titre',
  ],
  [{ published: past, embargo: past }, `${past}  published  a  Titre`],
  [{ published: past, expires: past }, `${past}  expired    a  Titre`],
  [{ published: soon }, `${soon}  scheduled  a  Titre  (comes out ${soon})`],
  [{ published: past, embargo: soon }, `${past}  scheduled  a  Titre  (${earlier}; comes out ${soon})`],
  [{ published: later, embargo: soon }, `${later}  scheduled  a  Titre  (comes out ${later})`],
  [
    { published: soon, embargo: soon },
    `${soon}  scheduled  a  Titre  (date derived from the embargo; comes out ${soon})`,
  ],
  [
    { published: soon, embargo: soon, status: 'draft' },
    `${soon}  draft      a  Titre  (date derived from the embargo)`,
  ],
  [{ published: soon, status: 'draft' }, `${soon}  draft      a  Titre`],
  [{ published: past, embargo: soon, status: 'draft' }, `${past}  draft      a  Titre  (${earlier})`],
  [{ published: past, embargo: soon, status: 'withdrawn' }, `${past}  withdrawn  a  Titre`],
  [{ published: soon, embargo: soon, status: 'withdrawn' }, `${soon}  withdrawn  a  Titre`],
]

test.for(rows)('%o', ([fields, line]) => {
  const article = sampleArticle({ slug: 'a', title: 'Titre', ...fields })
  expect(listLineOf(article, Date.parse('2024-06-19T12:00:00Z'))).toBe(line)
})
