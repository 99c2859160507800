import { readFileSync } from 'node:fs'
import { source } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../scripts/ports.ts'
import { serverFile } from '../../src/cli/paths.ts'
import { type Newsroom, openNewsroom } from './newsroom.ts'
import { openSite } from './site.ts'
import { visit } from './visit.ts'

const port = await freePort()
const site = openSite({ COMMENTS: 'all-held', COMMENT_ORIGINS: `http://localhost:${port}` })
const slug = 'cinema-sous-les-etoiles'
/** A website that the settings name, and another one. */
let named: Newsroom
let newsroom: Newsroom

beforeAll(async () => {
  const tags = `<kiosque-comments article="${slug}"><a href="/">Commentaires</a></kiosque-comments>`
  const page = (lang: string, content: string) =>
    `<!doctype html><html lang="${lang}"><meta name="viewport" content="width=device-width"><title>Journal</title>` +
    `<style>:root { color-scheme: light dark }</style><main><h1>Journal</h1>${content}</main>`
  const script = `<script type="module" src="${site.address}/e/comments/v1.js"></script>`
  const pages = {
    ...{
      '/fr': page('fr-CA', script + tags),
      '/en': page('en', script + tags),
      '/de': page('de', script + tags),
      '/odd': page('FR_ca-', script + tags),
    },
    '/two': page(
      'fr',
      `${script}<script type="module" src="${site.address}/e/comments/v1.js?again"></script>${tags}${tags}`,
    ),
    '/gone': page('fr', script + tags.replace(slug, 'nulle-part')),
  }
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src ${site.address}; connect-src ${site.address}; require-trusted-types-for 'script'`
  named = await openNewsroom(pages, policy, port)
  newsroom = await openNewsroom(pages, policy)
})

afterAll(() => {
  named?.stop()
  newsroom?.stop()
})

const element = (page: Page) => page.locator('kiosque-comments')

/** Sends a comment as a program does, lets it be approved, and returns its id. */
async function say(name: string, text: string, parent = ''): Promise<string> {
  const path = `${site.address}/articles/${slug}/comments/new`
  const headers = { Accept: 'application/json' }
  const { form } = (await (await fetch(path, { headers })).json()) as { form: string }
  const body = new URLSearchParams({ form, name, text, parent })
  const sent = await fetch(path, { method: 'POST', headers, body })
  expect(sent.status).toBe(201)
  await decide('approved')
  return ((await sent.json()) as { id: string }).id
}

/** Puts all comments that wait into a state, as a moderator does. */
async function decide(state: 'approved' | 'deleted'): Promise<void> {
  const { token } = JSON.parse(readFileSync(serverFile, 'utf8'))
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
  const waiting = await fetch(`${site.address}/api/comments`, { headers })
  const { comments } = (await waiting.json()) as { comments: { id: string }[] }
  const body = JSON.stringify({ ids: comments.map(({ id }) => id), state })
  await fetch(`${site.address}/api/comments`, { method: 'POST', headers, body })
}

test('a reader writes, changes and deletes a comment without leaving the article', async () => {
  await visit(site, `/articles/${slug}`, { expected: [/422/] }, async ({ page }) => {
    await element(page).scrollIntoViewIfNeeded()
    await element(page).getByText('Aucun commentaire pour le moment.').waitFor()
    const write = element(page).getByRole('link', { name: 'Écrire un commentaire' })
    await write.click()
    const text = element(page).getByRole('textbox', { name: /^Commentaire/ })
    await text.fill('Un texte de Kim.')
    await element(page).getByRole('textbox', { name: /^Nom/ }).fill(' ')
    const send = element(page).getByRole('button', { name: 'Envoyer' })
    await send.click()
    await element(page).getByText('Donnez un nom').waitFor()
    expect(await text.inputValue()).toBe('Un texte de Kim.')
    await element(page).getByRole('textbox', { name: /^Nom/ }).fill('Kim')
    await send.click()
    await element(page).getByText('La rédaction le lit avant').waitFor()
    expect(new URL(page.url()).pathname).toBe(`/articles/${slug}`)
    await page.reload()
    await element(page).scrollIntoViewIfNeeded()
    const own = element(page).getByRole('textbox', { name: 'Commentaire', exact: true })
    await own.fill('Un autre texte de Kim.')
    await element(page).getByRole('button', { name: 'Modifier' }).click()
    await element(page).getByText('La rédaction lit le nouveau texte').waitFor()
    expect(await own.inputValue()).toBe('Un autre texte de Kim.')
    await element(page).getByRole('button', { name: 'Supprimer' }).click()
    await element(page).getByText('Le commentaire est supprimé').waitFor()
    expect(await page.evaluate('localStorage.length')).toBe(0)
  })
})

test('the text of a change that cannot be saved stays on the page', async () => {
  const expected = [/ERR_FAILED/, /404/]
  await visit(site, `/articles/${slug}`, { expected }, async ({ page, context }) => {
    await element(page).scrollIntoViewIfNeeded()
    await element(page).getByText('Aucun commentaire pour le moment.').waitFor()
    await element(page).getByRole('link', { name: 'Écrire un commentaire' }).click()
    await element(page)
      .getByRole('textbox', { name: /^Commentaire/ })
      .fill('Un texte de Léa.')
    await element(page).getByRole('textbox', { name: /^Nom/ }).fill('Léa')
    await element(page).getByRole('button', { name: 'Envoyer' }).click()
    const own = element(page).getByRole('textbox', { name: 'Commentaire', exact: true })
    await own.fill('Un texte plus long de Léa.')
    await context.route(/\/edit$/, (route) => route.abort())
    await element(page).getByRole('button', { name: 'Modifier' }).click()
    await element(page).getByText('Cela n’a pas fonctionné').waitFor()
    expect(await own.inputValue()).toBe('Un texte plus long de Léa.')
    await context.unroute(/\/edit$/)
    await decide('deleted')
    await element(page).getByRole('button', { name: 'Modifier' }).click()
    await element(page).getByText('Le commentaire ne peut plus être modifié').waitFor()
    expect(await own.inputValue()).toBe('Un texte plus long de Léa.')
    expect(await element(page).getByRole('button', { name: 'Modifier' }).count()).toBe(0)
  })
})

test('another website shows what is approved, in its language, and leads to the form where it may not send one', async () => {
  const first = await say('Sam', '*Un* texte de <b>Sam</b>.')
  await say('Alex', 'Une réponse.', first)
  for (const [language, label] of [
    ['fr', 'Répondre à Sam'],
    ['en', 'Reply to Sam'],
    ['de', 'Sam antworten'],
    ['odd', 'Répondre à Sam'],
  ] as const) {
    await visit(site, `${newsroom.address}/${language}`, {}, async ({ page }) => {
      await element(page).getByRole('link', { name: label }).waitFor()
      expect(await element(page).innerText(), label).toContain('Un texte de <b>Sam</b>.')
    })
  }
})

const screens = [
  { viewport: { width: 360, height: 740 }, colorScheme: 'light' },
  { viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
  { viewport: { width: 1200, height: 800 }, colorScheme: 'light' },
  { viewport: { width: 1200, height: 800 }, colorScheme: 'dark' },
] as const

describe.for(screens)(
  'with comments there, on a screen of $viewport.width pixels, $colorScheme',
  (screen) => {
    test('the form opens above the threads and at a comment, and its hints are not covered', async () => {
      await visit(site, `/articles/${slug}`, screen, async ({ page }) => {
        await element(page).scrollIntoViewIfNeeded()
        await element(page).getByText('Une réponse.').waitFor()
        for (const name of ['Écrire un commentaire', 'Répondre à Alex']) {
          await element(page).getByRole('link', { name }).click()
          const text = element(page).locator('textarea:focus')
          await text.waitFor()
          const box = await text.boundingBox()
          const hint = await element(page).locator('label:has(textarea:focus) small').boundingBox()
          // The outline reaches five pixels beyond the field.
          expect((hint?.y ?? 0) - (box?.y ?? 0) - (box?.height ?? 0), name).toBeGreaterThan(5)
        }
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
          screen.viewport.width,
        )
      })
    })
  },
)

test('the threads change their order in place, and each comment can be reported', async () => {
  await say('Robin', 'Le dernier.')
  await visit(site, `/articles/${slug}`, {}, async ({ page }) => {
    await element(page).scrollIntoViewIfNeeded()
    const order = element(page).getByRole('navigation', { name: 'Ordre' })
    const first = element(page).locator('li').first()
    await first.getByText('Le dernier.').waitFor()
    for (const [label, text] of [
      ['Les plus anciens', 'Un texte de <b>Sam</b>.'],
      ['Les plus récents', 'Le dernier.'],
      ['Les plus répondus', 'Un texte de <b>Sam</b>.'],
    ] as const) {
      await order.getByRole('link', { name: label }).click()
      await first.getByText(text).waitFor()
      await order.locator('[aria-current]:focus').waitFor()
      expect(await order.locator('[aria-current]').innerText(), label).toContain(label)
    }
    expect(new URL(page.url()).pathname).toBe(`/articles/${slug}`)
    await element(page).getByRole('link', { name: 'Signaler le commentaire de Alex' }).click()
    await page.getByRole('heading', { name: 'Signaler un commentaire' }).waitFor()
    await page.getByText('Une réponse.').waitFor()
  })
})

test('a reply of the fourth level stands on the third, and names whom it answers', async () => {
  const second = await say('Charlie', 'Deuxième.', await say('Andrea', 'Première.'))
  const third = await say('Morgan', 'Troisième.', second)
  await say('Jordan', 'Quatrième.', third)
  await visit(site, `/articles/${slug}`, {}, async ({ page }) => {
    await element(page).scrollIntoViewIfNeeded()
    const link = element(page).getByRole('link', { name: 'Réponse à', exact: false })
    await element(page).getByText('Quatrième.').waitFor()
    expect(await link.allInnerTexts()).toEqual(['Réponse à Morgan'])
    expect(await element(page).locator(`#c-${second} > ol > li`).count()).toBe(2)
    await link.click()
    await page.waitForURL(new RegExp(`/comments\\?comment=${third}#c-${third}$`))
    await page.locator(`#c-${third}:target`).waitFor()
  })
})

test('two elements and two loads of the script have one style sheet', async () => {
  await visit(site, `${newsroom.address}/two`, {}, async ({ page }) => {
    await page.getByRole('link', { name: 'Répondre à Sam' }).nth(1).waitFor()
    expect(await page.evaluate('document.adoptedStyleSheets.length')).toBe(1)
  })
})

test('an article that is not there, and a site that does not answer, leave the content as it is', async () => {
  await visit(site, 'about:blank', { expected: [/404/] }, async ({ page }) => {
    const answered = page.waitForResponse(/comments\.json/)
    await page.goto(`${newsroom.address}/gone`)
    expect((await answered).status()).toBe(404)
    expect(await element(page).innerText()).toBe('Commentaires')
  })
  await visit(site, 'about:blank', { expected: [/ERR_FAILED/] }, async ({ page, context }) => {
    await context.route(/comments\.json/, (route) => route.abort())
    const failed = page.waitForEvent('requestfailed')
    await page.goto(`${newsroom.address}/fr`)
    await failed
    expect(await element(page).innerText()).toBe('Commentaires')
  })
})

test('a website that the settings name sends a comment in place; another one leads to the form', async () => {
  const text = 'Écrit sur une autre page.'
  await visit(site, `${named.address}/fr`, {}, async ({ page }) => {
    await element(page).getByRole('link', { name: 'Écrire un commentaire' }).click()
    await element(page)
      .getByRole('textbox', { name: /^Commentaire/ })
      .fill(text)
    await element(page).getByRole('textbox', { name: /^Nom/ }).fill('Dominique')
    await element(page).getByRole('button', { name: 'Envoyer' }).click()
    await element(page).getByText('La rédaction le lit avant').waitFor()
    await element(page).getByRole('button', { name: 'Supprimer' }).click()
    await element(page).getByText('Le commentaire est supprimé').waitFor()
    expect(page.url()).toBe(`${named.address}/fr`)
  })
  await visit(site, `${newsroom.address}/fr`, { expected: [/CORS/, /ERR_FAILED/] }, async ({ page }) => {
    await element(page).getByRole('link', { name: 'Écrire un commentaire' }).click()
    await page.waitForURL(`${site.address}/articles/${slug}/comments/new`)
    await page.getByRole('textbox', { name: 'Commentaire' }).waitFor()
  })
})

describe.for(['fr', 'en', 'de'])('the element in %s', (language) => {
  test.for(['light', 'dark'] as const)('is accessible, with its form open, %s', async (colorScheme) => {
    const visitor = { colorScheme, bypassCSP: true, viewport: { width: 360, height: 740 } }
    await visit(site, `${named.address}/${language}`, visitor, async ({ page }) => {
      await element(page).getByRole('listitem').first().waitFor()
      await element(page).getByRole('link').first().click()
      await element(page).locator('textarea').waitFor()
      await page.evaluate(source)
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
      const found = await page.evaluate(
        `axe.run(document, { runOnly: ${JSON.stringify(tags)}, resultTypes: ['violations'] })
          .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`,
      )
      expect(found).toEqual([])
    })
  })
})

test('without a script the links to the comments stay', async () => {
  await visit(site, `/articles/${slug}`, { javaScriptEnabled: false }, async ({ page }) => {
    expect(await element(page).getByRole('link').count()).toBe(2)
  })
})
