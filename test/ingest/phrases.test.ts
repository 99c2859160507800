import { expect, test } from 'vitest'
import { accountButtons } from '../../src/ingest/phrases/account-buttons.ts'
import { advertisements } from '../../src/ingest/phrases/advertisements.ts'
import { commentLabels } from '../../src/ingest/phrases/comments.ts'
import { networkButtons, networks, soloButtons } from '../../src/ingest/phrases/networks.ts'
import { pageButtons } from '../../src/ingest/phrases/page-buttons.ts'
import { relatedLabels } from '../../src/ingest/phrases/related.ts'
import { sharingButtons } from '../../src/ingest/phrases/sharing-buttons.ts'

test('no label stands in two lists, or twice in one', () => {
  const lists = {
    accountButtons,
    advertisements,
    commentLabels,
    networkButtons,
    networks,
    pageButtons,
    relatedLabels,
  }
  const labels = [...Object.values(lists), sharingButtons, soloButtons].flat()
  expect(labels.length).toBeGreaterThan(500)
  expect(labels.filter((label, at) => labels.indexOf(label) !== at)).toEqual([])
})
