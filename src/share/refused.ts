import type { Grade } from './network.ts'

/** A network for which no share links are made: it has closed, has no address for sharing, or should not be used. */
interface Refused {
  id: string
  status: 'closed' | 'none' | 'unwanted'
  reason: string
  evidence: readonly Grade[]
  /** The ids of the networks that readers can use in place of the refused network, the best first. */
  use: readonly string[]
}

const closed = (id: string, grade: Grade, reason: string, ...use: string[]): Refused => ({
  ...{ id, status: 'closed', reason, evidence: [grade], use },
})
const none = (id: string, grade: Grade, reason: string): Refused => ({
  ...{ id, status: 'none', reason, evidence: [grade], use: ['copy'] },
})

/**
 * The networks that other websites still offer or that people often ask for, each with the reason why Kiosque
 * refuses it and the networks that readers can use in its place.
 */
export const refused: readonly Refused[] = [
  closed('pocket', 'B', 'closed on 8 July 2025 and deleted its data', 'instapaper', 'raindrop'),
  closed('xing', 'I', 'has had no working share button since May 2026', 'linkedin'),
  closed('workplace', 'B', 'closed on 1 June 2026', 'teams', 'email'),
  closed('skype', 'C', 'no longer supports its share address', 'teams', 'whatsapp'),
  closed('googleplus', 'K', 'closed in 2019', 'facebook', 'bluesky'),
  closed('googlebookmarks', 'K', 'closed in 2021', 'raindrop', 'pinboard'),
  closed('stumbleupon', 'K', 'closed in 2018', 'flipboard', 'reddit'),
  closed('mix', 'K', 'accepts no links any more', 'flipboard', 'reddit'),
  closed('delicious', 'K', 'accepts no links any more', 'pinboard', 'raindrop'),
  closed('flattr', 'K', 'closed in 2023', 'copy'),
  closed('tencentweibo', 'K', 'closed in 2020', 'weibo'),
  closed('omnivore', 'K', 'closed in 2024', 'instapaper', 'readwise'),
  closed('yummly', 'K', 'closed in 2024', 'pinterest'),
  closed('mashable', 'K', 'accepts no links from readers', 'reddit'),
  closed('baidu', 'K', 'has closed its share address', 'weibo'),
  closed('addthis', 'D', 'closed in 2023', 'copy'),
  closed('twitter', 'D', 'has been called x since 2023', 'x'),
  closed('facebooklike', 'B', 'has shown nothing since 10 February 2026', 'facebook'),
  none('signal', 'F', 'documents no share address; the device’s own share menu can share to it'),
  none('instagram', 'K', 'has no share address; the device’s own share menu can share to it'),
  none('tiktok', 'K', 'has no share address; the device’s own share menu can share to it'),
  none('discord', 'K', 'has no share address; the device’s own share menu can share to it'),
  none('native', 'D', 'is not a link; the share element offers native sharing if the browser supports it'),
  none('print', 'D', 'is not a link; the share element can print the page'),
  {
    id: 'wechat',
    status: 'none',
    evidence: ['K'],
    reason: 'accepts a link only as a QR code',
    use: ['qr', 'copy'],
  },
  {
    id: 'fediverse',
    status: 'none',
    evidence: ['I', 'C'],
    reason: 'opens existing posts only (web+ap:, web+mastodon:), and few browsers support it',
    use: ['mastodon', 'mastodonserver'],
  },
  {
    id: 'ai',
    status: 'unwanted',
    evidence: ['B'],
    reason: 'could be manipulated by a prompt in the link',
    use: ['copy'],
  },
]

/** Returns the refused network with this id; undefined if there is none. */
export const refusedOf = (id: string): Refused | undefined => refused.find((one) => one.id === id)
