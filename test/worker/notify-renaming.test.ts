import { beforeEach, describe, expect, test } from 'vitest'
import { hour, kim, minute, openTold, second, type ToldSite, thursday } from './told-site.ts'

let site: ToldSite

beforeEach(async () => {
  site = await openTold()
})

const rename = () => site.call('PUT', '/api/sections/monde', { name: 'International' })

/** Renames the section, and does something after the articles are saved, before the choices are moved. */
async function renameWith(what: () => Promise<unknown>): Promise<void> {
  const { store } = site.ports
  const { rename: former } = store
  store.rename = async (...given) => {
    await what()
    return former.call(store, ...given)
  }
  expect((await rename()).status).toBe(200)
  store.rename = former
}

describe('while a section is renamed, nothing that is owed is lost or told twice', () => {
  test('an article whose embargo has just ended', async () => {
    await site.subscribe(kim, ['sections/monde', 'now'])
    await site.publish('x', { embargo: site.instant(minute) })
    await site.tell()
    site.wait(minute + 20 * second)
    await renameWith(site.tell)
    await site.tell()
    await site.pass(2)
    expect(site.told()).toEqual([`${kim} x`])
  })

  test('a mail that is sent meanwhile', async () => {
    await site.subscribe(kim, ['sections/monde', 'now'])
    await site.publish('x')
    await renameWith(site.tell)
    await site.tell()
    await site.pass(2)
    expect(site.told()).toEqual([`${kim} x`])
  })

  test('a mail that has waited', async () => {
    await site.subscribe(kim, ['sections/monde', 'now'])
    site.refuse()
    await site.publish('x')
    await site.tell()
    site.accept()
    site.wait(2 * minute)
    await renameWith(site.tell)
    await site.pass(2)
    expect(site.told()).toEqual([`${kim} x`])
  })

  test.each(['daily', 'weekly'])('a %s digest', async (when) => {
    await site.subscribe(kim, ['sections/monde', when])
    await site.publish('x')
    await site.tell()
    site.at(when === 'daily' ? thursday : Date.parse('2024-06-24T11:00:00Z'))
    await renameWith(site.sweep)
    await site.tell()
    site.wait(hour)
    await site.pass(9)
    expect(site.told()).toEqual([`${kim} x`])
  })

  test('what is published under the new name between two requests of the rename', async () => {
    await site.subscribe(kim, ['sections/monde', 'now'], ['sections/sports', 'daily'])
    const { store } = site.ports
    const { rename: former } = store
    store.rename = async () => ({ kind: 'conflict' })
    expect((await rename()).status).toBe(409)
    store.rename = former
    await site.put('y', { section: 'International', title: 'Titre de y' })
    await site.tell()
    site.wait(minute)
    expect((await rename()).status).toBe(200)
    await site.pass(2)
    expect(site.told()).toEqual([`${kim} y`])
  })
})

test('after a rename, each has one choice of the section', async () => {
  const manage = await site.subscribe(kim, ['sections/monde', 'daily'], ['sections/sports', 'now'])
  expect((await rename()).status).toBe(200)
  const exported = await site.send(manage, { action: 'export' })
  const { choices } = await exported.json<{ choices: { selection: string }[] }>()
  expect(choices.map(({ selection }) => selection).toSorted()).toEqual([
    'sections/international',
    'sections/sports',
  ])
})
