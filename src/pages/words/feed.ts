import type { Folder } from '../../domain/selection.ts'

/** The words of the pages about feeds. */
export interface FeedWords {
  /** What a feed in that format is called. */
  kind: (format: string) => string
  explanation: string
  address: string
  raw: string
  otherFormats: string
  open: string
  /** Whatever reader is installed on the device. */
  application: string
  own: string
  ownAddress: string
  ownExample: string
  ownShow: string
  ownUnknown: string
  subscribeIn: (reader: string, host: string) => string
  newest: string
  older: string
  all: string
  directory: string
  directoryExplanation: string
  folders: Record<Folder, string>
  everything: string
  more: Record<Folder, string>
  /** What a part of a folder is called that begins with a name. */
  startingAt: (folder: string, name: string) => string
  initials: Record<Folder, string>
  opml: string
  opmlExplanation: string
  nothing: string
}

const french: FeedWords = {
  kind: (format) => `Flux ${format}`,
  explanation:
    'Cette adresse est un flux. Ajoutez-la à votre lecteur\u00a0: chaque article y arrive dès sa parution, sans compte ici ni courriel.',
  address: 'Adresse du flux, à copier',
  raw: 'Voir le flux tel quel',
  otherFormats: 'Le même flux en',
  open: 'Ouvrir dans un lecteur',
  application: 'Application de cet appareil',
  own: 'Miniflux ou FreshRSS, à votre adresse',
  ownAddress: 'Adresse de votre lecteur',
  ownExample: 'lecture.example.org',
  ownShow: 'Afficher les liens',
  ownUnknown: 'Cette adresse est illisible\u00a0: écrivez par exemple lecture.example.org.',
  subscribeIn: (reader, host) => `${reader} sur ${host}`,
  newest: 'Articles récents',
  older: 'Articles de cette partie du flux',
  all: 'Tous les flux',
  directory: 'S’inscrire',
  directoryExplanation:
    'Choisissez ce que vous voulez suivre et ajoutez son flux à votre lecteur\u00a0: les articles y arrivent dès leur parution, sans compte ici ni courriel.',
  folders: { sections: 'Sections', tags: 'Sujets', authors: 'Auteurs' },
  everything: 'Tous les articles',
  startingAt: (folder, name) => `${folder} à partir de «\u00a0${name}\u00a0»`,
  more: { sections: 'Sections suivantes', tags: 'Sujets suivants', authors: 'Auteurs suivants' },
  initials: {
    sections: 'Sections par initiale',
    tags: 'Sujets par initiale',
    authors: 'Auteurs par initiale',
  },
  opml: 'Tous ces flux en un fichier (OPML)',
  opmlExplanation: 'Votre lecteur peut l’importer.',
  nothing: 'Il n’y a rien de plus ici.',
}

const english: FeedWords = {
  kind: (format) => `${format} feed`,
  explanation:
    'This address is a feed. Add it to your reader: every article arrives there the moment it is published, without an account here or an email.',
  address: 'Address of the feed, to be copied',
  raw: 'Show the feed as it is',
  otherFormats: 'The same feed as',
  open: 'Open in a reader',
  application: 'Application on this device',
  own: 'Miniflux or FreshRSS, at your own address',
  ownAddress: 'Address of your reader',
  ownExample: 'reader.example.org',
  ownShow: 'Show the links',
  ownUnknown: 'This address cannot be read: write for instance reader.example.org.',
  subscribeIn: (reader, host) => `${reader} at ${host}`,
  newest: 'Newest articles',
  older: 'Articles of this part of the feed',
  all: 'All feeds',
  directory: 'Subscribe',
  directoryExplanation:
    'Choose what you want to follow and add its feed to your reader: articles arrive there the moment they are published, without an account here or an email.',
  folders: { sections: 'Sections', tags: 'Topics', authors: 'Authors' },
  everything: 'All articles',
  startingAt: (folder, name) => `${folder} from “${name}” on`,
  more: { sections: 'More sections', tags: 'More topics', authors: 'More authors' },
  initials: { sections: 'Sections by initial', tags: 'Topics by initial', authors: 'Authors by initial' },
  opml: 'All these feeds in one file (OPML)',
  opmlExplanation: 'Your reader can import it.',
  nothing: 'There is nothing more here.',
}

/** The words for a BCP 47 tag: French for every French, English for all the rest. */
export const feedWordsIn = (language: string): FeedWords => (/^fr\b/i.test(language) ? french : english)
