import { expect, test } from 'vitest'
import { nameOf } from '../../src/cli/restore.ts'
import type { Reply } from '../../src/cli/target.ts'
import { undoImport } from '../../src/cli/undo.ts'

/** What the command says after these replies of the store. */
async function said(replies: Reply[]) {
  const reported: Reply[] = []
  const target = {
    async *undo() {
      yield* replies
    },
  }
  const result = await undoImport(target, (reply) => reported.push(reply))
  expect(reported).toEqual(replies)
  return result
}

const reply = (kind: string): Reply => ({ ok: true, slug: 'un', kind })

test('an undo says what of its outcomes cannot be taken back', async () => {
  const { notes, isLeft } = await said([reply('withdrawn'), reply('withdrawn'), reply('deleted')])
  expect(notes).toEqual([expect.stringMatching(/answer 410/), expect.stringMatching(/^names of sections/)])
  expect(isLeft).toBe(false)
  expect((await said([reply('restored')])).notes[0]).toMatch(/as they were imported$/)
})

test('an undo says whether an article was left as it is', async () => {
  expect((await said([reply('deleted'), { ok: false, reason: 'x' }])).isLeft).toBe(true)
})

test('an undo without an import says that there is nothing to take back', async () => {
  const { notes, isLeft } = await said([])
  expect([notes.length, isLeft]).toEqual([1, false])
  expect(notes[0]).toMatch(/^nothing to take back/)
})

test('a line of a backup with an origin is named as such', () => {
  expect(nameOf({ kind: 'origin', id: 'urn:x:1', path: 'a.txt' })).toBe('the origin a.txt')
})
