import type { FolderPart } from '../../../src/domain/directory.ts'
import type { Folder } from '../../../src/domain/selection.ts'
import type { Site } from '../../../src/domain/site.ts'
import {
  renderAskedPage,
  renderConfirmPage,
  renderOutcomePage,
  renderUnsubscribePage,
} from '../../../src/pages/notify/answer.tsx'
import { renderManagePage } from '../../../src/pages/notify/manage.tsx'
import { renderSubscribePage } from '../../../src/pages/notify/subscribe.tsx'
import { choices, postal } from '../../render/mail/letters.ts'

/** A part of the directory with selections of these names. */
export const partOf = (folder: Folder, names: readonly string[], next?: string): FolderPart => ({
  folder,
  selections: names.map((title) => ({
    path: `${folder}/${title.toLowerCase().replaceAll(' ', '-')}`,
    title,
  })),
  ...(next !== undefined && { next }),
})

/** Every page about notifications on a site, by name; the texts of the site and of its articles are `name`. */
export function notifyPages(site: Site, name: string): Record<string, string> {
  const { language } = site
  const parts = [partOf('sections', [name]), partOf('tags', [name], 'tags/z'), partOf('authors', [name])]
  const named = choices.map((choice) => ({ ...choice, title: choice.title && name }))
  const own = { site, language }
  const agreed = Date.parse('2026-05-03T12:00:00Z')
  const managed = { ...own, email: 'zz@zz.example', agreed, choices: named, parts, isPaused: false }
  const given = { email: 'zz@', selections: ['sections/zz'], when: 'daily' } as const
  const done = ['saved', 'confirmed', 'resumed', 'addressAsked', 'addressKept', 'addressChanged'] as const
  const outcomes = ['alreadyConfirmed', 'ended', 'erased', 'erasedRequest', 'expired', 'invalid'] as const
  return {
    subscribe: renderSubscribePage({ site, postal: name, parts }),
    'subscribe, also in the browser': renderSubscribePage({ site, postal: name, pushKey: 'B', parts }),
    'subscribe, only in the browser': renderSubscribePage({ site, pushKey: 'B', parts }),
    'wrong e-mail': renderSubscribePage({ site, postal: name, parts, given, mistake: 'email' }),
    'nothing ticked': renderSubscribePage({
      ...{ site, postal, parts, mistake: 'selection' },
      given: { ...given, selections: [] },
    }),
    'too many ticked': renderSubscribePage({ site, postal: name, parts, given, mistake: 'tooMany' }),
    'a wrong choice': renderSubscribePage({ site, postal: name, parts, given, mistake: 'invalid' }),
    asked: renderAskedPage(own),
    'confirm too many': renderConfirmPage({ ...own, choices: named, manage: '/subscriptions/z' }),
    confirm: renderConfirmPage({ ...own, choices: named, consent: 'zz\nzz' }),
    'confirm the address': renderConfirmPage(own),
    'confirm the address of another': renderConfirmPage({ ...own, isJoined: true }),
    unsubscribe: renderUnsubscribePage(own),
    manage: renderManagePage(managed),
    'manage a browser': renderManagePage({ ...managed, email: undefined }),
    'manage, paused': renderManagePage({ ...managed, isPaused: true, mistake: 'email' }),
    'manage, nothing ticked': renderManagePage({ ...managed, mistake: 'selection' }),
    'ended in a browser': renderOutcomePage({ ...own, outcome: 'ended', isBrowser: true, isPushOn: true }),
    ...Object.fromEntries(done.map((one) => [one, renderManagePage({ ...managed, done: one })])),
    ...Object.fromEntries(
      outcomes.map((outcome) => [outcome, renderOutcomePage({ ...own, outcome, isPushOn: true })]),
    ),
  }
}
