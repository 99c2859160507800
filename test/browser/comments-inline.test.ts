import { source } from 'axe-core'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { moderatorOf } from './comments-moderator.ts'
import { openSite } from './site.ts'
import { visit } from './visit.ts'

const site = openSite({ COMMENTS: 'all-held' })
const editor = moderatorOf(site)
const article = '/articles/question'
const asked = 'Le traversez-vous chaque jour ?'
const answers = `${article}/comments?question=pont`

beforeAll(() =>
  editor.publish('question', {
    title: 'Le pont ferme',
    html:
      `<p>Le pont ferme <mark data-question="${asked}" data-question-id="pont">du 3 au 14 juin</mark>.</p>` +
      `<ul><li>Un <mark data-question="Où aller ?">détour</mark> est indiqué.</li></ul><p>Fin.</p>`,
  }),
)

const button = (page: Page) => page.getByRole('button', { name: `Inline Feedbacks\u00a0: ${asked}` })
const panel = (page: Page) => page.getByRole('region', { name: `Inline Feedbacks\u00a0: ${asked}` })

const screens = [
  { viewport: { width: 360, height: 740 }, colorScheme: 'light' },
  { viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
  { viewport: { width: 1200, height: 800 }, colorScheme: 'light' },
  { viewport: { width: 1200, height: 800 }, colorScheme: 'dark' },
] as const

test('a button beside the passage opens the answers and a form, which keep what was written', async () => {
  const text = 'Une réponse de Kim.'
  await visit(site, article, { expected: [/422/] }, async ({ page }) => {
    expect(await button(page).getAttribute('aria-expanded')).toBe('false')
    await button(page).click()
    expect(await button(page).getAttribute('aria-expanded')).toBe('true')
    await panel(page).getByRole('link', { name: 'Voir tous les commentaires' }).waitFor()
    await panel(page)
      .getByRole('textbox', { name: /^Commentaire/ })
      .fill(text)
    await button(page).click()
    expect(await panel(page).count()).toBe(0)
    await button(page).click()
    await panel(page).getByRole('textbox', { name: /^Nom/ }).fill(' ')
    await panel(page).getByRole('button', { name: 'Envoyer' }).click()
    await panel(page).getByText('Donnez un nom').waitFor()
    await panel(page).getByRole('textbox', { name: /^Nom/ }).fill('Kim')
    await panel(page).getByRole('button', { name: 'Envoyer' }).click()
    await panel(page).getByText('La rédaction le lit avant').waitFor()
    expect(new URL(page.url()).pathname).toBe(article)
  })
  await editor.decide(text, 'pending', 'approved')
  await visit(site, article, {}, async ({ page }) => {
    await button(page).press('Enter')
    await panel(page).getByText(text).waitFor()
    const other = page.getByRole('button', { name: 'Inline Feedbacks\u00a0: Où aller ?' })
    await other.press(' ')
    await page.locator('li > kiosque-comments').getByText('Aucun commentaire').waitFor()
    await page.locator('section > kiosque-comments').scrollIntoViewIfNeeded()
    await page.locator('section > kiosque-comments').getByText(text).waitFor()
    expect(await page.locator('[id^=c-]').count()).toBe(1)
    const question = page.locator('section > kiosque-comments').getByRole('figure')
    expect((await question.innerText()).split(/\n+/)).toEqual([
      'Sur ce passage\u00a0:',
      'du 3 au 14 juin',
      asked,
    ])
    expect(await question.getByRole('link').getAttribute('href')).toBe(site.address + answers)
    expect(await page.getByRole('figure').count()).toBe(1)
    await panel(page).getByRole('link', { name: 'Voir tous les commentaires' }).click()
    await page.waitForURL(`${site.address}${article}/comments`)
    await page.getByRole('link', { name: asked }).click()
    await page.waitForURL(site.address + answers)
  })
})

test('if the site does not answer, the open panel has the link to the answers', async () => {
  await visit(site, 'about:blank', { expected: [/ERR_FAILED/] }, async ({ page, context }) => {
    await context.route(/comments\.json\?question=/, (route) => route.abort())
    await page.goto(site.address + article)
    await button(page).click()
    await panel(page)
      .getByRole('link', { name: `Inline Feedbacks\u00a0: ${asked}` })
      .click()
    await page.waitForURL(site.address + answers)
  })
})

test('without a script, a link beside the passage leads to the answers, whose form names the question', async () => {
  const text = 'Une réponse sans script.'
  await visit(site, article, { javaScriptEnabled: false }, async ({ page }) => {
    await page.getByRole('link', { name: `Inline Feedbacks\u00a0: ${asked}` }).click()
    expect(page.url()).toBe(site.address + answers)
    await page.getByRole('link', { name: 'Répondre à la question' }).click()
    expect(await page.getByRole('figure').innerText()).toContain('du 3 au 14 juin')
    await page.getByLabel('Nom ou pseudonyme').fill('Sam')
    await page.getByLabel('Commentaire', { exact: true }).fill(text)
    await page.getByRole('button', { name: 'Envoyer' }).click()
    await page.getByRole('status').waitFor()
  })
  await editor.decide(text, 'pending', 'approved')
  await visit(site, answers, { javaScriptEnabled: false }, async ({ page }) => {
    await page.getByText(text).waitFor()
  })
})

describe.for(screens)('on a screen of $viewport.width pixels, $colorScheme', (screen) => {
  test('the open answers are accessible, and fit', async () => {
    await visit(site, article, { ...screen, bypassCSP: true }, async ({ page }) => {
      await button(page).click()
      await panel(page).locator('textarea').waitFor()
      await page.evaluate(source)
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
      const found = await page.evaluate(
        `axe.run(document, { runOnly: ${JSON.stringify(tags)}, resultTypes: ['violations'] })
          .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`,
      )
      expect(found).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
        screen.viewport.width,
      )
    })
  })
})
