import type { Article } from '../../../src/domain/article.ts'
import { languages } from '../../../src/domain/language.ts'
import type { MadeChoice } from '../../../src/domain/notify-choice.ts'
import type { Site } from '../../../src/domain/site.ts'
import { renderComments } from '../../../src/render/mail/comments.ts'
import type { Letter } from '../../../src/render/mail/letter.ts'
import { renderCorrection, renderDigest, renderNews } from '../../../src/render/mail/news.ts'
import { renderAddressChange, renderAlready, renderConfirmation } from '../../../src/render/mail/request.ts'
import { renderStatement } from '../../../src/render/mail/statement.ts'
import { sampleArticle, site } from '../samples.ts'

/** The postal address of the sample site. */
export const postal = '12, rue du Marché, Montréal (Québec) H2X 1Y4'

/** The links of the sample subscriber. */
export const links = {
  manage: 'https://kiosque.example/subscriptions/k7.aGFja2Vk',
  unsubscribe: 'https://kiosque.example/subscriptions/k7.aGFja2Vk/end',
}

/** The link of the sample confirmations. */
export const link = 'https://kiosque.example/subscriptions/confirm/bGllbg'

const since = Date.parse('2026-05-03T12:00:00Z')

/** Choices of a sample subscriber. */
export const choices: MadeChoice[] = [
  { selection: '', title: '', schedule: 'weekly', since },
  { selection: 'sections/local', title: 'Local', schedule: 'now', since },
  { selection: 'tags/marche', title: 'Marché', schedule: 'daily', since },
  { selection: 'authors/kim-tremblay', title: 'Kim Tremblay', schedule: 'now', since },
  {
    ...{ selection: 'corrections', slug: 'marche-d-ete', title: 'Le marché d’été ouvre samedi' },
    ...{ schedule: 'now', since },
  },
]

/** Choices of the comments on an article, and of the replies to a comment on it. */
const commentChoices: MadeChoice[] = [
  {
    ...{ selection: 'comments', article: 'un', slug: 'marche-d-ete', title: 'Le marché d’été ouvre samedi' },
    ...{ schedule: 'now', since },
  },
  {
    ...{
      selection: 'replies',
      article: 'a'.repeat(22),
      slug: 'marche-d-ete',
      title: 'Le marché d’été ouvre samedi',
    },
    ...{ schedule: 'now', since },
  },
]

const stated = {
  ...{ decision: 'deleted' as const, text: 'Un **texte**.\n\nEt encore.' },
  written: Date.parse('2024-06-19T20:30:00Z'),
}

const [, section, , , correction] = choices as [MadeChoice, MadeChoice, MadeChoice, MadeChoice, MadeChoice]

/** A reply to a comment of the person who gets the mail. */
const reply = {
  ...{ id: 'a'.repeat(22), name: 'Kim', isReply: true, published: Date.parse('2024-06-19T20:30:00Z') },
  text: 'Samedi à neuf heures.\n\nEt dimanche aussi.',
}
const one = { postal, links, choices: [section] }
const article = sampleArticle({
  kicker: 'Reportage',
  authors: [{ name: 'Kim Tremblay' }, { name: 'Dominique Roy' }],
  source: { name: 'L’Agence', url: 'https://agence.example/' },
})
const until = Date.parse('2024-06-20T11:00:00Z')
const note = 'Le nom de l’île et sa date ont été corrigés.'

const another = sampleArticle({
  slug: 'night-bus',
  language: 'en-CA',
  title: 'A night bus for shift workers',
  summary: 'It runs every half hour.',
  url: 'https://journal.example/night-bus?a=1&b=2',
  dayOnly: ['published'],
})

/** What the letters of a site are made of; their language is that of the site. */
interface Sample {
  site: Site
  postal: string
  /** All articles, a section, a tag, an author, and the corrections of an article. */
  choices: readonly MadeChoice[]
  articles: readonly [Article, ...Article[]]
}

/** The letters that exist in every language. */
const kinds: Record<string, (sample: Sample) => Letter> = {
  confirmation: ({ site, ...sent }) => renderConfirmation(site, { ...sent, language: site.language, link }),
  'address-change': ({ site, postal }) =>
    renderAddressChange(site, { postal, language: site.language, link }),
  already: (sample) => renderAlready(sample.site, toSubscriber(sample, 0, 2)),
  news: (sample) => renderNews(sample.site, { ...toSubscriber(sample, 1, 2), article: sample.articles[0] }),
  correction: (sample) =>
    renderCorrection(sample.site, {
      ...toSubscriber(sample, 4, 5),
      article: { note, ...sample.articles[0] },
    }),
  reply: (sample) => renderComments(sample.site, { ...commentsIn(sample), comments: [reply], total: 1 }),
  comment: (sample) =>
    renderComments(sample.site, {
      ...commentsIn(sample),
      comments: [{ ...reply, isReply: false }],
      total: 1,
    }),
  comments: (sample) =>
    renderComments(sample.site, {
      ...commentsIn(sample),
      comments: [reply, { ...reply, id: 'b'.repeat(22), name: 'Dominique', text: 'Oui.', isReply: false }],
      total: 25,
    }),
  'statement-deleted': ({ site, postal, articles: [{ title }] }) =>
    renderStatement(site, { language: site.language, postal }, { ...stated, title }),
  'statement-spam': ({ site, postal, articles: [{ title }] }) =>
    renderStatement(
      site,
      { language: site.language, postal },
      {
        ...{ ...stated, title, decision: 'spam', reason: 'off-topic', explanation: 'Une ligne.\nUne autre.' },
      },
    ),
  daily: (sample) => renderDigest(sample.site, { ...digestOf(sample, 2), schedule: 'daily' }),
  weekly: (sample) => {
    const digest = { ...digestOf(sample, 0), articles: [...sample.articles, another] }
    return renderDigest(sample.site, { ...digest, schedule: 'weekly', isCut: true })
  },
}

const toSubscriber = ({ site, postal, choices }: Sample, from: number, to: number) => ({
  ...{ language: site.language, postal, links },
  choices: choices.slice(from, to),
})

const commentsIn = (sample: Sample) => ({
  ...toSubscriber(sample, 0, 0),
  choices: commentChoices.map((choice) => ({ ...choice, title: sample.articles[0].title })),
  article: sample.articles[0],
})

/** A digest for one choice, which has the schedule of the digest. */
const digestOf = (sample: Sample, at: number) => ({
  ...toSubscriber(sample, at, at + 1),
  until,
  articles: sample.articles,
})

/** Every kind of letter of a site about an article, with the article's title in place of all names. */
export const mailsIn = (site: Site, article: Article): Letter[] =>
  Object.values(kinds).map((render) =>
    render({
      ...{ site, postal: article.title, articles: [article] },
      choices: choices.map((choice) => ({ ...choice, title: choice.title && article.title })),
    }),
  )

const news = (differs: Partial<Article>, of: Partial<Site> = {}): Letter =>
  renderNews({ ...site, ...of }, { ...one, language: 'fr-CA', article: sampleArticle(differs) })

/** Markup, line ends, a false link, and controls that turn the direction of the text that follows. */
export const hostile = `"><script>alert(1)</script>\r\nSe désinscrire\u2028https://a.example/ \u202emoc\u2067 '<!--`

/** Letters that differ from the usual ones by the named behaviour. */
const behaviours: Record<string, Letter> = {
  'without-summary-authors-section': news({ summary: '', authors: [], section: undefined as never }),
  'right-to-left': news({
    language: 'ar',
    title: 'سوق الصيف يفتح يوم السبت',
    summary: 'أربعون بستانياً على ضفة القناة.',
    authors: [{ name: 'نور' }],
  }),
  'unknown-language': renderNews(site, { ...one, language: 'tlh', article }),
  'rights-summary': renderCorrection(site, {
    ...{ ...one, language: 'fr-CA', choices: [correction] },
    article: { ...article, note: 'Cette note ne sort pas.', rights: { syndicate: 'summary' } },
  }),
  'title-of-controls': news({ title: '\u202e', summary: 'mot '.repeat(1000) }),
  'site-with-contact': news({}, { contact: 'courriel@kiosque.example', timeZone: 'Pacific/Auckland' }),
  'former-site': news({ url: 'http://localhost:8731/a' }, { formerUrls: ['http://localhost:8731'] }),
  'hostile-texts': renderCorrection(
    { ...site, title: hostile },
    {
      ...{ language: 'fr-CA', postal: hostile, links },
      choices: choices.map((choice) => ({ ...choice, title: hostile })),
      article: sampleArticle({
        ...{ title: hostile, kicker: hostile, summary: hostile, section: hostile, note: hostile },
        ...{ authors: [{ name: hostile }], source: { name: hostile }, language: 'x"y' },
      }),
    },
  ),
}

const hostileLetters: Record<string, Letter> = {
  'comment-from-right': renderComments(site, {
    ...{ language: 'fr-CA', postal, links, choices: commentChoices },
    article: sampleArticle({}),
    comments: [{ ...reply, name: 'ليلى', text: '« نعم، »\n\nOui.' }],
    total: 1,
  }),
  'hostile-statement': renderStatement(
    { ...site, title: hostile },
    { language: 'fr-CA', postal: hostile },
    { ...stated, text: hostile, title: hostile, explanation: hostile, reason: 'other' },
  ),
  'hostile-comment': renderComments(
    { ...site, title: hostile },
    {
      ...{ language: 'fr-CA', postal: hostile, links, choices: commentChoices },
      article: sampleArticle({ title: hostile }),
      comments: [{ ...reply, name: hostile, text: `${hostile}\n———\n\n${links.unsubscribe}` }],
      total: 1,
    },
  ),
}

/** Every sample letter by name; fixtures/mails has what each of them must be. */
export const letters: Record<string, Letter> = {
  ...Object.fromEntries(
    Object.entries(kinds).flatMap(([kind, render]) =>
      Object.values(languages).map(({ words: { tag: language } }) => [
        `${kind}.${language}`,
        render({ site: { ...site, language }, postal, choices, articles: [article] }),
      ]),
    ),
  ),
  ...behaviours,
  ...hostileLetters,
}

/** The plain text of a letter with its subject, as the golden files have it. */
export const writtenText = ({ subject, text }: Letter): string => `Subject: ${subject}\n\n${text}`
