import { expect, test } from 'vitest'
import { type State, stateAt } from '../../src/domain/article.ts'
import { sampleArticle } from '../render/samples.ts'

const now = Date.parse('2024-06-19T12:00:00Z')
const hour = (at: number) => `2024-06-19T${at}:00:00Z`
const rows: [what: string, differs: Parameters<typeof sampleArticle>[0], state: State][] = [
  ['published before', { published: hour(11) }, 'published'],
  ['published this instant', { published: hour(12) }, 'published'],
  ['published later', { published: hour(13) }, 'scheduled'],
  ['under embargo', { published: hour(11), embargo: hour(13) }, 'scheduled'],
  ['an embargo that has ended', { published: hour(10), embargo: hour(12) }, 'published'],
  ['expires later', { published: hour(11), expires: hour(13) }, 'published'],
  ['expires this instant', { published: hour(11), expires: hour(12) }, 'expired'],
  ['to come and to go', { published: hour(13), expires: hour(14) }, 'scheduled'],
  ['a draft with a date to come', { published: hour(13), status: 'draft' }, 'draft'],
  ['withdrawn and expired', { published: hour(10), expires: hour(11), status: 'withdrawn' }, 'withdrawn'],
]
test.for(rows)('%s', ([, differs, state]) => {
  expect(stateAt(sampleArticle(differs), now)).toBe(state)
})
