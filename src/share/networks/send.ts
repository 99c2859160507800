import { sendBy, sendVia, shareIn } from '../labels.ts'
import { characters, charactersWithUrl, withUrl } from '../limits.ts'
import type { Network } from '../network.ts'

/**
 * The networks through which a reader sends an article to somebody. A site offers them only if its settings
 * name them.
 */
export const sending: readonly Network[] = [
  {
    id: 'sms',
    tier: 'B',
    group: 'send',
    kind: 'app',
    medium: 'sms',
    status: 'unofficial',
    docs: 'https://www.rfc-editor.org/rfc/rfc5724',
    verified: '2026-11',
    evidence: ['B', 'F'],
    label: sendBy('sms'),
    takes: 'text',
    // The address contains both `?` and `&` before the body of the text message, because some operating systems
    // expect `?` there and others expect `&`.
    href: ({ text, url }, render) => `sms:?&${render({ body: withUrl(text, url) })}`,
    example:
      'sms:?&body=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6%0Ahttps%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'teams',
    tier: 'B',
    group: 'send',
    kind: 'popup',
    medium: 'social',
    status: 'official',
    docs: 'https://learn.microsoft.com/en-us/microsoftteams/platform/concepts/build-and-test/share-to-teams-from-web-apps',
    verified: '2026-11',
    evidence: ['D', 'K'],
    label: shareIn('Teams'),
    takes: 'text',
    limit: characters(200),
    href: ({ text, url }, render) =>
      `https://teams.microsoft.com/share?${render({ href: url, msgText: text, preview: 'true' })}`,
    example:
      'https://teams.microsoft.com/share?href=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut&msgText=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6&preview=true',
  },
  {
    id: 'classroom',
    tier: 'B',
    group: 'send',
    kind: 'popup',
    medium: 'referral',
    status: 'unofficial',
    docs: 'https://developers.google.com/workspace/classroom/guides/sharebutton',
    verified: '2026-11',
    evidence: ['D', 'F'],
    label: shareIn('Google Classroom'),
    takes: 'title',
    href: ({ text, url }, render) => `https://classroom.google.com/share?${render({ url, title: text })}`,
    example:
      'https://classroom.google.com/share?url=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut&title=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6',
  },
  {
    id: 'messenger',
    tier: 'C',
    group: 'send',
    kind: 'popup',
    medium: 'social',
    status: 'official',
    docs: 'https://developers.facebook.com/documentation/sharing/reference/send-dialog',
    verified: '2026-11',
    evidence: ['C', 'B'],
    label: sendVia('Messenger'),
    takes: 'url',
    needs: 'facebookApp',
    href: ({ facebookApp, url }, render) =>
      `https://www.facebook.com/dialog/send?${render({ app_id: facebookApp ?? '', link: url, redirect_uri: url })}`,
    example:
      'https://www.facebook.com/dialog/send?app_id=1234567890&link=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut&redirect_uri=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'line',
    tier: 'C',
    group: 'send',
    kind: 'popup',
    medium: 'social',
    status: 'official',
    docs: 'https://developers.line.biz/en/docs/line-social-plugins/',
    verified: '2026-11',
    evidence: ['C', 'B'],
    label: sendVia('LINE'),
    takes: 'text',
    href: ({ text, url }, render) => `https://social-plugins.line.me/lineit/share?${render({ url, text })}`,
    example:
      'https://social-plugins.line.me/lineit/share?url=https%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut&text=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6',
  },
  {
    id: 'viber',
    tier: 'C',
    group: 'send',
    kind: 'app',
    medium: 'social',
    status: 'unofficial',
    docs: 'https://github.com/nygardk/react-share',
    verified: '2026-11',
    evidence: ['C', 'K'],
    label: sendVia('Viber'),
    takes: 'text',
    limit: charactersWithUrl(200),
    href: ({ text, url }, render) => `viber://forward?${render({ text: withUrl(text, url) })}`,
    example:
      'viber://forward?text=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6%0Ahttps%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'threema',
    tier: 'C',
    group: 'send',
    kind: 'app',
    medium: 'social',
    status: 'unofficial',
    docs: 'https://github.com/heiseonline/shariff',
    verified: '2026-11',
    evidence: ['C'],
    label: sendVia('Threema'),
    takes: 'text',
    href: ({ text, url }, render) => `threema://compose?${render({ text: withUrl(text, url) })}`,
    example:
      'threema://compose?text=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6%0Ahttps%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'gmail',
    tier: 'C',
    group: 'send',
    kind: 'popup',
    medium: 'email',
    status: 'unofficial',
    docs: 'https://github.com/kytta/shareon',
    verified: '2026-11',
    evidence: ['F'],
    label: sendVia('Gmail'),
    takes: 'text',
    href: ({ text, title, url }, render) =>
      `https://mail.google.com/mail/?view=cm&fs=1&${render({ su: title, body: withUrl(text, url, '\r\n\r\n') })}`,
    example:
      'https://mail.google.com/mail/?view=cm&fs=1&su=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6&body=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6%0D%0A%0D%0Ahttps%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'outlook',
    tier: 'C',
    group: 'send',
    kind: 'popup',
    medium: 'email',
    status: 'unofficial',
    docs: 'https://github.com/kytta/shareon',
    verified: '2026-11',
    evidence: ['F'],
    label: sendVia('Outlook'),
    takes: 'text',
    href: ({ text, title, url }, render) =>
      `https://outlook.live.com/mail/0/deeplink/compose?${render({ subject: title, body: withUrl(text, url, '\r\n\r\n') })}`,
    example:
      'https://outlook.live.com/mail/0/deeplink/compose?subject=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6&body=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6%0D%0A%0D%0Ahttps%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
  {
    id: 'outlookwork',
    tier: 'C',
    group: 'send',
    kind: 'popup',
    medium: 'email',
    status: 'unofficial',
    docs: 'https://github.com/kytta/shareon',
    verified: '2026-11',
    evidence: ['F'],
    label: sendVia('Outlook', 'atWork'),
    takes: 'text',
    href: ({ text, title, url }, render) =>
      `https://outlook.office.com/mail/deeplink/compose?${render({ subject: title, body: withUrl(text, url, '\r\n\r\n') })}`,
    example:
      'https://outlook.office.com/mail/deeplink/compose?subject=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6&body=%C2%AB%20L%E2%80%99%C3%A9t%C3%A9%20%C2%BB%20%3A%20100%20%25%20%22d%27ici%22%20%26%20%23tag%E2%80%A6%0D%0A%0D%0Ahttps%3A%2F%2Fkiosque.example%2Farticles%2F%C3%A9t%C3%A9%3Fa%3D1%26b%3D2%23haut',
  },
]
