import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serverFile } from '../../src/cli/paths.ts'
import { type Newsroom, openNewsroom } from './newsroom.ts'
import { openSite } from './site.ts'
import { visit } from './visit.ts'

const site = openSite({ COMMENTS: 'all-held' })
const slug = 'cinema-sous-les-etoiles'
let newsroom: Newsroom

beforeAll(async () => {
  const page = (lang: string) =>
    `<!doctype html><html lang="${lang}"><title>Journal</title>` +
    `<script type="module" src="${site.address}/e/comments/v1.js"></script>` +
    `<kiosque-comments article="${slug}"><a href="/">Commentaires</a></kiosque-comments>`
  newsroom = await openNewsroom(
    { '/fr': page('fr-CA'), '/en': page('en'), '/de': page('de') },
    `default-src 'none'; script-src ${site.address}; connect-src ${site.address}; require-trusted-types-for 'script'`,
  )
})

afterAll(() => newsroom?.stop())

const element = (page: Page) => page.locator('kiosque-comments')

/** Approves all comments that wait. */
async function approve(): Promise<void> {
  const { token } = JSON.parse(readFileSync(serverFile, 'utf8'))
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
  const waiting = await fetch(`${site.address}/api/comments`, { headers })
  const { comments } = (await waiting.json()) as { comments: { id: string }[] }
  const body = JSON.stringify({ ids: comments.map(({ id }) => id), state: 'approved' })
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
    await element(page).getByText('La rédaction le lit avant').waitFor()
    expect(await own.inputValue()).toBe('Un autre texte de Kim.')
    await element(page).getByRole('button', { name: 'Supprimer' }).click()
    await element(page).getByText('Le commentaire est supprimé').waitFor()
    expect(await page.evaluate('localStorage.length')).toBe(0)
  })
})

test('another website shows what is approved, in its language, and leads to the form where it may not send one', async () => {
  const path = `${site.address}/articles/${slug}/comments/new`
  const blank = await fetch(path, { headers: { Accept: 'application/json' } })
  const { form } = (await blank.json()) as { form: string }
  const body = new URLSearchParams({ form, name: 'Sam', text: '*Un* texte de <b>Sam</b>.' })
  expect((await fetch(path, { method: 'POST', body, headers: { Accept: 'application/json' } })).status).toBe(
    201,
  )
  await approve()
  for (const [language, label] of [
    ['fr', 'Répondre à Sam'],
    ['en', 'Reply to Sam'],
    ['de', 'Sam antworten'],
  ] as const) {
    await visit(site, `${newsroom.address}/${language}`, {}, async ({ page }) => {
      await element(page).getByRole('link', { name: label }).waitFor()
      expect(await element(page).innerText(), label).toContain('Un texte de <b>Sam</b>.')
    })
  }
})

test('without a script the links to the comments stay', async () => {
  await visit(site, `/articles/${slug}`, { javaScriptEnabled: false }, async ({ page }) => {
    expect(await element(page).getByRole('link').count()).toBe(2)
  })
})
