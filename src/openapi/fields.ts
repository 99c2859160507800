/** What a field of an article is for, in plain words; its limits come from the schema that validates it. */
interface Field {
  what: string
  /** What happens when it is left out. */
  otherwise?: string
  example?: unknown
  format?: string
}

const instant = { format: 'date-time', example: '2024-06-19T08:00:00-04:00' }
const webAddress = { format: 'uri' }
const fileAddress = { format: 'uri-reference' }

/** Every field of an article, by its path; the names inside a list stand after the name of the list. */
export const fields: Record<string, Field> = {
  slug: {
    what: 'The name of the article in addresses; no two articles have the same.',
    otherwise: 'made of the title, or the one in the address',
    example: 'le-marche-ouvre-samedi',
  },
  id: {
    what: 'The permanent identifier that feed readers know the article by. It never changes.',
    otherwise: 'the one it has, else made once as `tag:{host},{year}:{slug}`',
    example: 'tag:kiosque.example,2024:le-marche-ouvre-samedi',
  },
  url: {
    ...webAddress,
    what: 'Where readers read the article, when that is a page of your own site.',
    otherwise: '`/articles/{slug}` of this Worker',
    example: 'https://journal.example/le-marche-ouvre-samedi',
  },
  title: { what: 'The headline, as plain text on one line.', example: 'Le marché ouvre samedi' },
  summary: {
    what: 'The summary, as plain text on one line.',
    otherwise: 'an excerpt of the body; none when only a summary may be passed on',
    example: 'Quarante maraîchers y seront.',
  },
  html: {
    what: 'The body as HTML. Scripts, forms, handlers and the like are taken out.',
    example: '<p>Le marché ouvre samedi.</p>',
  },
  markdown: { what: 'The body as Markdown; it is stored as HTML.', example: 'Le marché ouvre **samedi**.' },
  text: {
    what: 'The body as plain text, in which a blank line parts paragraphs; it is stored as HTML.',
    example: 'Le marché ouvre samedi.',
  },
  language: {
    what: 'The language of the article (BCP 47).',
    otherwise: 'the setting `SITE_LANGUAGE`',
    example: 'fr-CA',
  },
  published: {
    ...instant,
    what: 'When the article was or will be published; nobody sees it before.',
    otherwise: 'the date it has, else now',
  },
  updated: {
    ...instant,
    what: 'When it was last changed in a way that readers should know of; not before `published`.',
    otherwise: 'now when anything changed, else as it was',
  },
  section: { what: 'The section that the article is in.', example: 'Ville' },
  tags: { what: 'Its tags.', otherwise: 'none', example: ['Marché', 'Été'] },
  authors: {
    what: 'Who wrote it: names, or objects with a name. They are stored as objects.',
    otherwise: 'none',
    example: ['Kim Tremblay'],
  },
  'authors.name': { what: 'The name, as it is printed.', example: 'Kim Tremblay' },
  'authors.url': { ...webAddress, what: 'A page about the author.' },
  'authors.email': { what: 'The address that the author may be written to; it is public.' },
  source: { what: 'Where the article came from, such as a news agency.' },
  'source.name': { what: 'The name of the source.', example: 'La Presse canadienne' },
  'source.url': { ...webAddress, what: 'The page of the source.' },
  image: { what: 'The lead picture.' },
  'image.url': { ...fileAddress, what: 'Where the picture is.', example: '/photos/marche.jpg' },
  'image.type': { what: 'Its media type.', example: 'image/jpeg' },
  'image.bytes': { what: 'The size of its file.', example: 84211 },
  'image.width': { what: 'Its width in pixels.', example: 1200 },
  'image.height': { what: 'Its height in pixels.', example: 800 },
  'image.alt': { what: 'What it shows, for those who cannot see it.' },
  'image.credit': { what: 'Whose picture it is.', example: 'Photo : Ana Roy' },
  attachments: { what: 'Files that go with the article, such as a recording.', otherwise: 'none' },
  'attachments.url': { ...fileAddress, what: 'Where the file is.' },
  'attachments.type': { what: 'Its media type.', example: 'audio/mpeg' },
  'attachments.bytes': { what: 'Its true size; podcast players want it.', example: 5242880 },
  'attachments.seconds': { what: 'How long it plays.', example: 312 },
  'attachments.title': { what: 'What it is called.' },
  rights: { what: 'What others may pass on.' },
  'rights.syndicate': {
    what: '`full`: the whole body. `summary`: only the summary, everywhere. `none`: the article is in no feed.',
    otherwise: '`full`',
  },
  'rights.copyright': { what: 'The copyright line of the article.' },
  'rights.license': { ...webAddress, what: 'The address of its licence.' },
  note: { what: 'What a correction changed, for readers; shown with the body.' },
  embargo: { ...instant, what: 'Nobody sees the article before this instant.' },
  expires: { ...instant, what: 'Nobody sees the article from this instant on; it is after `published`.' },
  status: {
    what: '`draft`: only tokens see it. `withdrawn`: its page says that it is gone.',
    otherwise: '`published`',
  },
}
