import { beforeEach, describe, expect, test } from 'vitest'
import { wordsIn } from '../../src/domain/language.ts'
import { maxChoices } from '../../src/domain/notify-choice.ts'
import { openPush, type PushSite } from './push-site.ts'

const hour = 3_600_000
const address = 'kim@example.com'
const { notify } = wordsIn('fr')

let site: PushSite

/** The paths of tags from one number to another, which exist. */
const tags = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, at) => `tags/t${from + at}`)

beforeEach(async () => {
  site = await openPush()
  for (const [slug, from] of [
    ['un', 0],
    ['deux', 20],
    ['trois', 40],
  ] as const)
    await site.put(slug, { tags: tags(from, from + 20).map((path) => path.slice('tags/'.length)) })
})

const choicesAt = async (manage: string): Promise<string[]> => {
  const exported = (await (await site.send(manage, { action: 'export' })).json()) as {
    choices: { selection: string }[]
  }
  return exported.choices.map(({ selection }) => selection)
}

/** Asks by the form, and returns the link of the mail that asks for a confirmation. */
async function ask(selection: string[]): Promise<string> {
  site.wait(hour + 1)
  await site.send('/subscribe', { email: address, selection })
  await site.drain()
  return site.link()
}

describe('a subscription has at most 50 choices', () => {
  test('the sentences of each language name the number', () => {
    for (const language of ['fr', 'en', 'de'])
      for (const sentence of [wordsIn(language).notify.wrong.tooMany, wordsIn(language).notify.confirm.full])
        expect(sentence, language).toContain(` ${maxChoices} `)
  })

  test('a form with more is refused with the sentence that says so', async () => {
    const form = { email: address, selection: tags(0, maxChoices + 1), language: 'fr' }
    const page = await site.send('/subscribe', form, { 'Sec-Fetch-Dest': 'document' })
    expect(page.status).toBe(422)
    expect(await page.text()).toContain(notify.wrong.tooMany)
  })

  test('a second request that would make it more is confirmed only when others were removed', async () => {
    const manage = await site.subscribe(address, tags(0, 40))
    const link = await ask(tags(30, 51))
    for (const [method, answer] of [
      ['GET', await site.get(link)],
      ['POST', await site.send(link, '')],
    ] as const) {
      const text = await answer.text()
      expect(text, method).toContain(notify.confirm.full)
      expect(text, method).toContain(manage)
      expect(text, method).not.toContain('<form')
    }
    expect((await site.send(link, '')).status).toBe(422)
    expect(await choicesAt(manage)).toHaveLength(40)
    // The page can be saved as it is.
    const saved = await site.send(manage, { action: 'choose', selection: tags(1, 40) })
    expect(saved.status).toBe(303)
    expect((await site.send(link, '')).status).toBe(303)
    expect(new Set(await choicesAt(manage))).toEqual(new Set(tags(1, 51)))
  })

  test('choices that the subscriber has already do not count twice', async () => {
    const manage = await site.subscribe(address, tags(0, 50))
    expect((await site.send(await ask([...tags(0, 49), 'tags/t49']), '')).status).toBe(303)
    expect(await choicesAt(manage)).toHaveLength(50)
  })

  test('a browser that asks for more gets a 422, and keeps what it has', async () => {
    const { manage, fields } = await site.subscribeIn(tags(0, 40))
    const more = await site.send('/push/subscriptions', { ...fields, selection: tags(40, 51) })
    expect(more.status).toBe(422)
    expect(await more.json()).toMatchObject({
      issues: [{ field: 'selection', reason: `must be at most ${maxChoices} selections` }],
    })
    expect(await choicesAt(manage)).toHaveLength(40)
    const last = await site.send('/push/subscriptions', { ...fields, selection: tags(30, 50) })
    expect(last.status).toBe(201)
  })

  test('the page of a subscription that has more, from an earlier version, can be saved, but not extended', async () => {
    const manage = await site.subscribe(address, tags(0, 50))
    const { number } = (await site.notify.subscribers.known('email', address)) ?? { number: 0 }
    const all = tags(0, 58).map((selection) => ({ selection, schedule: 'now' }) as const)
    await site.notify.subscribers.choose(number, all)
    expect((await site.send(manage, { action: 'choose', selection: tags(0, 58) })).status).toBe(303)
    const more = await site.send(manage, { action: 'choose', selection: tags(0, 59) })
    expect(more.status).toBe(422)
    expect(await more.text()).toContain(notify.wrong.tooMany)
    expect(await choicesAt(manage)).toHaveLength(58)
  })
})
