import { maxFeedLength } from '../domain/feed.ts'
import { isLoopback } from '../domain/loopback.ts'
import type { Problem, Result } from '../domain/problem.ts'
import { failure, success } from '../domain/problem.ts'
import type { Site } from '../domain/site.ts'
import { defaultNetworks } from '../share/networks.ts'
import {
  parseCreators,
  parseDigits,
  parseHosts,
  parseHubs,
  parseImage,
  parseLanguage,
  parseNetworks,
  parseOrigin,
  parseSwitch,
  parseText,
  parseTimeZone,
  parseTokens,
  parseWhole,
  type Token,
} from './parsers.ts'

interface Setting<T> {
  name: string
  /** Throws a RangeError that says what would be right. */
  parse: (value: string) => T
  default: string
  help: string
}

const setting = <T>(row: Setting<T>): Setting<T> => row

/** Every setting: one row is its name, parser, default and documentation. */
export const settings = {
  url: setting({
    name: 'SITE_URL',
    parse: parseOrigin,
    default: '',
    help: 'The address of this Worker, such as `https://flux.example.com`. All absolute links and ids are built from it. Required: without it every answer is 503.',
  }),
  title: setting({
    name: 'SITE_TITLE',
    parse: parseText,
    default: 'Kiosque',
    help: 'The name of the site, in feeds and pages.',
  }),
  description: setting({
    name: 'SITE_DESCRIPTION',
    parse: parseText,
    default: 'Les articles de la rédaction',
    help: 'One line about the site: the description of its feeds.',
  }),
  language: setting({
    name: 'SITE_LANGUAGE',
    parse: parseLanguage,
    default: 'fr-CA',
    help: 'The language of the site and of articles that name none (BCP 47). French and English pages are built in.',
  }),
  copyright: setting({
    name: 'SITE_COPYRIGHT',
    parse: (value) => value.trim(),
    default: '',
    help: 'The copyright line of the feeds, for readers; an article may carry its own.',
  }),
  timeZone: setting({
    name: 'TIME_ZONE',
    parse: parseTimeZone,
    default: 'America/Toronto',
    help: 'The zone in which pages show dates (IANA name). Feeds always say UTC.',
  }),
  image: setting({
    name: 'SITE_IMAGE',
    parse: parseImage,
    default: '/card.png 1200x630',
    help: 'The picture of previews where an article has none: its address or a path of this Worker, its size, and what it shows, such as `https://example.com/carte.jpg 1200x630 La une du jour`. Under 300 kB is safe everywhere.',
  }),
  creators: setting({
    name: 'FEDIVERSE_CREATORS',
    parse: parseCreators,
    default: '',
    help: 'Who authors are in the fediverse, for the previews that show it: `Name=@handle@server` parted by commas. An author whose `url` is a profile (`https://server/@handle`) needs no entry.',
  }),
  feedLength: setting({
    name: 'FEED_LENGTH',
    parse: (value) => parseWhole(value, 1, maxFeedLength),
    default: '30',
    help: `How many articles a feed holds, 1 to ${maxFeedLength}.`,
  }),
  shareNetworks: setting({
    name: 'SHARE_NETWORKS',
    parse: parseNetworks,
    default: defaultNetworks.join(','),
    help: 'The networks that are offered, in their order: ids of docs/networks.md parted by commas; `A`, `B` and `C` stand for all of a tier.',
  }),
  facebookApp: setting({
    name: 'FACEBOOK_APP_ID',
    parse: parseDigits,
    default: '',
    help: 'The number of the site’s app at Facebook, which the networks `facebookdialog` and `messenger` need; without it they are not offered.',
  }),
  shareShort: setting({
    name: 'SHARE_SHORT_LINKS',
    parse: parseSwitch,
    default: 'false',
    help: '`true`: what readers share is the article’s short link, one for each network, so that it is counted when it is followed; else the article’s own address.',
  }),
  shareHosts: setting({
    name: 'SHARE_HOSTS',
    parse: parseHosts,
    default: '',
    help: 'The hosts of the newsroom’s own pages, for which `POST /api/share` makes links, parted by commas; one with a dot before it stands for its subdomains too, such as `.journal.example`. The host of `SITE_URL` needs no mention.',
  }),
  feedShareData: setting({
    name: 'FEED_SHARE_DATA',
    parse: parseSwitch,
    default: 'false',
    help: '`true`: JSON Feed carries the share links of each article, as `_share`.',
  }),
  feedShareRow: setting({
    name: 'FEED_SHARE_ROW',
    parse: parseSwitch,
    default: 'false',
    help: '`true`: the content of each article in every feed ends with a row of share links, as plain HTML.',
  }),
  publicHubs: setting({
    name: 'PUBLIC_HUBS',
    parse: parseHubs,
    default: '',
    help: 'Public WebSub hubs that are told of each change as well: https addresses parted by commas, such as `https://pubsubhubbub.appspot.com/`. The own hub needs no setting.',
  }),
  hubLoopback: setting({
    name: 'HUB_LOOPBACK',
    parse: parseSwitch,
    default: 'false',
    help: 'For development: `true` lets the hub call this machine (http, any port, `localhost`). Refused where `SITE_URL` is not on this machine; `npm start` sets it.',
  }),
  apiTokens: setting({
    name: 'API_TOKENS',
    parse: parseTokens,
    default: '',
    help: 'Who may use the API: `name:scope:hash` parted by commas; the scope is `read` (drafts too), `publish` (and read) or `admin` (everything), the hash the SHA-256 of the token in hexadecimal; `npx kiosque token new` makes one. A secret: keep it out of wrangler.toml. Without it every write is refused.',
  }),
} as const

export interface Config {
  site: Site
  feedLength: number
  shareNetworks: readonly string[]
  /** Digits; empty where the site has no app. */
  facebookApp: string
  /** Whether readers share short links, which are counted. */
  shareShort: boolean
  shareHosts: readonly string[]
  feedShareData: boolean
  feedShareRow: boolean
  apiTokens: readonly Token[]
  publicHubs: readonly string[]
  /** Whether the hub may call this machine. */
  hubLoopback: boolean
}

/** The settings out of the environment, or the first one that is wrong. */
export function parseConfig(environment: Record<string, unknown>): Result<Config> {
  const values: Record<string, unknown> = {}
  for (const [key, { name, parse, default: fallback }] of Object.entries(settings)) {
    const given = environment[name]
    try {
      values[key] = parse(typeof given === 'string' && given !== '' ? given : fallback)
    } catch (fault) {
      if (!(fault instanceof RangeError)) throw fault
      return failure({ kind: 'misconfigured', setting: name, reason: fault.message } satisfies Problem)
    }
  }
  const { feedLength, apiTokens, publicHubs, hubLoopback, ...others } = values as unknown as Site &
    Omit<Config, 'site'>
  const { shareNetworks, facebookApp, shareShort, shareHosts, feedShareData, feedShareRow, ...site } = others
  if (hubLoopback && !isLoopback(new URL(site.url).hostname)) {
    const reason = 'must be false where SITE_URL is not on this machine'
    return failure({ kind: 'misconfigured', setting: settings.hubLoopback.name, reason })
  }
  const share = { shareNetworks, facebookApp, shareShort, shareHosts, feedShareData, feedShareRow }
  return success({ site, feedLength, ...share, apiTokens, publicHubs, hubLoopback })
}
