import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import { scheduleField } from '../../../src/domain/notify-choice.ts'
import { feedStyles, notifyStyles, styles } from '../../../src/pages/bundle.ts'
import { renderDirectoryPage } from '../../../src/pages/directory/page.tsx'
import { renderListPage } from '../../../src/pages/list/page.tsx'
import { renderConfirmPage, renderOutcomePage } from '../../../src/pages/notify/answer.tsx'
import { consentIn } from '../../../src/pages/notify/fields.tsx'
import { actions, renderManagePage } from '../../../src/pages/notify/manage.tsx'
import { renderSubscribePage } from '../../../src/pages/notify/subscribe.tsx'
import { feedLinksOf } from '../../../src/pages/parts/feed-links.ts'
import { notifyPolicy } from '../../../src/pages/parts/policy.ts'
import { choices, hostile, postal } from '../../render/mail/letters.ts'
import { discouraged } from '../../render/read-xml.ts'
import { sampleArticle, site } from '../../render/samples.ts'
import { notifyPages, partOf } from './pages.ts'

const pages = notifyPages(site, 'Zz')
const documentOf = (page: string) => parseHTML(page).document
const valuesIn = (page: string, selector: string): string[] =>
  [...documentOf(page).querySelectorAll(selector)].map((one) => one.getAttribute('value') ?? '')

/** A page without the script of the button for notifications in the browser. */
const withoutPush = (page: string): string =>
  page.replace('<script type="module" src="/push/page.js"></script>', '')

describe.for(Object.entries(pages))('the page "%s"', ([name, page]) => {
  test('needs no script, unless it is about this browser', () => {
    expect(withoutPush(page)).not.toMatch(/<script|\son\w+=/)
    for (const form of documentOf(page).querySelectorAll('form')) {
      expect(form.getAttribute('method'), name).toBe('post')
      expect([null, '/subscribe'], name).toContain(form.getAttribute('action'))
      const submits = form.querySelectorAll('button[type="submit"]')
      expect(submits, name).toHaveLength(name.includes('only in the browser') ? 0 : 1)
    }
  })

  test('labels each field, with ids that are there once', () => {
    const document = documentOf(page)
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
    const fields = [...document.querySelectorAll('input:not([type="hidden"]), select')]
    const unlabelled = fields.filter(
      (field) =>
        !field.closest('label') &&
        !field.getAttribute('aria-label') &&
        !document.querySelector(`label[for="${field.id}"]`),
    )
    expect(unlabelled.map((field) => field.outerHTML)).toEqual([])
  })

  test('is left out by search engines and sends its address to nobody, unless it is the form', () => {
    const isForm = /^(?:subscribe|wrong e-mail|nothing ticked|too many ticked|a wrong choice)/.test(name)
    expect(page.includes('<meta name="robots" content="noindex, nofollow"/>')).toBe(!isForm)
    expect(page.includes('<meta name="referrer" content="no-referrer"/>')).toBe(!isForm)
    const outward = [...documentOf(page).querySelectorAll('body a')].map(
      (one) => one.getAttribute('href') ?? '',
    )
    expect(outward.filter((href) => !/^(?:\/|#|https:\/\/kiosque\.example)/.test(href))).toEqual([])
  })
})

test.for(Object.entries(notifyPages({ ...site, title: hostile, contact: 'a@b.example' }, hostile)))(
  '%s: no text becomes markup',
  ([, page]) => {
    expect(withoutPush(page)).not.toMatch(/<script|<!--/)
    expect(page).not.toMatch(discouraged)
    expect(page).toContain('&lt;script&gt;')
  },
)

describe('the form', () => {
  const parts = [partOf('sections', ['Monde', 'Local']), partOf('tags', ['Sommet']), partOf('authors', [])]

  test('offers all articles, sections, tags and authors; nothing is ticked, and articles come at once', () => {
    const page = renderSubscribePage({ site, postal, parts })
    expect(valuesIn(page, '[name="selection"]')).toEqual([
      ...['all', 'sections/monde', 'sections/local', 'tags/sommet'],
    ])
    expect(valuesIn(page, '[name="selection"][checked]')).toEqual([])
    expect(valuesIn(page, '[name="when"]')).toEqual(['now', 'daily', 'weekly'])
    expect(valuesIn(page, '[name="when"][checked]')).toEqual(['now'])
    expect(valuesIn(page, '[name="language"]')).toEqual(['fr-CA'])
    expect(valuesIn(page, '[name="email"]')).toEqual([''])
  })

  test('says beside the button to what one agrees, and who is responsible', () => {
    const page = renderSubscribePage({ site: { ...site, contact: 'vie@kiosque.example' }, postal, parts })
    const shown = documentOf(page).querySelector('form .consent')?.textContent ?? ''
    const words = consentIn('fr-CA', { ...site, contact: 'vie@kiosque.example' }, postal)
    expect(words).toHaveLength(4)
    for (const sentence of words) expect(shown, sentence).toContain(sentence)
    expect(words.at(-1)).toContain(`Le Kiosque, ${postal}, vie@kiosque.example`)
    expect(page).toContain('<a href="mailto:vie@kiosque.example">')
  })

  test('keeps what was written if something was wrong, and says what would be right', () => {
    const given = { email: 'kim"@', selections: ['tags/sommet', 'tags/autre'], when: 'weekly' } as const
    const page = renderSubscribePage({ site, postal, parts, given, mistake: 'email' })
    expect(valuesIn(page, '[name="selection"][checked]')).toEqual(['tags/sommet'])
    expect(valuesIn(page, '[name="when"][checked]')).toEqual(['weekly'])
    expect(valuesIn(page, '[name="email"]')).toEqual(['kim"@'])
    const document = documentOf(page)
    const field = document.querySelector('[name="email"]')
    expect(field?.getAttribute('aria-invalid')).toBe('true')
    const about = document.getElementById(field?.getAttribute('aria-describedby') ?? '')
    expect(about?.textContent).toContain('nom@exemple.org')
    expect(document.querySelector('[role="alert"]')?.textContent).toContain('nom@exemple.org')
  })

  test('closes a long list, unless a box in it is ticked', () => {
    const names = Array.from({ length: 13 }, (_, at) => `Sujet ${at}`)
    const isOpen = (selections: string[]) => {
      const given = { email: '', selections, when: 'now' } as const
      const page = renderSubscribePage({ site, postal, parts: [partOf('tags', names, 'tags/z')], given })
      return documentOf(page).querySelector('details')?.hasAttribute('open')
    }
    expect([isOpen([]), isOpen(['tags/sujet-12'])]).toEqual([false, true])
  })

  test('has no trace of the browser without its key', () => {
    const page = renderSubscribePage({ site, postal, parts })
    expect(page).not.toMatch(/navigateur|<script|\/push\//)
  })

  test('keeps what is about the browser hidden, with its own consent, and asks for the script', () => {
    const page = documentOf(renderSubscribePage({ site, postal, pushKey: 'BKey', parts }))
    const box = page.querySelector('[data-push]')
    expect([box?.hasAttribute('hidden'), box?.getAttribute('data-push')]).toEqual([true, 'BKey'])
    expect(box?.querySelector('button')?.getAttribute('type')).toBe('button')
    const consent = [...page.querySelectorAll('.consent [hidden]')].map(({ textContent }) => textContent)
    expect(consent[0]).toContain('vous acceptez que Le Kiosque vous envoie des notifications')
    expect(consent).toHaveLength(2)
    expect(page.querySelector('script[src]')?.getAttribute('src')).toBe('/push/page.js')
    expect(page.querySelector('.unavailable')).toBeNull()
  })

  test('has the button for the browser beside that of mail, before what one must know', () => {
    const html = renderSubscribePage({ site, postal, pushKey: 'BKey', parts })
    const places = ['type="submit"', 'Me notifier dans ce navigateur</button>', 'class="consent"']
    const found = places.map((text) => html.indexOf(text))
    expect(found).toEqual(found.filter((place) => place >= 0).toSorted((a, b) => a - b))
  })

  test.for([
    [{ postal }, 'S’inscrire par courriel', /courriel/],
    [{ pushKey: 'B' }, 'S’inscrire dans ce navigateur', /ce navigateur/],
    [
      { postal, pushKey: 'B' },
      'S’inscrire par courriel ou dans le navigateur',
      /courriel ou en notifications de ce navigateur/,
    ],
  ] as const)('names the ways that there are: %j', ([ways, title, explanation]) => {
    const page = documentOf(renderSubscribePage({ site, ...ways, parts }))
    expect(page.querySelector('h1')?.textContent).toBe(title)
    expect(page.querySelector('.standfirst')?.textContent).toMatch(explanation)
  })

  test.for(['fr-CA', 'en-CA', 'de'])('%s: has another title than the list of the feeds', (language) => {
    const there = { ...site, language }
    const titleOf = (page: string) => documentOf(page).querySelector('title')?.textContent
    const feeds = titleOf(renderDirectoryPage({ site: there, parts, feeds: [] }))
    expect(feeds).toContain('Le Kiosque')
    for (const ways of [{ postal }, { pushKey: 'B' }, { postal, pushKey: 'B' }])
      expect(titleOf(renderSubscribePage({ site: there, ...ways, parts })), JSON.stringify(ways)).not.toBe(
        feeds,
      )
  })

  test('without mail, offers the browser alone, and says what it needs', () => {
    const page = documentOf(renderSubscribePage({ site, pushKey: 'BKey', parts }))
    expect(page.querySelector('[name="email"], [type="submit"]')).toBeNull()
    expect(page.querySelector('.unavailable')?.textContent).toContain('JavaScript')
    expect(page.querySelector('h1')?.textContent).toBe('S’inscrire dans ce navigateur')
    expect(page.body.textContent).not.toMatch(/courriel/)
  })
})

describe('the page of a subscription', () => {
  const managed = {
    ...{ site, language: 'fr-CA', email: 'kim@courriel.example', isPaused: false },
    ...{ agreed: Date.parse('2026-05-04T02:00:00Z'), choices },
    parts: [partOf('sections', ['Monde', 'Local']), partOf('tags', ['Marche'])],
  }
  const page = renderManagePage(managed)
  const formOf = (action: string) =>
    [...documentOf(page).querySelectorAll('form')].find(
      (form) => form.querySelector('[name="action"]')?.getAttribute('value') === action,
    )?.outerHTML ?? ''

  test('has a form for each action, and either pauses or resumes', () => {
    const paused = renderManagePage({ ...managed, isPaused: true })
    const active = valuesIn(page, '[name="action"]')
    expect(active.toSorted()).toEqual(actions.filter((one) => one !== 'resume').toSorted())
    expect(valuesIn(paused, '[name="action"]').toSorted()).toEqual(
      actions.filter((one) => one !== 'pause').toSorted(),
    )
  })

  test('says why one gets mails, with the day in the zone of the site', () => {
    expect(documentOf(page).querySelector('.standfirst')?.textContent).toBe(
      'Vous recevez nos messages à l’adresse kim@courriel.example, comme vous l’avez demandé le 3\u00a0mai\u00a02026.',
    )
  })

  test('asks before it erases: the button is shown only once it is asked for', () => {
    const erase = documentOf(page).querySelector('[value="erase"]')?.closest('details')
    expect(erase?.hasAttribute('open')).toBe(false)
    expect(erase?.querySelector('summary')?.textContent).toBe('Tout effacer…')
    expect(erase?.querySelector('form button')?.textContent).toBe('Oui, tout effacer')
  })

  test('says once that it is paused, and what to do instead of taking every choice away', () => {
    const paused = documentOf(renderManagePage({ ...managed, isPaused: true, done: 'paused' }))
    const said = [...paused.querySelectorAll('.done')].map(({ textContent }) => textContent)
    expect(said).toEqual(['Les envois sont en pause\u00a0: vous ne recevez rien pour l’instant.'])
    const wrong = documentOf(renderManagePage({ ...managed, mistake: 'selection' }))
    expect(wrong.querySelector('[role="alert"]')?.textContent).toContain(
      'utilisez «\u00a0Se désinscrire\u00a0»',
    )
    expect(wrong.querySelectorAll('.made [checked]')).toHaveLength(choices.length)
  })

  test('shows the choices ticked, each with its schedule, and offers the others unticked', () => {
    const form = formOf('choose')
    const had = ['all', 'sections/local', 'tags/marche', 'authors/kim-tremblay', 'corrections/marche-d-ete']
    expect(valuesIn(form, '[name="selection"][checked]')).toEqual(had)
    expect(valuesIn(form, '[name="selection"]:not([checked])')).toEqual(['sections/monde'])
    const chosen = [...documentOf(form).querySelectorAll('select')].map((one) => [
      one.getAttribute('name'),
      one.querySelector('[selected]')?.getAttribute('value'),
    ])
    // A correction is told at once, so it has no schedule.
    expect(chosen).toEqual([
      [scheduleField('all'), 'weekly'],
      [scheduleField('sections/local'), 'now'],
      [scheduleField('tags/marche'), 'daily'],
      [scheduleField('authors/kim-tremblay'), 'now'],
    ])
  })
})

test.for([
  ['ended', false, /^Votre adresse est effacée/],
  ['ended', true, /^Ce navigateur ne vous avise plus/],
  ['erased', false, /rien de ce qui reste ne permet de vous reconnaître/],
  ['erased', true, /rien de ce qui reste ne permet de vous reconnaître/],
] as const)('the last page after %s, for a browser: %s, fits its case', ([outcome, isBrowser, detail]) => {
  const page = documentOf(
    renderOutcomePage({ site, language: 'fr-CA', outcome, isBrowser, isPushOn: isBrowser }),
  )
  expect(page.querySelector('.standfirst')?.textContent).toMatch(detail)
  expect(page.body.textContent?.includes('adresse')).toBe(!isBrowser && outcome === 'ended')
  expect(page.querySelector('[data-push="ended"]') !== null).toBe(isBrowser)
})

test('the last page leads to the form in its language', () => {
  const pathIn = (language: string) =>
    documentOf(renderOutcomePage({ site, language, outcome: 'ended' }))
      .querySelector('a.action')
      ?.getAttribute('href')
  expect([pathIn('fr-CA'), pathIn('de')]).toEqual(['/subscribe', '/subscribe?lang=de'])
})

test('a correction has no schedule, because it is told at once', () => {
  const page = documentOf(renderConfirmPage({ site, language: 'fr-CA', choices }))
  const items = [...page.querySelectorAll('main li')].map(({ textContent }) => textContent)
  expect(items).toHaveLength(choices.length)
  expect(items.at(1)).toBe('Articles de la section Local · Dès la parution')
  expect(items.at(-1)).toBe('Corrections de l’article «\u00a0Le marché d’été ouvre samedi\u00a0»')
})

test('the policy of these pages lets in their styles, and forms to the site alone', () => {
  expect(notifyPolicy()).toContain(`style-src '${notifyStyles.hash}' '${styles.hash}'; `)
  expect(notifyPolicy()).toContain("form-action 'self'; ")
  expect(notifyPolicy()).toContain("script-src 'self'; ")
  for (const page of Object.values(pages)) expect(page, page.slice(0, 200)).toContain(notifyStyles.text)
  expect(notifyStyles.text).not.toMatch(/url\(|@import|</)
  expect(notifyStyles.text.length).toBeLessThan(feedStyles.text.length * 2)
})

test('lists and the directory lead to the form only if people can ask to be told', () => {
  const feeds = feedLinksOf(site, { path: '' })
  const selection = { path: '', title: '' }
  const labelIn = (html: string) =>
    documentOf(html).querySelector('a[href="https://kiosque.example/subscribe"]')?.textContent
  const labels = ([{ postal }, { postal, pushKey: 'B' }, { pushKey: 'B' }, undefined] as const).flatMap(
    (notify) => [
      labelIn(renderListPage({ site, selection, articles: [sampleArticle()], feeds, notify })),
      labelIn(renderDirectoryPage({ site, parts: [], feeds, notify })),
    ],
  )
  const [mail, both, browser] = ['Par courriel', 'Par courriel ou dans le navigateur', 'Dans ce navigateur']
  expect(labels).toEqual([mail, mail, both, both, browser, browser, undefined, undefined])
})
