import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { mailTo } from './comments-mail.ts'
import { moderatorOf } from './comments-moderator.ts'
import { openSite } from './site.ts'
import { type Visitor, visit } from './visit.ts'

const site = openSite({ COMMENTS: 'all-held' })
const editor = moderatorOf(site)
const article = '/articles/le-pont'

beforeAll(() =>
  editor.publish('le-pont', {
    title: 'Le pont ferme',
    section: 'Monde',
    html: '<p>Le pont ferme <mark data-question="Le traversez-vous ?">du 3 au 14 juin</mark>.</p>',
  }),
)

/** The element below the article. */
const comments = (page: Page) => page.locator('section > kiosque-comments')

/** Opens the article with its comments. */
const atComments = (look: (page: Page) => Promise<void>, visitor: Visitor = {}) =>
  visit(site, article, visitor, async ({ page }) => {
    await comments(page).scrollIntoViewIfNeeded()
    await comments(page)
      .getByRole('link', { name: /Voir tous les commentaires \(/ })
      .waitFor()
    await look(page)
  })

/** Fills the open form below the article and sends it. With an address, the person asks to be told of replies. */
async function send(page: Page, name: string, text: string, address?: string): Promise<void> {
  const field = comments(page).getByRole('textbox', { name: /^Commentaire/ })
  await field.waitFor()
  await field.fill(text)
  await comments(page).getByRole('textbox', { name: /^Nom/ }).fill(name)
  if (address !== undefined) {
    const box = comments(page).getByRole('checkbox', { name: 'Réponses à mon commentaire' })
    expect(await box.isChecked()).toBe(false)
    await box.check()
    await comments(page).getByRole('button', { name: 'Envoyer' }).click()
    await comments(page).getByText('Donnez une adresse courriel, ou décochez les notifications.').waitFor()
    expect(await field.inputValue()).toBe(text)
    await comments(page)
      .getByRole('textbox', { name: /^Adresse courriel/ })
      .fill(address)
  }
  await comments(page).getByRole('button', { name: 'Envoyer' }).click()
  await comments(page).getByText('La rédaction le lit avant').waitFor()
}

/** The addresses on which the text of a comment stands. */
async function shownAt(text: string): Promise<string[]> {
  const places = [
    '/comments',
    '/comments.json',
    '/comments/feed.rss',
    '/comments/feed.atom',
    '/comments/feed.json',
  ].map((end) => article + end)
  const addresses = [article, ...places, '/comments/feed.rss']
  const found = await Promise.all(
    addresses.map(async (path) => (await (await fetch(site.address + path)).text()).includes(text)),
  )
  return addresses.filter((_, at) => found[at])
}

test('a reader writes, is held, approved, answered and told of it, and reports; what is deleted or erased is gone everywhere', async () => {
  const kim = `kim-${Date.now()}@example.com`
  const [text, answer] = ['Un commentaire de Kim.', 'Une réponse de Sam.']
  await atComments(
    async (page) => {
      await comments(page).getByRole('link', { name: 'Écrire un commentaire' }).click()
      await send(page, 'Kim', text, kim)
      await comments(page).getByText('Nous vous envoyons un courriel').waitFor()
    },
    { expected: [/422/] },
  )
  expect(await shownAt(text)).toEqual([])
  const [link = ''] = /https?:\/\/\S+\/subscriptions\/\S+/.exec(await mailTo(kim, 'Confirm')) ?? []
  await visit(site, new URL(link).pathname + new URL(link).search, {}, async ({ page }) => {
    await page.getByRole('button', { name: /^Confirmer/ }).click()
    await page.getByText('Réponses à votre commentaire').first().waitFor()
  })

  await editor.decide(text, 'pending', 'approved')
  await expect.poll(() => shownAt(text), { timeout: 60_000 }).toHaveLength(6)

  await atComments(async (page) => {
    await comments(page).getByText(text).waitFor()
    await comments(page).getByRole('link', { name: 'Répondre à Kim' }).click()
    await send(page, 'Sam', answer)
  })
  await editor.decide(answer, 'pending', 'approved')
  await expect.poll(() => shownAt(answer), { timeout: 60_000 }).toHaveLength(6)
  expect(await mailTo(kim, answer)).toContain('Sam')

  await atComments(async (page) => {
    await comments(page).locator('li li').getByText(answer).waitFor()
    await comments(page).getByRole('link', { name: 'Signaler le commentaire de Sam' }).click()
    await page.getByRole('radio').last().check()
    await page.getByRole('button', { name: 'Envoyer' }).click()
    await page.getByRole('heading', { name: 'Merci de votre signalement' }).waitFor()
  })
  await editor.decide(answer, 'reported', 'deleted')
  await expect.poll(() => shownAt(answer), { timeout: 60_000 }).toEqual([])
  expect(await shownAt(text)).toHaveLength(6)

  await editor.erase(kim)
  await expect.poll(() => shownAt(text), { timeout: 60_000 }).toEqual([])
})

test('the author of a comment deletes it, and it is gone', async () => {
  const text = 'Un texte que son auteur efface.'
  await atComments(async (page) => {
    await comments(page).getByRole('link', { name: 'Écrire un commentaire' }).click()
    await send(page, 'Robin', text)
    await editor.decide(text, 'pending', 'approved')
    await expect.poll(() => shownAt(text), { timeout: 60_000 }).toHaveLength(6)
    await comments(page).getByRole('button', { name: 'Supprimer' }).click()
    await comments(page).getByText('Le commentaire est supprimé').waitFor()
  })
  await expect.poll(() => shownAt(text), { timeout: 60_000 }).toEqual([])
})

test('the words of the page that was captured first stand on the page of an article, and each does what it did', async () => {
  await visit(site, article, {}, async ({ page }) => {
    const said = await page.locator('main').innerText()
    for (const word of [
      'Partager',
      'Me notifier des',
      'Commentaires',
      'Inline Feedbacks',
      'Voir tous les commentaires',
    ])
      expect(said, word).toContain(word)

    // « Partager »: the row of links, and the menu with all of them.
    await page
      .getByRole('navigation', { name: 'Partager cet article' })
      .getByRole('link', { name: 'Plus…' })
      .click()
    await page.waitForURL(`${site.address}${article}/share`)
    await page.getByLabel('Lien court').waitFor()
    await page.goBack()

    // « Inline Feedbacks »: the answers to a question about a passage, and a form.
    await page.getByRole('button', { name: /^Inline Feedbacks/ }).click()
    const panel = page.getByRole('region', { name: /^Inline Feedbacks/ })
    await panel.getByRole('textbox', { name: /^Commentaire/ }).waitFor()

    // « Voir tous les commentaires », there and below the article.
    await panel.getByRole('link', { name: 'Voir tous les commentaires' }).click()
    await page.waitForURL(`${site.address}${article}/comments`)
    await page.goBack()
    await page
      .locator('section > kiosque-comments')
      .getByRole('link', { name: 'Voir tous les commentaires' })
      .click()
    await page.waitForURL(`${site.address}${article}/comments`)

    // « Commentaires »: the heading of them, and the way to write one.
    await page.getByRole('heading', { name: 'Commentaires' }).waitFor()
    await page.getByRole('link', { name: 'Écrire un commentaire' }).click()
    await page.getByRole('textbox', { name: 'Commentaire' }).waitFor()

    // « Me notifier des… » and « S’inscrire »: the choices, and the request to be told.
    await page.goto(site.address + article)
    await page.getByText('Me notifier des…').click()
    await page.getByLabel('Articles de la section Monde').check()
    await page.getByRole('textbox', { name: /courriel/i }).fill('kim@example.com')
    await page.getByRole('button', { name: 'S’inscrire' }).click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/subscribe')
  })
})
