import { expect, test } from 'vitest'
import { akismetWith } from '../../src/comments/akismet.ts'
import type { Call } from '../../src/domain/ports.ts'

type Answer = Awaited<ReturnType<Call>>

const comment = {
  ...{
    permalink: 'https://kiosque.example/articles/un',
    name: 'Kim',
    email: 'kim@example.com',
    text: 'Oui & non',
  },
  ...{ language: 'fr-CA', isReply: true, address: '192.0.2.1', agent: 'Browser/1' },
}

const answers: [answer: Answer, says: string, told: string[]][] = [
  [{ status: 200, text: 'true' }, 'refused', []],
  [{ status: 200, text: 'false\n' }, 'passed', []],
  [{ status: 200, text: 'invalid' }, 'unavailable', ['invalid key']],
  [{ status: 500, text: 'Error' }, 'unavailable', ['answered 500']],
  [{ status: 200, text: '' }, 'unavailable', ['answered 200']],
  [{ fault: 'took too long' }, 'unavailable', ['took too long']],
]
test.for(answers)('Akismet answers %j: %s', async ([answer, says, reasons]) => {
  const asked: Parameters<Call>[0][] = []
  const told: string[] = []
  const isSpam = akismetWith({
    call: async (request) => {
      asked.push(request)
      return answer
    },
    ...{ key: 'key', blog: 'https://kiosque.example', tell: (failure) => told.push(failure) },
  })
  expect(await isSpam(comment)).toBe(says)
  expect(told).toEqual(reasons)
  expect(asked.map(({ method, url }) => [method, url])).toEqual([
    ['POST', 'https://rest.akismet.com/1.1/comment-check'],
  ])
  expect(Object.fromEntries(new URLSearchParams(new TextDecoder().decode(asked[0]?.body)))).toEqual({
    ...{ api_key: 'key', blog: 'https://kiosque.example', user_ip: '192.0.2.1', user_agent: 'Browser/1' },
    ...{ permalink: comment.permalink, comment_type: 'reply', comment_author: 'Kim' },
    ...{ comment_author_email: 'kim@example.com', comment_content: 'Oui & non', blog_lang: 'fr-CA' },
    blog_charset: 'UTF-8',
  })
})
