import type { Language, Words } from '../words.ts'

/** Writes the first day of a month as « 1er juin »; Intl writes « 1 juin ». */
const withOrdinal = (written: string): string => written.replace(/^1 /, '1er ')

const canadian: Words = {
  tag: 'fr-CA',
  colon: '\u00a0:',
  quote: '«\u00a0{}\u00a0»',
  day: withOrdinal,
  time: withOrdinal,
  correction: 'Correction',
  page: {
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
    newTab: '(s’ouvre dans un nouvel onglet)',
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
  },
  feed: {
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
    contact: 'Vous programmez un lecteur de flux\u00a0? Questions et problèmes\u00a0:',
  },
  hub: {
    title: 'Annonces aux lecteurs de flux',
    explanation:
      'Cette adresse est le hub WebSub du site\u00a0: les lecteurs de flux s’y inscrivent et reçoivent chaque changement dès sa parution. Vous n’avez rien à faire ici. Pour suivre le site, ajoutez un de ses flux à votre lecteur.',
    choose: 'Choisir un flux',
    developers: 'Pour qui programme un lecteur de flux',
    request:
      'Cette requête abonne une adresse de rappel à un flux. Le sujet est l’adresse que le flux donne comme «\u00a0self\u00a0», exactement comme il l’écrit.',
    answer:
      'Le hub demande une confirmation à l’adresse de rappel, puis lui envoie le flux entier après chaque changement.',
    specification: 'La norme WebSub (en anglais)',
  },
  share: {
    group: 'Partager cet article',
    verbs: {
      shareOn: 'Partager sur {}',
      shareIn: 'Partager dans {}',
      sendVia: 'Envoyer par {}',
      sendBy: 'Envoyer par {}',
      saveTo: 'Enregistrer dans {}',
    },
    names: { email: 'courriel', sms: 'texto', copyLink: 'Copier le lien', qrCode: 'Code QR' },
    notes: {
      fediverse: 'fédivers',
      atWork: 'travail',
      withText: 'avec texte',
      yourServer: 'votre serveur',
    },
    native: 'Partager…',
    print: 'Imprimer',
    copied: 'Lien copié',
    more: 'Plus…',
    allWays: '(toutes les façons de partager)',
    server: 'Adresse de votre serveur\u00a0:',
    go: 'Continuer',
    byHand: 'Lien à copier\u00a0:',
    menu: 'Partager',
    groups: {
      show: 'Sur les réseaux',
      send: 'À quelqu’un',
      keep: 'Pour plus tard',
      take: 'Le lien lui-même',
    },
    shortLink: 'Lien court',
    qr: 'Code QR de cet article',
    scan: 'Le code mène au même article, sur un téléphone ou sur papier.',
    counted:
      'Nous comptons combien de fois par jour chaque lien court est suivi, et depuis quel réseau. Nous ne notons rien sur les personnes qui le suivent.',
  },
}

const { share } = canadian

/**
 * The French texts in two wordings: `words` for Canada and for language tags without a region, and
 * `otherRegions` for all other regions. The default of the setting SITE_LANGUAGE is `fr-CA`, French in
 * Canada.
 */
export const fr: Language = {
  words: canadian,
  otherRegions: {
    ...canadian,
    tag: 'fr-FR',
    share: { ...share, names: { ...share.names, email: 'e-mail', sms: 'SMS' } },
  },
  functionWords:
    'les des du une et est dans qui pour sur aux au avec cette ses leur leurs pas elle ils ont sont été selon mais ce',
  deskName:
    /^(?:(?:le |la |l['’]|notre )?(?:rédaction|salle de rédaction|service|pupitre|équipe)(?: .*)?|bureau d(?:e |es |u |['’]).*)$/iu,
  asInEnglish: ['correction', 'page.folders.sections', 'feed.folders.sections'],
}
