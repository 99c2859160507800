import { setTimeout as pause } from 'node:timers/promises'
import { rfc3339 } from '../../../src/domain/instant.ts'
import { token } from '../../worker-process.ts'
import { send } from '../client.ts'

/** An article as it was published last. */
export interface Published {
  id: string
  title: string
  text: string
  link: string
  author: string
  tags: readonly string[]
  isWithdrawn: boolean
}

/** The site in its life cycle: what is published, by the name of the article or the comment. */
export interface Site {
  port: number
  published: Map<string, Published>
}

/** One change of the site, after which every feed reader polls and is checked. */
export interface Step {
  what: string
  change: (site: Site) => Promise<void>
  /** What feed readers must get in every feed. In the other steps they may get the whole feed or a delta. */
  answer?: 'whole feed' | 'not modified' | 'delta, where it is read'
}

/** What the feed readers go through: a site with these settings, the feed that they read of it, and what happens to it. */
export interface Life {
  /** What is published, for the last line about the part. */
  what: string
  settings: Record<string, string>
  /** The path of the feed without its format. */
  feed: string
  steps: readonly Step[]
}

const [tag, formerTag] = ['Belle saison & co', 'Été']
const [author, formerAuthor] = ['Kim Tremblay-Roy', 'Kim Tremblay']

/** The site's address in all documents. The feed readers poll the feeds at other addresses. */
const address = 'https://kiosque.example'

/** An article whose title and text have characters that are special in XML, in HTML, or in neither. */
const article = (name: string): Published => ({
  id: `tag:kiosque.example,2026:${name}`,
  title: `L’été d’Éloïse & « ${name} » : AT&T, 1 < 2`,
  text: `Premier mot de ${name} : cœur & âme, AT&T, 1 < 2, « où ? », 日本語.`,
  link: `${address}/articles/${name}`,
  author: formerAuthor,
  tags: [formerTag],
  isWithdrawn: false,
})

const inAnHour = () => rfc3339(Date.now() + 3_600_000)

const steps: readonly Step[] = [
  {
    what: 'first poll',
    change: async (site) => {
      for (const name of ['un', 'deux', 'trois', 'quatre', 'sept']) await save(site, name, article(name))
    },
    answer: 'whole feed',
  },
  // Newsboat keeps no entity-tag before its second poll.
  { what: 'second poll', change: async () => {} },
  { what: 'nothing has changed', change: async () => {}, answer: 'not modified' },
  {
    what: 'a correction',
    change: (site) =>
      save(site, 'deux', {
        ...now(site, 'deux'),
        title: 'Titre corrigé & relu',
        text: 'Texte corrigé & relu.',
      }),
  },
  {
    what: 'a new name of a tag',
    change: async (site) => {
      await call(site, 'PUT', '/api/tags/ete', { name: tag })
      for (const [name, one] of site.published) site.published.set(name, { ...one, tags: [tag] })
    },
  },
  {
    what: 'a new name of an author',
    change: async (site) => {
      await call(site, 'PUT', '/api/authors/kim-tremblay', { name: author })
      for (const [name, one] of site.published) site.published.set(name, { ...one, author })
    },
  },
  {
    what: 'a new slug',
    change: (site) => save(site, 'trois', { ...now(site, 'trois'), link: `${address}/articles/troisieme` }),
  },
  {
    what: 'a withdrawal',
    change: async (site) => {
      await call(site, 'DELETE', '/api/articles/quatre')
      site.published.set('quatre', { ...now(site, 'quatre'), isWithdrawn: true })
    },
  },
  {
    what: 'an article under embargo',
    change: (site) => saveFields(site, { ...article('cinq'), author, tags: [tag] }, { embargo: inAnHour() }),
  },
  {
    what: 'the end of an embargo',
    change: async (site) => {
      const end = Date.now() + 3000
      const cinq = { ...article('cinq'), author, tags: [tag] }
      await saveFields(site, cinq, { embargo: rfc3339(end) })
      await pause(end - Date.now())
      site.published.set('cinq', cinq)
    },
    answer: 'delta, where it is read',
  },
  {
    what: 'a new article',
    change: (site) => save(site, 'six', { ...article('six'), author, tags: [tag] }),
    answer: 'delta, where it is read',
  },
  {
    what: 'a correction of an old article',
    change: (site) => save(site, 'un', { ...now(site, 'un'), text: 'Un autre texte, « relu ».' }),
  },
  { what: 'nothing has changed', change: async () => {}, answer: 'not modified' },
]

/** A site's articles in its main feed. */
export const articleLife: Life = { what: 'articles', settings: {}, feed: '/feed', steps }

/** An article, or a comment, as it is published now. */
export function now(site: Site, name: string): Published {
  const one = site.published.get(name)
  if (!one) throw new Error(`nothing is published as ${name}`)
  return one
}

async function save(site: Site, name: string, one: Published): Promise<void> {
  await saveFields(site, one)
  site.published.set(name, one)
}

async function saveFields(site: Site, one: Published, more: Record<string, unknown> = {}): Promise<void> {
  const { id, title, text, link, tags } = one
  const slug = link.slice(`${address}/articles/`.length)
  await call(site, 'PUT', `/api/articles/${slug}`, {
    ...{ id, title, text, tags, authors: [{ name: one.author }] },
    // The address of an agency must not be taken for the address of the article.
    source: { name: 'Agence d’été', url: 'https://agence.example/' },
    ...more,
  })
}

/** Calls the API, and returns the body of the answer. */
export async function call({ port }: Site, method: string, path: string, fields?: unknown): Promise<string> {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
  const body = fields === undefined ? '' : JSON.stringify(fields)
  const { status, body: said } = await send(port, path, headers, { method, body })
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${said}`)
  return said
}
