import type { Grade } from './network.ts'

/** A network that is asked for in vain: closed, without any address to share to, or better not used. */
interface Refused {
  id: string
  status: 'closed' | 'none' | 'unwanted'
  reason: string
  evidence: readonly Grade[]
  /** Ids of what does the same, best first. */
  use: readonly string[]
}

const closed = (id: string, grade: Grade, reason: string, ...use: string[]): Refused => ({
  ...{ id, status: 'closed', reason, evidence: [grade], use },
})
const none = (id: string, grade: Grade, reason: string): Refused => ({
  ...{ id, status: 'none', reason, evidence: [grade], use: ['copy'] },
})

/** What other lists still offer, and what is often asked for: why it is not offered here, and what is. */
export const refused: readonly Refused[] = [
  closed('pocket', 'B', 'closed on 8 July 2025, its data is gone', 'instapaper', 'raindrop'),
  closed('xing', 'I', 'its share button stopped working in May 2026', 'linkedin'),
  closed('workplace', 'B', 'closed on 1 June 2026', 'teams', 'email'),
  closed('skype', 'C', 'its share address is no longer supported', 'teams', 'whatsapp'),
  closed('googleplus', 'K', 'closed in 2019', 'facebook', 'bluesky'),
  closed('googlebookmarks', 'K', 'closed in 2021', 'raindrop', 'pinboard'),
  closed('stumbleupon', 'K', 'closed in 2018', 'flipboard', 'reddit'),
  closed('mix', 'K', 'takes no links any more', 'flipboard', 'reddit'),
  closed('delicious', 'K', 'takes no links any more', 'pinboard', 'raindrop'),
  closed('flattr', 'K', 'closed in 2023', 'copy'),
  closed('tencentweibo', 'K', 'closed in 2020', 'weibo'),
  closed('omnivore', 'K', 'closed in 2024', 'instapaper', 'readwise'),
  closed('yummly', 'K', 'closed in 2024', 'pinterest'),
  closed('mashable', 'K', 'takes no links from readers', 'reddit'),
  closed('baidu', 'K', 'its share address is closed', 'weibo'),
  closed('addthis', 'D', 'closed in 2023', 'copy'),
  closed('twitter', 'D', 'is called x since 2023', 'x'),
  closed('facebooklike', 'B', 'the plug-in has drawn nothing since 10 February 2026', 'facebook'),
  none('signal', 'F', 'documents no address to share to; sharing by the system reaches it'),
  none('instagram', 'K', 'has no address to share to; sharing by the system reaches it'),
  none('tiktok', 'K', 'has no address to share to; sharing by the system reaches it'),
  none('discord', 'K', 'has no address to share to; sharing by the system reaches it'),
  none('native', 'D', 'is no link: the share element offers it where the browser has it'),
  none('print', 'D', 'is no link: the share element prints'),
  {
    id: 'wechat',
    status: 'none',
    evidence: ['K'],
    reason: 'takes a link only as a QR code',
    use: ['qr', 'copy'],
  },
  {
    id: 'fediverse',
    status: 'none',
    evidence: ['I', 'C'],
    reason: 'web+ap: and web+mastodon: open what is already there, and few browsers know them',
    use: ['mastodon', 'mastodonserver'],
  },
  {
    id: 'ai',
    status: 'unwanted',
    evidence: ['B'],
    reason: 'a prompt in a link is a known way to bias an assistant',
    use: ['copy'],
  },
]

/** Why the network with this id is refused. */
export const refusedOf = (id: string): Refused | undefined => refused.find((one) => one.id === id)
