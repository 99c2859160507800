import { groupLabel, newTabHint } from '../../share/labels.ts'

/** What a reader is told instead of a problem's own words. */
interface Apology {
  title: string
  detail: string
}

/** Every word that a page shows of its own accord. */
export interface Words {
  skip: string
  home: string
  subscribe: string
  empty: string
  by: string
  source: string
  published: string
  updated: string
  credit: string
  summaryOnly: string
  readOn: (host: string) => string
  attachments: string
  topics: string
  share: string
  newTab: string
  license: string
  address: string
  /** What stands above a selection's name, by its folder. */
  folders: Record<string, string>
  /** By status. */
  apologies: Record<number, Apology>
}

const french: Words = {
  skip: 'Aller au contenu',
  home: 'Retour à l’accueil',
  subscribe: 'S’abonner',
  empty: 'Aucun article pour le moment.',
  by: 'Par',
  source: 'Source\u00a0:',
  published: 'Publié le',
  updated: 'Mis à jour le',
  credit: 'Photo\u00a0:',
  summaryOnly: 'Seul le résumé de cet article peut être publié ici.',
  readOn: (host) => `Lire l’article sur ${host}`,
  attachments: 'Fichiers joints',
  topics: 'Sujets',
  share: groupLabel['fr-CA'],
  newTab: newTabHint['fr-CA'],
  license: 'Licence',
  address: 'Adresse de l’article\u00a0:',
  folders: { sections: 'Section', tags: 'Sujet', authors: 'Articles de' },
  apologies: {
    404: {
      title: 'Cette page est introuvable',
      detail: 'L’adresse contient peut-être une erreur, ou la page a changé de place.',
    },
    410: { title: 'Cet article n’est plus publié', detail: 'Il a été retiré par la rédaction.' },
    503: {
      title: 'Le service est interrompu',
      detail: 'Nous faisons le nécessaire. Réessayez dans quelques minutes.',
    },
  },
}

const english: Words = {
  skip: 'Skip to content',
  home: 'Back to the front page',
  subscribe: 'Subscribe',
  empty: 'No articles at the moment.',
  by: 'By',
  source: 'Source:',
  published: 'Published',
  updated: 'Updated',
  credit: 'Photo:',
  summaryOnly: 'Only the summary of this article may be published here.',
  readOn: (host) => `Read the article on ${host}`,
  attachments: 'Attached files',
  topics: 'Topics',
  share: groupLabel.en,
  newTab: newTabHint.en,
  license: 'License',
  address: 'Address of this article:',
  folders: { sections: 'Section', tags: 'Topic', authors: 'Articles by' },
  apologies: {
    404: {
      title: 'This page cannot be found',
      detail: 'The address may be mistyped, or the page has moved.',
    },
    410: { title: 'This article is no longer published', detail: 'The newsroom has withdrawn it.' },
    503: { title: 'The service is interrupted', detail: 'We are working on it. Try again in a few minutes.' },
  },
}

/** The words for a BCP 47 tag: French for every French, English for all the rest. */
export const wordsIn = (language: string): Words => (isOf(language, 'fr') ? french : english)

/** The locale in which dates, sizes and lists of names go with those words; plain `fr` is fr-CA, the default of SITE_LANGUAGE. */
export function localeOf(language: string): string {
  if (language.toLowerCase() === 'fr') return 'fr-CA'
  return isOf(language, 'fr') || isOf(language, 'en') ? language : 'en-CA'
}

const isOf = (language: string, primary: string): boolean => language.toLowerCase().split('-')[0] === primary
