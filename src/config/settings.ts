import { maxFeedLength } from '../domain/feed.ts'
import { languages } from '../domain/language.ts'
import { isLoopback } from '../domain/loopback.ts'
import type { Problem, Result } from '../domain/problem.ts'
import { failure, success } from '../domain/problem.ts'
import type { Site } from '../domain/site.ts'
import { defaultNetworks } from '../share/networks.ts'
import { commentSettings, commentsSetting } from './comments.ts'
import { mailOf } from './mail.ts'
import { mailSettings } from './mail-settings.ts'
import {
  parseContact,
  parseCreators,
  parseDigits,
  parseHosts,
  parseHubs,
  parseIcon,
  parseImage,
  parseLanguage,
  parseNetworks,
  parseOrigin,
  parseOrigins,
  parseSwitch,
  parseText,
  parseTimeZone,
  parseTokens,
  parseWhole,
} from './parsers.ts'
import { pushOf } from './push.ts'
import { pushSettings } from './push-settings.ts'
import { type Setting, setting } from './setting.ts'

/** The settings that describe the site. The compiler demands one row for each field of `Site`. */
const siteSettings = {
  url: setting({
    name: 'SITE_URL',
    parse: parseOrigin,
    default: '',
    help: 'The address of this Worker, such as `https://flux.example.com`. Kiosque builds all absolute links and ids from this address. Required: every answer is a 503 until `SITE_URL` is set.',
  }),
  formerUrls: setting({
    name: 'FORMER_SITE_URLS',
    parse: parseOrigins,
    default: '',
    help: 'The addresses that this Worker had before, separated by commas, such as `https://ancien.example.com, http://localhost:8787`. Kiosque treats stored addresses of these hosts as addresses of `SITE_URL`. Ids do not change.',
  }),
  title: setting({
    name: 'SITE_TITLE',
    parse: parseText,
    default: 'Kiosque',
    help: 'The name of the site in feeds and pages.',
  }),
  description: setting({
    name: 'SITE_DESCRIPTION',
    parse: parseText,
    default: 'Les articles de la rédaction',
    help: 'A description of the site in one line. Each feed contains this line as the feed’s description.',
  }),
  language: setting({
    name: 'SITE_LANGUAGE',
    parse: parseLanguage,
    default: 'fr-CA',
    help: `The language of the site’s pages, and of articles that name no language (a BCP 47 tag). Kiosque has texts in ${Object.keys(
      languages,
    )
      .map((name) => `\`${name}\``)
      .join(', ')}, for any region; in other languages the texts are English.`,
  }),
  copyright: setting({
    name: 'SITE_COPYRIGHT',
    parse: (value) => value.trim(),
    default: '',
    help: 'The copyright line of the feeds. An article’s own copyright line, if it has one, is shown with that article.',
  }),
  timeZone: setting({
    name: 'TIME_ZONE',
    parse: parseTimeZone,
    default: 'America/Toronto',
    help: 'The time zone of the dates on pages (IANA name). Feeds always use UTC.',
  }),
  image: setting({
    name: 'SITE_IMAGE',
    parse: parseImage,
    default: '/card.png 1200x630',
    help: 'The picture that link previews show for articles without a picture: the picture’s address (or a path of this Worker), its size in pixels and a description, separated by spaces, such as `https://example.com/carte.jpg 1200x630 La une du jour`. Every share network accepts a picture smaller than 300 kB.',
  }),
  icon: setting({
    name: 'SITE_ICON',
    parse: parseIcon,
    default: '',
    help: 'The square icon of the site: its https address (or a path of this Worker), its size in pixels and perhaps the site’s colour, separated by spaces, such as `https://example.com/icone.png 512x512 #9a2318`. Feeds, pages and the web app manifest name this icon. RSS names only a GIF, JPEG or PNG as its picture, and the size only up to 144 pixels, as the format demands. If `SITE_ICON` is empty, pages, Atom and JSON Feed name the built-in icon, and RSS names none.',
  }),
  contact: setting({
    name: 'SITE_CONTACT',
    parse: parseContact,
    default: '',
    help: 'Where the authors of feed readers can write: an e-mail address or an https address, such as `flux@example.com`. The page `/feeds`, the page that a browser shows for a feed, and `/feeds.opml` name it; feeds do not.',
  }),
  creators: setting({
    name: 'FEDIVERSE_CREATORS',
    parse: parseCreators,
    default: '',
    help: 'The fediverse accounts of authors as `Name=@handle@server`, separated by commas. The name has the accents and signs of the author’s name; letter case does not matter. Mastodon shows the author’s account in link previews. An author whose `url` is a profile (`https://server/@handle`) needs no entry.',
  }),
  comments: commentsSetting,
} satisfies { [Field in keyof Site]: Setting<Site[Field]> }

/** All settings that do not describe the site; each row is a field of `Config`. */
const otherSettings = {
  feedLength: setting({
    name: 'FEED_LENGTH',
    parse: (value) => parseWhole(value, 1, maxFeedLength),
    default: '30',
    help: `The number of articles in a feed, 1 to ${maxFeedLength}.`,
  }),
  shareNetworks: setting({
    name: 'SHARE_NETWORKS',
    parse: parseNetworks,
    default: defaultNetworks.join(','),
    help: 'The ids of the share networks that pages offer, separated by commas, in the order in which pages show them; docs/networks.md lists the ids. `A`, `B` or `C` stands for all networks of that tier.',
  }),
  facebookApp: setting({
    name: 'FACEBOOK_APP_ID',
    parse: parseDigits,
    default: '',
    help: 'The id of the site’s Facebook app. Kiosque offers the networks `facebookdialog` and `messenger` only if this id is set.',
  }),
  shareShort: setting({
    name: 'SHARE_SHORT_LINKS',
    parse: parseSwitch,
    default: 'false',
    help: '`true`: each share link contains a short link instead of the article’s address, so that Kiosque counts for each network how often people follow the short link. `false`: each share link contains the article’s address.',
  }),
  shareHosts: setting({
    name: 'SHARE_HOSTS',
    parse: parseHosts,
    default: '',
    help: 'The hosts of the newsroom’s own website, separated by commas. `POST /api/share` makes share links only for pages on these hosts and on the host of `SITE_URL`. A host with a dot before it, such as `.journal.example`, includes its subdomains.',
  }),
  feedShareData: setting({
    name: 'FEED_SHARE_DATA',
    parse: parseSwitch,
    default: 'false',
    help: '`true`: each item of a JSON feed contains the article’s share links in the member `_kiosque.share`.',
  }),
  feedShareRow: setting({
    name: 'FEED_SHARE_ROW',
    parse: parseSwitch,
    default: 'false',
    help: '`true`: in every feed, each article’s content ends with a row of share links in plain HTML.',
  }),
  publicHubs: setting({
    name: 'PUBLIC_HUBS',
    parse: parseHubs,
    default: '',
    help: 'The https addresses of public WebSub hubs, separated by commas, such as `https://pubsubhubbub.appspot.com/`. Kiosque notifies these hubs of each change, in addition to its own hub, which needs no setting.',
  }),
  hubSha1Hosts: setting({
    name: 'HUB_SHA1_HOSTS',
    parse: parseHosts,
    default: '',
    help: 'The hosts of WebSub callbacks that can check only sha1 signatures, separated by commas, such as `lecteur.example, .social.example`. Deliveries to these hosts are signed with sha1, all others with sha256. A host with a dot before it includes its subdomains.',
  }),
  hubLoopback: setting({
    name: 'HUB_LOOPBACK',
    parse: parseSwitch,
    default: 'false',
    help: 'For development only. `true`: the hub may call subscribers on the machine on which Kiosque runs, such as `http://localhost:9000`, and browsers may have push endpoints there. Kiosque refuses `true` if `SITE_URL` is not an address of that machine. `npm start` sets `true`.',
  }),
  apiTokens: setting({
    name: 'API_TOKENS',
    parse: parseTokens,
    default: '',
    help: 'The tokens for the API, as entries `name:scope:hash` separated by commas. The scope is `read` (may read all articles and drafts), `moderate` (may read comments that are not public and decide about them, and nothing else), `publish` (may read and write articles) or `admin` (may do everything). The hash is the SHA-256 of the token in hexadecimal; `npx kiosque token new` creates a token and the token’s entry. Store `API_TOKENS` as a secret, not in wrangler.toml. Kiosque refuses every write until `API_TOKENS` is set.',
  }),
  ...mailSettings,
  ...pushSettings,
  ...commentSettings,
}

/** All settings, by field name. Each row contains the setting's name, parser, default value and documentation. */
export const settings = { ...siteSettings, ...otherSettings }

/** The types of the parsed settings, by field name. */
type Values<Rows> = { [Field in keyof Rows]: Rows[Field] extends Setting<infer T> ? T : never }

/**
 * All parsed settings. Those that describe the site are together in `site`; each other setting is a field of
 * its own.
 */
export interface Config extends Readonly<Values<typeof otherSettings>> {
  site: Site
}

/**
 * The settings that an answer to a reader may depend on, and so the digest in each ETag: all but the API's tokens, the hosts that
 * get sha1 signatures, what only the form of a comment depends on, and the settings of mail and Web Push, of which pages only show the postal address and the public key.
 */
export function shownSettings(config: Config): object {
  const { apiTokens, hubSha1Hosts, ...others } = config
  const { mailServer, mailFrom, sitePostal, subscriptionSecrets, ...more } = others
  const { digestHour, digestDay, mailCap, mailLoopback, vapidKeys, commentWords, ...few } = more
  const { turnstileSiteKey, turnstileSecret, akismetKey, commentDays, commentOrigins, ...shown } = few
  const [mail, push] = [mailOf(config), pushOf(config)]
  return {
    ...shown,
    ...(mail.kind === 'on' && { mail: mail.mail.postal }),
    ...(push.kind === 'on' && { push: push.push.keys[0].publicKey }),
  }
}

/** Parses the settings in the environment; returns a problem that names the first invalid setting. */
export function parseConfig(environment: object): Result<Config> {
  const site = parseRows(siteSettings, environment)
  if (!site.ok) return site
  const others = parseRows(otherSettings, environment)
  if (!others.ok) return others
  if (!isLoopback(new URL(site.value.url).hostname)) {
    const { hubLoopback, mailLoopback } = others.value
    const reason = 'where SITE_URL is not on this machine'
    if (hubLoopback) return misconfigured(settings.hubLoopback.name, `must be false ${reason}`)
    if (mailLoopback) return misconfigured(settings.mailLoopback.name, `must be empty ${reason}`)
  }
  return success({ site: site.value, ...others.value })
}

function parseRows<Rows extends Record<string, Setting<unknown>>>(
  rows: Rows,
  environment: object,
): Result<Values<Rows>> {
  const values: Record<string, unknown> = {}
  for (const [field, { name, parse, default: fallback }] of Object.entries(rows)) {
    const given: unknown = Reflect.get(environment, name)
    try {
      values[field] = parse(typeof given === 'string' && given !== '' ? given : fallback)
    } catch (fault) {
      if (!(fault instanceof RangeError)) throw fault
      return misconfigured(name, fault.message)
    }
  }
  // The type assertion on the parsed settings is safe, because each value was returned by the parser of its own
  // setting.
  return success(values as Values<Rows>)
}

const misconfigured = (setting: string, reason: string) =>
  failure({ kind: 'misconfigured', setting, reason } satisfies Problem)
