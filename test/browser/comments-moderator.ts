import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { serverFile } from '../../src/cli/paths.ts'
import type { TestSite } from './site.ts'

/** What an editor does by the API of the Worker under test. */
export interface Moderator {
  /** Publishes an article with this body. */
  publish: (slug: string, article: object) => Promise<void>
  /** Puts the comment with this text, which is in a state, into another state, and returns its id. */
  decide: (text: string, from: string, to: string) => Promise<string>
  /** Erases everything that was written with an e-mail address. */
  erase: (address: string) => Promise<void>
}

/** Returns an editor with the token that `npm start` wrote. */
export function moderatorOf(site: TestSite): Moderator {
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const { token } = JSON.parse(readFileSync(serverFile, 'utf8'))
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) }
    const answer = await fetch(`${site.address}/api${path}`, init)
    expect(answer.ok, `${method} ${path}`).toBe(true)
    return answer.json()
  }
  return {
    publish: async (slug, article) => void (await call('PUT', `/articles/${slug}`, article)),
    decide: async (text, from, to) => {
      const listed = (await call('GET', `/comments?state=${from}`)) as {
        comments: { id: string; text: string }[]
      }
      const { id = '' } = listed.comments.find((one) => one.text === text) ?? {}
      expect(id, text).not.toBe('')
      await call('POST', '/comments', { ids: [id], state: to })
      return id
    },
    erase: async (address) => void (await call('DELETE', '/comments/person', { address })),
  }
}
