import { expect, test } from 'vitest'
import { nameOf } from '../../src/cli/restore.ts'
import type { Reply } from '../../src/cli/target.ts'
import { isUndoMeant, undoImport } from '../../src/cli/undo.ts'

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
  const { notes, tally } = await said([reply('withdrawn'), reply('withdrawn'), reply('deleted')])
  expect(notes).toEqual([expect.stringMatching(/answer 410/), expect.stringMatching(/^names of sections/)])
  expect(tally).toEqual({ withdrawn: 2, deleted: 1 })
  expect((await said([reply('restored')])).notes[0]).toMatch(/as they were imported$/)
})

test('an undo counts the articles that were left as they are', async () => {
  expect((await said([reply('deleted'), { ok: false, reason: 'x' }])).tally).toEqual({
    deleted: 1,
    refused: 1,
  })
})

test('an undo without an import says that there is nothing to take back', async () => {
  const { notes, tally } = await said([])
  expect([notes.length, tally]).toEqual([1, {}])
  expect(notes[0]).toMatch(/^nothing to take back/)
})

const asks: [
  yes: boolean,
  answer: boolean | 'no terminal',
  isMeant: boolean | 'refused',
  questions: number,
][] = [
  [false, true, true, 1],
  [false, false, false, 1],
  [false, 'no terminal', 'refused', 0],
  [true, false, true, 0],
  [true, 'no terminal', true, 0],
]

test.for(asks)(
  'with --yes %o and the answer %o, an undo is meant: %o',
  async ([yes, answer, isMeant, count]) => {
    const questions: string[] = []
    const ask =
      answer === 'no terminal'
        ? undefined
        : async (question: string) => {
            questions.push(question)
            return answer
          }
    const meant = isUndoMeant({ yes, ask })
    if (isMeant === 'refused') await expect(meant).rejects.toThrow('give --yes')
    else expect(await meant).toBe(isMeant)
    expect(questions).toEqual(
      Array.from({ length: count }, () => expect.stringMatching(/^Take back the last import\?/)),
    )
  },
)

test('a line of a backup with an origin is named as such', () => {
  expect(nameOf({ kind: 'origin', id: 'urn:x:1', path: 'a.txt' })).toBe('the origin a.txt')
})
