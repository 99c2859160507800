import { rfc3339 } from '../src/domain/instant.ts'

/**
 * Makes a WordPress export (WXR 1.2) with the given number of items, the same in every run: `node
 * scripts/wordpress-export.ts 1000 > export.xml`. Of every twenty items, twelve are published, two are drafts,
 * one is private, one is in the trash, one is scheduled, one is a page, one is a picture, and one awaits review
 * or has a password.
 */
const site = 'https://journal.example'
const start = Date.UTC(2016, 0, 4, 9, 0, 0)
const minutesApart = 37

const authors = [
  { login: 'jroy', name: 'Jean-François Roy' },
  { login: 'mcote', name: 'Marie Côté & fille' },
  { login: 'nobrien', name: 'Niamh O’Brien' },
]
/** The names of categories and tags. WordPress stores them as HTML, with `&amp;` for `&`. */
const categories = ['Monde', 'Économie', 'Sciences &amp; santé', 'Non classé', 'Été']
const tags = ['élections', 'Œuvre', 'C++', 'Île d’Orléans', '日本', 'R&amp;D']
const subjects = [
  'Le sommet',
  'L’Œuvre d’été',
  '« Bonjour »',
  'Profits & pertes',
  'La fin du ]]> code',
  '日本の夏 🎐',
]

/** The kind of an item: its type, status and password. */
interface Kind {
  type: 'post' | 'page' | 'attachment'
  status: string
  password?: string
}

export function kindOf(at: number): Kind {
  const place = at % 20
  if (place < 12) return { type: 'post', status: 'publish' }
  if (place < 14) return { type: 'post', status: 'draft' }
  if (place === 14) return { type: 'post', status: 'private' }
  if (place === 15) return { type: 'post', status: 'trash' }
  if (place === 16) return { type: 'post', status: 'future' }
  if (place === 17) return { type: 'page', status: 'publish' }
  if (place === 18) return { type: 'attachment', status: 'inherit' }
  if (at % 40 === 19) return { type: 'post', status: 'pending' }
  return { type: 'post', status: 'publish', password: 'sésame' }
}

export function wordpressExport(items: number): string {
  return `<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file. -->
<rss version="2.0"
  xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:wfw="http://wellformedweb.org/CommentAPI/"
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
  <title>Le Journal</title>
  <link>${site}</link>
  <description>Nouvelles &amp; analyses</description>
  <language>fr-CA</language>
  <wp:wxr_version>1.2</wp:wxr_version>
  <wp:base_site_url>${site}</wp:base_site_url>
${authors.map(author).join('')}${Array.from({ length: items }, (_, at) => item(at)).join('')}</channel>
</rss>
`
}

const author = ({ login, name }: { login: string; name: string }, at: number): string =>
  `  <wp:author><wp:author_id>${at + 1}</wp:author_id><wp:author_login>${cdata(login)}</wp:author_login>` +
  `<wp:author_email>${cdata(`${login}@journal.example`)}</wp:author_email>` +
  `<wp:author_display_name>${cdata(name)}</wp:author_display_name></wp:author>\n`

function item(at: number): string {
  const { type, status, password = '' } = kindOf(at)
  const isDraft = status === 'draft' || status === 'pending'
  const instant =
    status === 'future' ? Date.UTC(2099, 0, 1) + at * 60_000 : start + at * minutesApart * 60_000
  return `  <item>
    <title>${at % 3 === 0 ? escaped(titleAt(at)) : cdata(titleAt(at))}</title>
    <link>${site}/?p=${at + 1}</link>
    <pubDate>${new Date(instant).toUTCString()}</pubDate>
    <dc:creator>${cdata(pick(authors, at).login)}</dc:creator>
    <guid isPermaLink="false">${site}/?post_type=${type}&#038;p=${at + 1}</guid>
    <content:encoded>${cdata(type === 'attachment' ? '' : bodyAt(at))}</content:encoded>
    <excerpt:encoded>${cdata(at % 4 === 0 ? `Résumé de l’article ${at + 1} & suite.` : '')}</excerpt:encoded>
    <wp:post_id>${at + 1}</wp:post_id>
    <wp:post_date>${cdata(clock(instant - 5 * 3_600_000))}</wp:post_date>
    <wp:post_date_gmt>${cdata(isDraft ? '0000-00-00 00:00:00' : clock(instant))}</wp:post_date_gmt>
    <wp:post_modified>${cdata(clock(instant - 4 * 3_600_000))}</wp:post_modified>
    <wp:post_modified_gmt>${cdata(clock(instant + 3_600_000))}</wp:post_modified_gmt>
    <wp:post_name>${cdata(isDraft ? '' : nameAt(at, status))}</wp:post_name>
    <wp:status>${cdata(status)}</wp:status>
    <wp:post_parent>0</wp:post_parent>
    <wp:post_type>${cdata(type)}</wp:post_type>
    <wp:post_password>${cdata(password)}</wp:post_password>
${type === 'attachment' ? attachment(at) : terms(at)}  </item>
`
}

const titleAt = (at: number): string => `${pick(subjects, at)} no ${at + 1}`

/**
 * Returns the slug as WordPress writes it: letters outside ASCII are percent-encoded, and the slug of an item
 * in the trash ends with `__trashed`.
 */
function nameAt(at: number, status: string): string {
  const name = at % 6 === 5 ? encodeURIComponent(`日本の夏-${at + 1}`).toLowerCase() : `article-${at + 1}`
  return status === 'trash' ? `${name}__trashed` : name
}

function bodyAt(at: number): string {
  if (at % 2 === 0)
    return `<!-- wp:paragraph -->\n<p>Un premier paragraphe, avec des blocs, du texte ${at + 1} &amp; <em>suite</em>.</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:code -->\n<pre class="wp-block-code"><code>a[b[0]]&gt;1\n\nif (x]]>y)</code></pre>\n<!-- /wp:code -->`
  return `Un premier paragraphe « classique » no ${at + 1}.\nUne seconde ligne.\n\n[caption id="attachment_${at}" align="alignnone" width="300"]<img src="${site}/wp-content/uploads/${at}.jpg" alt="" /> La légende & son crédit[/caption]\n\nUn dernier paragraphe, avec un <a href="${site}/?a=1&amp;b=2">lien</a>.\n\n[gallery ids="1,2,3"]`
}

function terms(at: number): string {
  const picture = at - (at % 20) + 19
  return (
    term('category', pick(categories, at)) +
    (at % 5 === 0 ? term('category', pick(categories, at + 1)) : '') +
    term('post_tag', pick(tags, at)) +
    meta('_edit_last', '1') +
    (at % 2 === 0 ? meta('_thumbnail_id', String(picture)) : '')
  )
}

function term(domain: string, name: string): string {
  const nicename = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
  return `    <category domain="${domain}" nicename="${nicename}">${cdata(name)}</category>\n`
}

const attachment = (at: number): string =>
  `    <wp:attachment_url>${cdata(`${site}/wp-content/uploads/image-${at + 1}.jpg`)}</wp:attachment_url>\n` +
  meta('_wp_attachment_image_alt', `Une image & sa description no ${at + 1}`)

const meta = (key: string, value: string): string =>
  `    <wp:postmeta><wp:meta_key>${cdata(key)}</wp:meta_key><wp:meta_value>${cdata(value)}</wp:meta_value></wp:postmeta>\n`

const clock = (instant: number): string => rfc3339(instant).slice(0, 19).replace('T', ' ')
const pick = <Item>(list: readonly Item[], at: number): Item => list[at % list.length] as Item
const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

if (process.argv[1] === import.meta.filename) {
  const items = Number(process.argv[2])
  if (!Number.isSafeInteger(items) || items < 1) {
    console.error('Usage: node scripts/wordpress-export.ts N > export.xml')
    process.exit(1)
  }
  process.stdout.write(wordpressExport(items))
}
