import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { serverFile } from '../../src/cli/paths.ts'
import { openSite } from './site.ts'
import { visit } from './visit.ts'

const site = openSite({ COMMENTS: 'all-held' })
const article = '/articles/cinema-sous-les-etoiles'

/** Calls the API as a moderator. */
async function moderate(
  method: 'GET' | 'POST',
  body?: object,
): Promise<{ comments: { id: string; text: string }[] }> {
  const { token } = JSON.parse(readFileSync(serverFile, 'utf8'))
  const response = await fetch(`${site.address}/api/comments`, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  expect(response.status).toBe(200)
  return response.json()
}

/** Approves the comment with this text, and returns its id. */
async function approve(text: string): Promise<string> {
  const { comments } = await moderate('GET')
  const { id = '' } = comments.find((one) => one.text === text) ?? {}
  await moderate('POST', { ids: [id], state: 'approved' })
  return id
}

async function write(page: Page, name: string, text: string): Promise<void> {
  await page.getByLabel('Nom ou pseudonyme').fill(name)
  await page.getByLabel('Commentaire', { exact: true }).fill(text)
  await page.getByRole('button', { name: 'Envoyer' }).click()
}

describe.for([true, false])('with JavaScript: %s', (javaScriptEnabled) => {
  test('a reader writes, waits, is approved and answered, and what was wrong keeps the text', async () => {
    const [kim, sam] = [`Kim ${javaScriptEnabled}`, `Sam ${javaScriptEnabled}`]
    const [text, answer] = [`Un commentaire de ${kim}.`, `Une réponse de ${sam}.`]
    const look = { javaScriptEnabled }
    const mistaken = { ...look, expected: [/422/] }
    await visit(site, article, mistaken, async ({ page }) => {
      // The element on the article's page opens the form in place once it has an answer; the page of comments has no element.
      await page.getByRole('link', { name: 'Voir tous les commentaires' }).click()
      await page.getByRole('link', { name: 'Écrire un commentaire' }).click()
      await page.locator('form').evaluate((form) => form.setAttribute('novalidate', ''))
      await write(page, ' ', text)
      expect(await page.getByRole('alert').innerText()).toContain('Donnez un nom')
      expect(await page.getByLabel('Commentaire', { exact: true }).inputValue()).toBe(text)
      await write(page, kim, text)
      expect(await page.getByRole('status').innerText()).toContain('La rédaction le lit')
      await page.getByRole('link', { name: 'Commentaires', exact: true }).click()
      await page
        .getByText('Aucun commentaire pour le moment.')
        .or(page.locator('[id^=c-]').first())
        .first()
        .waitFor()
      expect(await page.getByText(text).count()).toBe(0)
    })
    const id = await approve(text)
    await visit(site, article, look, async ({ page }) => {
      await page.getByRole('link', { name: 'Voir tous les commentaires' }).click()
      await page.getByRole('link', { name: `Répondre à ${kim}` }).click()
      await page.getByText(text).waitFor()
      await write(page, sam, answer)
      await page.getByRole('status').waitFor()
    })
    await approve(answer)
    await visit(site, `${article}/comments?comment=${id}`, look, async ({ page }) => {
      await page.locator(`#c-${id} ol`).getByText(answer).waitFor()
    })
  })
})

test('long words fit on a narrow screen, and the lines of a hint stand close together', async () => {
  const [name, text] = ['W'.repeat(60), `Un mot de ${'x'.repeat(300)}.`]
  const narrow = { viewport: { width: 360, height: 740 } }
  await visit(site, `${article}/comments/new`, narrow, async ({ page }) => {
    const hints = await page.locator('form span.quiet').all()
    expect(hints).toHaveLength(3)
    for (const hint of hints) {
      const [above, box] = [
        await hint.locator('xpath=preceding-sibling::*[1]').boundingBox(),
        await hint.boundingBox(),
      ]
      const gap = (box?.y ?? 0) - (above?.y ?? 0) - (above?.height ?? 0)
      const said = await hint.innerText()
      // The longest hint has three lines, each of which is about twenty pixels high.
      expect([gap > 4, gap < 12, (box?.height ?? 0) < 65], said).toEqual([true, true, true])
    }
    await write(page, name, text)
    await page.getByRole('status').waitFor()
  })
  const id = await approve(text)
  for (const path of [
    ...[
      `${article}/comments`,
      `${article}/comments?comment=${id}#c-${id}`,
      `${article}/comments/new?reply=${id}`,
    ],
    ...[`/comments/${id}/report`, `${article}/comments/feed.rss`, '/comments/feed.atom'],
  ])
    await visit(site, path, narrow, async ({ page }) => {
      expect(await page.locator('main').innerText(), path).toContain(name)
      expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBe(360)
    })
})
