import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { type CommentSite, openComments, stateIn } from './comment-site.ts'
import { openSite } from './site.ts'

const path = '/articles/un/comments/new'

async function open(settings?: Record<string, string>): Promise<CommentSite> {
  const site = await openComments(settings)
  await site.put('un', { title: 'Le pont' })
  return site
}

async function rows(): Promise<Record<string, unknown>[]> {
  const { results } = await env.DB.prepare('SELECT * FROM comment ORDER BY number').all()
  return results
}

describe('the form', () => {
  test('is a page without scripts that nobody keeps, and leads back to the article', async () => {
    const site = await open()
    const response = await site.get(path, { Accept: 'text/html' })
    expect(response.status).toBe(200)
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(response.headers.get('Content-Security-Policy')).toContain("form-action 'self'")
    expect(response.headers.get('ETag')).toBeNull()
    const page = await response.text()
    expect(page).not.toContain('<script')
    expect(page).toContain('<a href="/articles/un">Le pont</a>')
    expect(page).toContain('action="/articles/un/comments/new"')
    const other = await (await site.get(path)).text()
    expect(other).not.toBe(page)
  })

  test('stores a comment, which waits, and thanks', async () => {
    const site = await open()
    const response = await site.send('un', {
      name: ' Kim  T. ',
      email: 'Kim@example.com',
      text: '*Oui*\r\n\r\nNon',
    })
    expect([response.status, response.headers.get('Cache-Control')]).toEqual([200, 'no-store'])
    expect(await stateIn(response)).toBe('pending')
    const [row, ...others] = await rows()
    expect(others).toEqual([])
    expect(row).toMatchObject({
      ...{ state: 'pending', reasons: '["mode"]', name: 'Kim T.', email: 'Kim@example.com' },
      ...{
        text: '*Oui*\n\nNon',
        html: '<p><em>Oui</em></p>\n<p>Non</p>',
        published: null,
        written: site.ports.clock(),
      },
    })
    expect(String(row?.id)).toMatch(/^[\w-]{22}$/)
  })

  test('publishes it at once where comments are open', async () => {
    const site = await open({ COMMENTS: 'open' })
    const response = await site.send('un', {})
    expect(await stateIn(response)).toBe('approved')
    expect(await rows()).toMatchObject([{ state: 'approved', published: site.ports.clock(), reasons: '[]' }])
  })

  test('publishes the second comment of a person and day at once where the first is held', async () => {
    const site = await open({ COMMENTS: 'first-held' })
    const states = async (email: string, address = '192.0.2.1') =>
      stateIn(await site.send('un', { email }, { 'CF-Connecting-IP': address }))
    expect(await states('kim@example.com')).toBe('pending')
    expect(await states('kim@example.com')).toBe('pending')
    await site.ports.commenting.comments.decide([String((await rows())[0]?.id)], 'approved')
    expect(await states('KIM@example.com')).toBe('approved')
    expect(await states('sam@example.com')).toBe('pending')
    expect(await states('')).toBe('pending')
    // Anybody can write the address of somebody else.
    expect(await states('kim@example.com', '192.0.2.2')).toBe('pending')
    site.wait(24 * 3_600_000)
    expect(await states('kim@example.com')).toBe('pending')
  })

  test('holds a text that was written within the day, on whatever article, and a watched word', async () => {
    const site = await open({ COMMENTS: 'open', COMMENT_WORDS: 'casino, crédit rapide' })
    await site.put('deux')
    const text = 'Un texte assez long pour que sa répétition se voie.'
    const reasons = async (slug: string, form: Record<string, string>) => {
      await (await site.send(slug, form)).arrayBuffer()
      site.wait(600_000)
      return (await rows()).at(-1)?.reasons
    }
    expect(await reasons('un', { text })).toBe('[]')
    expect(await reasons('deux', { text: `  ${text.toUpperCase()}` })).toBe('["repeated"]')
    expect(await reasons('un', { text: 'Le Casino !' })).toBe('["words"]')
    expect(await reasons('un', { name: 'Crédit rapide' })).toBe('["words"]')
    site.wait(86_400_000)
    expect(await reasons('un', { text })).toBe('[]')
  })

  test('holds the sixth comment from one network within ten minutes', async () => {
    const site = await open({ COMMENTS: 'open' })
    const send = async (address: string) =>
      (await site.send('un', {}, { 'CF-Connecting-IP': address })).arrayBuffer()
    for (let times = 0; times < 6; times++) await send('192.0.2.1')
    await send('192.0.2.2')
    expect((await rows()).map(({ reasons }) => reasons)).toEqual([...Array(5).fill('[]'), '["rate"]', '[]'])
  })

  test('stores no network, but a hash whose key is another one each day', async () => {
    const site = await open()
    const send = async () => (await site.send('un', {}, { 'CF-Connecting-IP': '192.0.2.1' })).arrayBuffer()
    await send()
    await send()
    site.wait(24 * 3_600_000)
    await send()
    const [one, two, three] = (await rows()).map(({ network }) => network)
    expect(one).toMatch(/^[\w-]{43}$/)
    expect([two === one, three === one]).toEqual([true, false])
    const { results } = await env.DB.prepare('SELECT day FROM salt').all()
    expect(results).toEqual([{ day: '2024-06-20' }])
  })

  const wrong: [what: string, form: Record<string, string>, says: string][] = [
    ['no name', { name: ' ' }, 'Donnez un nom'],
    ['an invisible name', { name: '\u200b\u2060' }, 'Donnez un nom'],
    ['a long name', { name: 'a'.repeat(61) }, 'Donnez un nom'],
    ['a wrong address', { email: 'kim@' }, 'Cette adresse courriel'],
    [
      'a header of a mail in the address',
      { email: 'kim@example.com\r\nBcc: a@example.com' },
      'Cette adresse courriel',
    ],
    ['no text', { text: ' \n ' }, 'Écrivez un texte'],
    ['a text that shows nothing', { text: '![](https://a.example/x.png)' }, 'Écrivez un texte'],
    ['a long text', { text: 'a'.repeat(4001) }, 'Le texte est trop long'],
    ['a text that was pasted by mistake', { text: 'é'.repeat(40_000) }, 'Le texte est trop long'],
    ['a long text of emoji', { text: '😀'.repeat(4001) }, 'Le texte est trop long'],
    ['too many quotes', { text: `${'> '.repeat(400)}a` }, 'Le texte a trop de signes'],
    ['no token', { form: '' }, 'Ce formulaire était trop ancien'],
    ['an answer to nothing', { parent: 'nowhere' }, 'n’est plus publié'],
  ]
  test('counts what people see as one character as one, and a browser cuts no text off', async () => {
    const site = await open({ COMMENTS: 'open' })
    const page = await (await site.get('/articles/un/comments/new', { Accept: 'text/html' })).text()
    expect(page).not.toMatch(/<(?:textarea|input[^>]*name="name")[^>]*maxlength/)
    expect((await site.send('un', { name: '😀'.repeat(60), text: '😀\r\n'.repeat(2000) })).status).toBe(200)
    expect(await rows()).toHaveLength(1)
  })

  test.for(wrong)('with %s is shown again with what was written', async ([, form, says]) => {
    const site = await open({ COMMENTS: 'open' })
    const response = await site.send('un', { text: 'Mon <texte>', ...form })
    expect(response.status).toBe(422)
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    const page = await response.text()
    expect(page).toContain('role="alert"')
    expect(page).toContain(says)
    if (form.text === undefined) expect(page).toContain('Mon &lt;texte&gt;')
    expect(await rows()).toEqual([])
    const program = await site.send('un', { text: 'Mon texte', ...form }, { Accept: 'application/json' })
    expect([program.status, program.headers.get('Content-Type')]).toEqual([422, 'application/problem+json'])
  })

  test('has the text again, with the token of a form that can be sent, after a day', async () => {
    const site = await open({ COMMENTS: 'open' })
    const token = await site.form('un')
    site.wait(25 * 3_600_000)
    const again = await (await site.send('un', { form: token, text: 'Mon texte' })).text()
    expect(again).toContain('Mon texte')
    const [, form = ''] = /name="form" value="([^"]*)"/.exec(again) ?? []
    expect((await site.send('un', { form, text: 'Mon texte' })).status).toBe(200)
    expect(await rows()).toHaveLength(1)
  })

  test('counts once: a second press has the same answer, and another text is kept and asked again', async () => {
    const site = await open({ COMMENTS: 'open' })
    const form = await site.form('un')
    site.wait(5000)
    const [first, second] = await Promise.all([site.send('un', { form }), site.send('un', { form })])
    const pages = [await first.text(), await second.text()]
    expect(pages.filter((page) => page.includes('Votre commentaire est publié.'))).toHaveLength(2)
    // Only one answer has the token with which the author may change the comment.
    expect(pages.filter((page) => page.includes('name="token"'))).toHaveLength(1)
    const other = await site.send('un', { form, text: 'Autre chose' })
    expect(other.status).toBe(422)
    expect(await other.text()).toContain('Autre chose')
    expect(await rows()).toHaveLength(1)
  })

  const suspected: [what: string, form: Record<string, string>, wait: number, reasons: string[]][] = [
    ['three links', { text: 'https://a.example https://b.example https://c.example' }, 5000, ['links']],
    ['the field that people do not see', { website: 'https://a.example' }, 5000, ['trap']],
    ['a form that came back at once', {}, 1000, ['quick']],
  ]
  test.for(suspected)('holds what has %s, and says so', async ([, given, wait, reasons]) => {
    const site = await open({ COMMENTS: 'open' })
    const form = await site.form('un')
    site.wait(wait)
    const response = await site.send('un', { form, ...given })
    expect(await stateIn(response)).toBe('pending')
    expect(await rows()).toMatchObject([{ state: 'pending', reasons: JSON.stringify(reasons) }])
  })

  const foreign: [what: string, headers: Record<string, string>, status: number][] = [
    ['another site', { Origin: 'https://evil.example' }, 422],
    ['a page without an address', { Origin: 'null' }, 422],
    ['a site that hides its name', { Origin: '', 'Sec-Fetch-Site': 'cross-site' }, 422],
    ['the site itself', { Origin: 'https://kiosque.example' }, 200],
  ]
  test.for(foreign)('takes what %s sends, or not', async ([, headers, status]) => {
    const site = await open()
    expect((await site.send('un', {}, headers)).status).toBe(status)
    expect(await rows()).toHaveLength(status === 200 ? 1 : 0)
  })

  test('keeps the text of somebody who sends too much', async () => {
    const site = await open()
    site.ports.commenting.mayAsk = async () => false
    const response = await site.send('un', { text: 'Mon texte' })
    expect(response.status).toBe(429)
    expect(await response.text()).toContain('Mon texte')
    expect(await rows()).toEqual([])
  })

  test('answers a comment that is public, and shows it', async () => {
    const site = await open({ COMMENTS: 'open' })
    await site.send('un', { name: 'Sam', text: 'Première.' })
    const [first] = await rows()
    const page = await (await site.get(`${path}?reply=${first?.id}`)).text()
    expect(page).toContain('Réponse à Sam')
    expect(page).toContain('Première.')
    await site.send('un', { parent: String(first?.id) })
    expect((await rows())[1]).toMatchObject({ parent: first?.number, thread: first?.number })
    await site.ports.commenting.comments.decide([String(first?.id)], 'spam')
    for (const id of [String(first?.id), 'nowhere', '<b>'])
      expect((await site.get(`${path}?reply=${encodeURIComponent(id)}`)).status, id).toBe(404)
  })

  test('that answers a comment which is gone is no first comment when it is sent again', async () => {
    const site = await open({ COMMENTS: 'open' })
    const again = await (await site.send('un', { parent: 'nowhere', text: 'Mon texte' })).text()
    expect(again).toContain('Mon texte')
    expect(again).toContain('<input type="hidden" name="parent" value="nowhere"/>')
    expect(again).toContain('<a href="/articles/un/comments/new">Écrire un commentaire</a>')
  })

  test('refuses a body that is no form, and one that is too large', async () => {
    const site = await open()
    expect((await site.call('POST', path, {}, {})).status).toBe(415)
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
    expect((await site.call('POST', path, `text=${'a'.repeat(300_000)}`, form)).status).toBe(413)
  })

  const gone: [what: string, fields: object, status: number][] = [
    ['was withdrawn', { status: 'withdrawn' }, 410],
    ['is a draft', { status: 'draft' }, 404],
    ['is under embargo', { embargo: '2030-01-01T00:00:00Z' }, 404],
    ['has no comments', { comments: 'off' }, 404],
  ]
  test.for(gone)('is not there if the article %s', async ([, fields, status]) => {
    const site = await open()
    const form = await site.form('un')
    await site.put('un', { title: 'Le pont', ...fields })
    expect((await site.get(path)).status).toBe(status)
    expect((await site.send('un', { form })).status).toBe(status)
    expect(await rows()).toEqual([])
  })

  test('says which setting is missing', async () => {
    const site = await open({ SUBSCRIPTION_SECRET: '' })
    const response = await site.get(path)
    expect(response.status).toBe(503)
    expect(await response.text()).toContain('SUBSCRIPTION_SECRET')
  })
})

describe('on a site without comments', () => {
  test('there is no such address, whatever the method, and whatever the article says', async () => {
    const site = await openSite()
    await site.put('un', { comments: 'open' })
    for (const method of ['GET', 'POST', 'PUT', 'OPTIONS']) {
      const [response, unknown] = [
        await site.get(path, {}, method),
        await site.get('/articles/un/x/y', {}, method),
      ]
      expect(response.status, method).toBe(404)
      expect([...response.headers], method).toEqual([...unknown.headers])
    }
  })

  test('no byte of a feed or page, and no row, tells of them', async () => {
    const site = await openSite()
    await site.put('un', { comments: 'open', title: 'Le pont' })
    const said = await Promise.all(
      ['/', '/articles/un', '/feed.rss', '/feed.atom', '/feed.json', '/articles/un/feed.atom'].map(
        async (address) => [
          address,
          /comments?[/"<:]|wfw|replies/.exec(await (await site.get(address)).text())?.[0],
        ],
      ),
    )
    expect(said.filter(([, found]) => found !== undefined)).toEqual([])
    const counts = await env.DB.prepare(
      'SELECT (SELECT count(*) FROM comment) + (SELECT count(*) FROM discussion) AS rows',
    ).first()
    expect(counts).toEqual({ rows: 0 })
  })
})

describe('where comments are off', () => {
  test('an article may say otherwise', async () => {
    const site = await openComments({ COMMENTS: 'off' })
    await site.put('un', { comments: 'open' })
    await site.put('deux', {})
    expect((await site.send('un', {})).status).toBe(200)
    expect((await site.get('/articles/deux/comments/new')).status).toBe(404)
    const feed = await (await site.get('/feed.rss')).text()
    expect(feed.match(/<comments>[^<]*/g)).toEqual(['<comments>https://kiosque.example/articles/un/comments'])
    expect(await (await site.get('/articles/un')).text()).toContain('Voir tous les commentaires')
    expect(await (await site.get('/articles/deux')).text()).not.toContain('commentaires')
  })
})

describe('a site that checks with Turnstile that a person writes', () => {
  const keys = { TURNSTILE_SITE_KEY: '1x00000000000000000000AA', TURNSTILE_SECRET: 'secret' }
  const script = 'https://challenges.cloudflare.com/turnstile/v0/api.js'

  test('has the script and the frame of Cloudflare on the page of the form alone', async () => {
    const site = await open({ COMMENTS: 'open', ...keys })
    const response = await site.get(path)
    const page = await response.text()
    expect(page).toContain('data-sitekey="1x00000000000000000000AA"')
    expect(page).toContain(script)
    expect(page).not.toContain('"secret"')
    const policy = response.headers.get('Content-Security-Policy') ?? ''
    expect(policy).toContain("script-src 'self' https://challenges.cloudflare.com;")
    expect(policy).toContain('frame-src https://challenges.cloudflare.com;')
    for (const other of ['/articles/un', '/articles/un/comments'])
      expect(await (await site.get(other)).text(), other).not.toContain('cloudflare')
  })

  test.for([
    ['only the site key', { TURNSTILE_SITE_KEY: 'x' }],
    ['only the secret', { TURNSTILE_SECRET: 'x' }],
  ] as const)('does so with both keys only: %s', async ([, settings]) => {
    const site = await open({ COMMENTS: 'open', ...settings })
    const response = await site.get(path)
    expect(await response.text()).not.toContain(script)
    expect(response.headers.get('Content-Security-Policy')).not.toContain('cloudflare')
  })

  test.for([
    ['passed', '[]', 'approved'],
    ['refused', '["robot"]', 'pending'],
    ['unavailable', '["unchecked"]', 'pending'],
  ] as const)('stores what the check says is %s', async ([says, reasons, state]) => {
    const site = await open({ COMMENTS: 'open', ...keys })
    const asked: string[] = []
    site.ports.commenting.isHuman = async (token) => {
      asked.push(token)
      return says
    }
    expect(await stateIn(await site.send('un', { 'cf-turnstile-response': 'token' }))).toBe(state)
    expect(await rows()).toMatchObject([{ reasons, state }])
    expect(asked).toEqual(['token'])
  })
})

test('Akismet is asked about what no other rule holds, and what it suspects waits', async () => {
  const site = await open({ COMMENTS: 'open' })
  const asked: string[] = []
  site.ports.commenting.isSpam = async ({ text, address, agent, isReply, permalink }) => {
    asked.push([text, address, agent, isReply, permalink].join(' '))
    return text === 'Spam' ? 'refused' : text === 'Panne' ? 'unavailable' : 'passed'
  }
  const headers = { 'CF-Connecting-IP': '2001:db8::1', 'User-Agent': 'Browser/1' }
  for (const text of ['Bonjour', 'Spam', 'Panne'])
    await (await site.send('un', { text }, headers)).arrayBuffer()
  await (await site.send('un', { text: 'Bonjour', website: 'x' }, headers)).arrayBuffer()
  expect((await rows()).map(({ reasons }) => reasons)).toEqual([
    '[]',
    '["akismet"]',
    '["unchecked"]',
    '["trap"]',
  ])
  const rest = '2001:db8::1 Browser/1 false https://kiosque.example/articles/un'
  expect(asked).toEqual([`Bonjour ${rest}`, `Spam ${rest}`, `Panne ${rest}`])
})

describe('where comments are closed', () => {
  const closings: [what: string, settings: Record<string, string>, close: (site: CommentSite) => unknown][] =
    [
      ['after some days', { COMMENT_DAYS: '2' }, (site) => site.wait(2 * 86_400_000)],
      ['on all articles', {}, (site) => site.ports.commenting.comments.close(true)],
    ]
  test.for(closings)(
    '%s: the form says so, a text is not lost, and the comments stay',
    async ([, settings, close]) => {
      const site = await open({ COMMENTS: 'open', ...settings })
      await (await site.send('un', { text: 'Avant.' })).arrayBuffer()
      const form = await site.form('un')
      await close(site)
      const page = await site.get(path, { Accept: 'text/html' })
      expect([page.status, page.headers.get('Cache-Control')]).toEqual([200, 'no-store'])
      const text = await page.text()
      expect(text).toContain('Les commentaires de cet article sont fermés.')
      expect(text).not.toContain('<form')
      const late = await site.send('un', { text: 'Trop <tard>', form })
      expect([late.status, (await late.text()).includes('Trop &lt;tard&gt;')]).toEqual([403, true])
      const machine = await site.send('un', { text: 'Trop tard', form }, { Accept: 'application/json' })
      expect([machine.status, machine.headers.get('Content-Type')]).toEqual([403, 'application/problem+json'])
      expect(await rows()).toHaveLength(1)
      site.wait(60_000)
      expect(await (await site.get('/articles/un/comments')).text()).toContain('Avant.')
    },
  )

  test.for(closings)(
    '%s: the page and the data say so and lead to no form, and no feed changes',
    async ([, settings, close]) => {
      const site = await open({ COMMENTS: 'open', ...settings })
      await (await site.send('un', { text: 'Avant.' })).arrayBuffer()
      site.wait(60_000)
      const paths = [
        '/articles/un/comments',
        '/articles/un/comments.json',
        '/articles/un/comments/feed.atom',
        '/articles/un',
      ]
      const before = await Promise.all(paths.map((of) => site.get(of)))
      const etags = before.map((answer) => answer.headers.get('ETag') ?? '')
      expect(before.map((answer) => answer.headers.has('Last-Modified'))).toEqual([false, false, true, true])
      const [opened, data] = [await before[0]?.text(), (await before[1]?.json()) as { closed: boolean }]
      expect([opened?.includes('/comments/new'), opened?.includes('sont fermés'), data.closed]).toEqual([
        true,
        false,
        false,
      ])
      await close(site)
      site.wait(60_000)
      const after = await Promise.all(
        paths.map((of, at) => site.get(of, { 'If-None-Match': etags[at] ?? '' })),
      )
      expect(after.map(({ status }) => status)).toEqual([200, 200, 304, 304])
      const page = await after[0]?.text()
      expect([
        page?.includes('/comments/new'),
        page?.includes('sont fermés'),
        page?.includes('Avant.'),
      ]).toEqual([false, true, true])
      expect(await after[1]?.json()).toMatchObject({ closed: true, count: 1 })
    },
  )

  test('a moderator opens them again', async () => {
    const site = await open({ COMMENTS: 'open' })
    const { comments } = site.ports.commenting
    await comments.close(true)
    await comments.close(false)
    expect(await stateIn(await site.send('un', {}))).toBe('approved')
  })

  test('the days count from the date of the article', async () => {
    const site = await open({ COMMENTS: 'open', COMMENT_DAYS: '2' })
    site.wait(2 * 86_400_000 - 10_000)
    expect(await stateIn(await site.send('un', {}))).toBe('approved')
  })
})
