import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { wordsIn } from '../../src/domain/language.ts'
import { hashOf } from '../../src/http/token.ts'
import { consentIn } from '../../src/pages/notify/fields.tsx'
import { mailSettings } from './site.ts'
import { minute, openToldComments, rowsOf, second, type ToldComments } from './told-comments.ts'

const kim = 'kim@example.com'
const asking = { name: 'Kim', email: kim, text: 'Une question.' }

/** A person whose first comment is public, and who has confirmed that she wants to be told. */
async function openWith(notify: string[]): Promise<ToldComments & { own: string; manage: string }> {
  const site = await openToldComments()
  const own = await site.approved({ ...asking, notify })
  const manage = await site.confirm()
  site.wait(second)
  return { ...site, own, manage }
}

describe('a person who asked to be told of replies', () => {
  test('gets the mail that asks for a confirmation, which names the choice', async () => {
    const site = await openToldComments()
    await site.comment({ ...asking, notify: ['replies', 'comments'] })
    await site.drain()
    expect(site.mails).toHaveLength(1)
    expect(site.mails[0]?.to).toBe(kim)
    expect(site.mails[0]?.text).toContain(
      '- Réponses à votre commentaire sur l’article «\u00a0Le pont\u00a0»',
    )
    expect(site.mails[0]?.text).toContain('- Nouveaux commentaires sur l’article «\u00a0Le pont\u00a0»')
  })

  test('agrees in the language of the form, which a script may have chosen', async () => {
    const site = await openToldComments()
    const blank = await site.get('/articles/un/comments/new?lang=de', { Accept: 'application/json' })
    const { tellMe, boxes, hint } = wordsIn('de').comments.tell
    const consent = consentIn('de', site.ports.config.site, mailSettings.SITE_POSTAL)
    expect(await blank.json()).toMatchObject({ notify: { tellMe, boxes, hint, consent } })
    await site.comment({ email: 'kim@example.com', notify: 'replies', lang: 'de' })
    await site.drain()
    const { results } = await env.DB.prepare('SELECT language, words FROM opt_in').all()
    expect(results).toEqual([{ language: 'de', words: consent.join('\n') }])
    expect(site.mails[0]?.text).toContain('Bestätigen')
  })

  test('is told of a reply, with its name, its text and the addresses at which it stands and is answered', async () => {
    const site = await openWith(['replies'])
    const reply = await site.approved({ parent: site.own, text: 'Oui, *bien sûr*.\n\nEt encore.' })
    expect(await site.sweepTold()).toEqual([`${kim} Oui, bien sûr. | Et encore.`])
    const mail = site.mails.at(-1)
    expect(mail?.headers.Subject).toBe('Lea a répondu à votre commentaire')
    expect(mail?.headers['List-Id']).toContain('<comments.kiosque.example>')
    expect(mail?.links).toContain(`/articles/un/comments?comment=${reply}#c-${reply}`)
    expect(mail?.links).toContain(`/articles/un/comments/new?reply=${reply}`)
    expect(await site.sweepTold()).toEqual([])
  })

  test.for([
    ['before the comment is approved', true],
    ['after it', false],
  ] as const)('is told also if the choice was confirmed %s', async ([, isFirst]) => {
    const site = await openToldComments()
    const own = await site.comment({ ...asking, notify: ['replies'] })
    if (isFirst) await site.confirm()
    await site.decide('approved', own)
    if (!isFirst) await site.confirm()
    site.wait(second)
    expect(await site.sweepTold()).toEqual([])
    await site.approved({ parent: own, text: 'Voilà.' })
    expect(await site.sweepTold()).toEqual([`${kim} Voilà.`])
  })

  test('is told of a reply that was held when it is approved', async () => {
    const site = await openWith(['replies'])
    const reply = await site.comment({ parent: site.own, text: 'Tenue.' })
    expect(await site.sweepTold()).toEqual([])
    await site.decide('approved', reply)
    expect(await site.sweepTold()).toEqual([`${kim} Tenue.`])
    await site.decide('spam', reply)
    await site.decide('approved', reply)
    site.wait(20 * minute)
    expect(await site.sweepTold()).toEqual([])
  })

  test('is told neither of other comments nor of an own reply', async () => {
    const site = await openWith(['replies'])
    await site.approved({ text: 'Ailleurs.' })
    await site.approved({ parent: site.own, email: 'KIM@example.com', text: 'Encore moi.' })
    expect(await site.sweepTold()).toEqual([])
    expect(await rowsOf('notification')).toBe(0)
  })

  test('is asked for no confirmation if the field was filled that people do not see, and the answer is the same', async () => {
    const site = await openToldComments()
    const form = { ...asking, notify: ['replies'] }
    await site.comment({ ...form, website: 'https://a.example' })
    await site.drain()
    expect([site.mails.length, await rowsOf('opt_in')]).toEqual([0, 0])
    await site.comment(form)
    await site.drain()
    expect([site.mails.length, await rowsOf('opt_in')]).toEqual([1, 1])
  })

  test('is told of nothing before the confirmation', async () => {
    const site = await openToldComments()
    const own = await site.approved({ ...asking, notify: ['replies', 'comments'] })
    await site.drain()
    await site.approved({ parent: own, text: 'Tôt.' })
    site.wait(second)
    await site.confirm()
    expect(await site.sweepTold()).toEqual([])
  })
})

describe('a person who asked to be told of new comments', () => {
  test('is told of each once, also of one that answers the own comment', async () => {
    const site = await openWith(['replies', 'comments'])
    await site.approved({ text: 'Un.' })
    await site.approved({ parent: site.own, text: 'Deux.' })
    expect(await site.sweepTold()).toEqual([`${kim} Un. | Deux.`])
    expect(site.mails.at(-1)?.headers.Subject).toBe('2 nouveaux commentaires\u00a0: Le pont')
    site.wait(20 * minute)
    expect(await site.sweepTold()).toEqual([])
    await site.approved({ text: 'Trois.' })
    expect(await site.sweepTold()).toEqual([`${kim} Trois.`])
  })

  test('can ask on the page of the comments, without writing one, and is told by the same way', async () => {
    const site = await openToldComments()
    const page = await site.get('/articles/un/comments')
    expect(page.headers.get('Content-Security-Policy')).toContain("form-action 'self'")
    expect(await page.text()).toContain('<input type="hidden" name="selection" value="comments/un"/>')
    const manage = await site.subscribe('lea@example.com', 'comments/un')
    expect(await (await site.get(manage)).text()).toContain('Nouveaux commentaires sur l’article')
    await site.approved({ text: 'Un.' })
    expect(await site.sweepTold()).toEqual(['lea@example.com Un.'])
    const wrong = await site.send(
      '/subscribe',
      { email: 'nobody', selection: 'comments/un', article: 'un', when: 'now' },
      { Accept: 'text/html' },
    )
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toMatch(/value="comments\/un" checked/)
  })

  test('gets one mail about all that comes within ten minutes after another one', async () => {
    const site = await openWith(['comments'])
    await site.approved({ text: 'Un.' })
    expect(await site.sweepTold()).toEqual([`${kim} Un.`])
    for (let at = 0; at < 25; at++) await site.approved({ text: `Numéro ${at}.` })
    expect(await site.sweepTold()).toEqual([])
    site.wait(10 * minute)
    const [told = ''] = await site.sweepTold()
    expect(told.split(' | ')).toHaveLength(20)
    const mail = site.mails.at(-1)
    expect(mail?.headers.Subject).toBe('25 nouveaux commentaires\u00a0: Le pont')
    expect(mail?.text).toContain('D’autres commentaires se trouvent sur la page.')
    site.wait(20 * minute)
    expect(await site.sweepTold()).toEqual([])
  })

  test('is told only of what is public when the mail is sent', async () => {
    const site = await openWith(['comments'])
    const ids = [await site.approved({ text: 'Un.' }), await site.approved({ text: 'Deux.' })]
    await site.decide('deleted', ids[0] ?? '')
    expect(await site.sweepTold()).toEqual([`${kim} Deux.`])
    site.wait(20 * minute)
    await site.approved({ text: 'Trois.' })
    await site.call('DELETE', '/api/articles/un')
    expect(await site.sweepTold()).toEqual([])
    await site.put('un', { title: 'Le pont' })
    site.wait(20 * minute)
    expect(await site.sweepTold()).toEqual([])
  })

  test.for(['pending', 'spam'])(
    'is told once of a comment that was %s when the first mail could have told of it',
    async (state) => {
      const site = await openWith(['comments'])
      const id = await site.approved({ text: 'Un.' })
      await site.decide(state, id)
      expect(await site.sweepTold()).toEqual([])
      site.wait(20 * minute)
      await site.approved({ text: 'Deux.' })
      expect(await site.sweepTold()).toEqual([`${kim} Deux.`])
      site.wait(20 * minute)
      await site.decide('approved', id)
      expect(await site.sweepTold()).toEqual([`${kim} Un.`])
      for (const next of [state, 'approved']) await site.decide(next, id)
      site.wait(20 * minute)
      expect(await site.sweepTold()).toEqual([])
    },
  )

  test('is told once of a comment that its author changes after the approval, with the text that was approved', async () => {
    const site = await openWith(['comments'])
    const token = 'a-token-of-the-author-of-43-characters-long'
    const id = await site.approved({ text: 'Une fote.' })
    await env.DB.prepare('UPDATE comment SET edit_hash = ?1 WHERE id = ?2')
      .bind(await hashOf(token), id)
      .run()
    await site.send(`/comments/${id}/edit`, { action: 'save', text: 'Une faute.', token })
    expect(await site.sweepTold()).toEqual([])
    site.wait(20 * minute)
    const { comments } = (await (await site.call('GET', '/api/comments?state=pending')).json()) as {
      comments: { version: string }[]
    }
    await site.decide('approved', comments[0]?.version ?? '')
    expect(await site.sweepTold()).toEqual([`${kim} Une faute.`])
    site.wait(20 * minute)
    expect(await site.sweepTold()).toEqual([])
  })

  test('is told of no comment again that a mail has told somebody of', async () => {
    const site = await openWith(['comments'])
    await site.subscribe('lea@example.com', 'comments/un')
    const id = await site.approved({ text: 'De Kim.', email: kim })
    expect(await site.sweepTold()).toEqual(['lea@example.com De Kim.'])
    for (const next of ['pending', 'approved']) await site.decide(next, id)
    site.wait(20 * minute)
    expect(await site.sweepTold()).toEqual([])
  })

  test('is told no text where the article must not be syndicated, and nothing where nobody may comment', async () => {
    const site = await openWith(['comments'])
    await site.put('un', { title: 'Le pont', rights: { syndicate: 'none' } })
    await site.approved({ text: 'Un.' })
    await site.sweep()
    expect(site.mails.at(-1)?.text).toContain('/articles/un/comments?comment=')
    expect(site.mails.at(-1)?.text).not.toContain('Un.')
    site.wait(20 * minute)
    const id = await site.comment({ text: 'Deux.' })
    await site.put('un', { title: 'Le pont', comments: 'off' })
    await site.decide('approved', id)
    expect(await site.sweepTold()).toEqual([])
  })

  test('keeps the choice when the article gets another slug, and ends it on the page of the subscription', async () => {
    const site = await openWith(['comments'])
    const { id } = (await (await site.call('GET', '/api/articles/un')).json()) as { id: string }
    await site.call('PUT', '/api/articles/deux', { id, title: 'Le pont', text: 'Oui.' })
    await site.approved({ text: 'Un.' }, 'deux')
    expect(await site.sweepTold()).toEqual([`${kim} Un.`])
    const page = await (await site.get(site.manage)).text()
    expect(page).toContain('value="comments/deux"')
    await site.send(site.manage, { action: 'end' })
    site.wait(20 * minute)
    await site.approved({ text: 'Deux.' }, 'deux')
    expect(await site.sweepTold()).toEqual([])
    expect(await rowsOf('choice')).toBe(0)
  })

  test('gets in the first mail after a pause what came in it, at most of three days', async () => {
    const site = await openWith(['comments'])
    await site.send(site.manage, { action: 'pause' })
    await site.approved({ text: 'Vieux.' })
    expect(await site.sweepTold()).toEqual([])
    site.wait(4 * 1440 * minute)
    await site.approved({ text: 'Pause.' })
    expect(await site.sweepTold()).toEqual([])
    await site.send(site.manage, { action: 'resume' })
    await site.approved({ text: 'Ensuite.' })
    expect(await site.sweepTold()).toEqual([`${kim} Pause. | Ensuite.`])
  })
})

describe('the form of a comment', () => {
  test('offers boxes that nobody has ticked, and keeps the text if one is ticked without an address', async () => {
    const site = await openToldComments()
    const page = await (await site.get('/articles/un/comments/new')).text()
    expect(page).toContain('<legend>Me notifier des…</legend>')
    expect(page.match(/name="notify" value="\w+"/g)).toEqual([
      'name="notify" value="replies"',
      'name="notify" value="comments"',
    ])
    expect(page).not.toContain('checked')
    const form = /name="form" value="([^"]*)"/.exec(page)?.[1] ?? ''
    site.wait(5 * second)
    const fields = { name: 'Kim', text: 'Mon texte.', notify: 'comments', form }
    const wrong = await site.send('/articles/un/comments/new', fields, { Accept: 'text/html' })
    expect(wrong.status).toBe(422)
    const again = await wrong.text()
    expect(again).toContain('Donnez une adresse courriel, ou décochez les notifications.')
    expect(again).toContain('>Mon texte.</textarea>')
    expect(again).toMatch(/value="comments" checked/)
    expect(again).not.toMatch(/value="replies" checked/)
    const program = await site.send('/articles/un/comments/new', fields)
    expect(await program.json()).toMatchObject({ issues: [{ field: 'email' }] })
    expect(await rowsOf('comment')).toBe(0)
  })

  test('answers the same for a known address and for an unknown one, and sends one mail in an hour', async () => {
    const site = await openWith(['comments'])
    const answers: string[] = []
    for (const email of [kim, 'other@example.com']) {
      const page = await (await site.get('/articles/un/comments/new')).text()
      site.wait(5 * second)
      const form = /name="form" value="([^"]*)"/.exec(page)?.[1] ?? ''
      const fields = { name: 'Kim', text: `Avec ${email}.`, email, notify: 'comments', form }
      const sent = await site.send('/articles/un/comments/new', fields, { Accept: 'text/html' })
      answers.push((await sent.text()).replace(/value="[^"]*"|action="[^"]*"/g, ''))
    }
    expect(answers[0]).toContain('Nous vous envoyons un courriel.')
    expect(answers[1]).toBe(answers[0])
    const before = site.mails.length
    await site.drain()
    expect(site.mails.slice(before).map(({ to }) => to)).toEqual(['other@example.com'])
  })
})
