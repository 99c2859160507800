import type { ArticleInput } from '../domain/input.ts'
import { slug } from './problems.ts'

/**
 * The fields that the full example of an article omits: the body is given in only one of its forms, and the
 * other fields are for special cases.
 */
type LeftOut = 'html' | 'text' | 'updated' | 'dayOnly' | 'note' | 'embargo' | 'expires'

export const small = { title: 'Le marché ouvre samedi', text: 'Quarante maraîchers y seront.' }

export const smallStored = {
  slug,
  id: `tag:kiosque.example,2024:${slug}`,
  title: 'Le marché ouvre samedi',
  summary: 'Quarante maraîchers y seront.',
  html: '<p>Quarante maraîchers y seront.</p>',
  language: 'fr-CA',
  published: '2024-06-19T16:00:00Z',
  updated: '2024-06-19T16:00:00Z',
  tags: [],
  authors: [],
  attachments: [],
  rights: { syndicate: 'full' },
  status: 'published',
}

export const full = {
  slug,
  id: 'urn:uuid:1b4e28ba-2fa1-11d2-883f-0016d3cca427',
  url: 'https://journal.example/le-marche-ouvre-samedi',
  title: 'Le marché ouvre samedi',
  shortTitle: 'Le marché ouvre',
  kicker: 'Vie de quartier',
  summary: 'Quarante maraîchers y seront.',
  markdown: 'Le marché ouvre **samedi** à huit heures.',
  language: 'fr-CA',
  published: '2024-06-19T08:00:00-04:00',
  place: 'Montréal',
  urgency: 4,
  section: 'Ville',
  tags: ['Marché', 'Été'],
  authors: ['Kim Tremblay', { name: 'Ana Roy', url: 'https://journal.example/ana-roy' }],
  source: { name: 'Agence locale', url: 'https://agence.example/' },
  image: {
    ...{ url: '/photos/marche.jpg', type: 'image/jpeg', width: 1200, height: 800, alt: 'Des étals.' },
    ...{ caption: 'Les étals, samedi matin.' },
  },
  attachments: [
    { url: 'https://journal.example/marche.mp3', type: 'audio/mpeg', bytes: 5242880, seconds: 312 },
  ],
  rights: { syndicate: 'full', copyright: '© 2024 Le Journal' },
  comments: 'first-held',
  status: 'published',
} satisfies Record<Exclude<keyof ArticleInput, LeftOut>, unknown>

const { markdown: _, ...kept } = full

export const fullStored = {
  ...kept,
  html: '<p>Le marché ouvre <strong>samedi</strong> à huit heures.</p>\n',
  published: '2024-06-19T12:00:00Z',
  updated: '2024-06-19T12:00:00Z',
  authors: [{ name: 'Kim Tremblay' }, { name: 'Ana Roy', url: 'https://journal.example/ana-roy' }],
}

export const correction = { ...small, section: 'Ville', note: 'L’heure était fausse.' }

export const correctionStored = {
  ...smallStored,
  id: full.id,
  published: fullStored.published,
  section: 'Ville',
  note: 'L’heure était fausse.',
}

export const bulkLines = `${JSON.stringify({ slug: 'un', ...small })}\n{"slug":"deux","text":"Sans titre."}\n`

export const bulkAnswers = [
  { line: 1, status: 201, saved: 'created', slug: 'un', id: 'tag:kiosque.example,2024:un' },
  {
    line: 2,
    status: 422,
    title: 'Invalid article',
    detail: 'Cannot save article "deux": title: must be given',
    issues: [{ field: 'title', reason: 'must be given' }],
  },
]
