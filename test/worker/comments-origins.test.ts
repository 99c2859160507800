import { describe, expect, test } from 'vitest'
import { type CommentSite, openComments } from './comment-site.ts'

const path = '/articles/un/comments/new'
const named = 'https://journal.example'
const form = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' }

async function open(origins = `${named}, https://autre.example`): Promise<CommentSite> {
  const site = await openComments({ COMMENTS: 'open', COMMENT_ORIGINS: origins })
  await site.put('un')
  return site
}

async function send(site: CommentSite, headers: Record<string, string>): Promise<Response> {
  const token = await site.form('un')
  site.wait(5000)
  const fields = new URLSearchParams({ name: 'Kim', text: 'Bonjour.', form: token })
  return site.call('POST', path, fields.toString(), { ...form, ...headers })
}

const allowed = ({ headers }: Response) => headers.get('Access-Control-Allow-Origin')

describe('comments from other websites', () => {
  const cases: [what: string, origin: string, origins: string, status: number, allows: string | null][] = [
    ['one that the setting names', named, named, 201, named],
    [
      'the second of them',
      'https://autre.example',
      `${named}, https://autre.example`,
      201,
      'https://autre.example',
    ],
    ['the site itself', 'https://kiosque.example', named, 201, null],
    ['another one', 'https://other.example', named, 422, null],
    ['one that begins alike', `${named}.evil.example`, named, 422, null],
    ['another scheme', 'http://journal.example', named, 422, null],
    ['a frame without an origin', 'null', named, 422, null],
    ['any, where the setting is empty', named, '', 422, null],
  ]
  test.for(cases)('%s', async ([, origin, origins, status, allows]) => {
    const site = await open(origins)
    const response = await send(site, { Origin: origin, 'Sec-Fetch-Site': 'cross-site' })
    expect(response.status).toBe(status)
    expect(allowed(response)).toBe(allows)
    // A script that gets the token of a form opens the form in place.
    const blank = await site.get(path, { Origin: origin, Accept: 'application/json' })
    expect(allowed(blank)).toBe(allows)
  })

  test('get the token of a form, and the key of Turnstile, as JSON that no cache keeps', async () => {
    const site = await open()
    const headers = { Origin: named, Accept: 'application/json' }
    const response = await site.get(path, headers)
    expect([response.status, allowed(response), response.headers.get('Cache-Control')]).toEqual([
      200,
      named,
      'no-store',
    ])
    expect(response.headers.get('Vary')).toContain('Origin')
    expect(await response.json()).toEqual({
      form: expect.stringMatching(/^[\da-z]+\.[\w-]{22}\.[\w-]{43}$/),
      words: expect.objectContaining({ send: 'Envoyer' }),
    })
    await site.ports.commenting.comments.close(true)
    expect((await site.get(path, headers)).status).toBe(403)
  })

  test('can read why a form was refused', async () => {
    const site = await open()
    const fields = new URLSearchParams({ name: '', text: 'x', form: 'x' }).toString()
    const response = await site.call('POST', path, fields, { ...form, Origin: named })
    expect([response.status, allowed(response)]).toEqual([422, named])
  })
})
