import type { Language, Words } from '../words.ts'
import { commentWords } from './comments.ts'
import { linkWords } from './links.ts'
import { mailWords } from './mail.ts'
import { pushWords } from './push.ts'

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
      429: {
        title: 'Trop de demandes à la fois',
        detail: 'Attendez quelques minutes, puis recommencez.',
      },
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
  notify: {
    title: 'S’inscrire par courriel',
    explanation:
      'Choisissez ce que vous voulez recevoir. Les articles vous arrivent par courriel, dès leur parution ou réunis en un seul message.',
    subscribe: 'S’inscrire',
    byEmail: 'Par courriel',
    tellMe: 'Me notifier des…',
    browser: 'Me notifier dans ce navigateur',
    moreChoices: 'Plus de choix',
    what: 'Que voulez-vous recevoir\u00a0?',
    of: {
      sections: (name) => `Articles de la section ${name}`,
      tags: (name) => `Articles sur le sujet «\u00a0${name}\u00a0»`,
      authors: (name) => `Articles de ${name}`,
    },
    correctionsOf: (title) => `Corrections de l’article «\u00a0${title}\u00a0»`,
    correctionsHere: 'Corrections de cet article',
    elsewhere: 'Vous ne trouvez pas un nom\u00a0? Il se choisit au bas de chacun de ses articles.',
    email: 'Votre adresse de courriel',
    emailExample: 'nom@exemple.org',
    when: 'À quel rythme\u00a0?',
    schedules: { now: 'Dès la parution', daily: 'Une fois par jour', weekly: 'Une fois par semaine' },
    consent: (site) =>
      `En envoyant ce formulaire, vous acceptez que ${site} vous envoie par courriel ce que vous avez choisi. Vous pouvez retirer cet accord à tout moment, par un lien qui se trouve dans chaque message.`,
    kept: 'Nous conservons votre adresse, vos choix, votre langue et la preuve de votre accord, uniquement pour ces envois. Quand vous y mettez fin, l’adresse, les choix et la preuve sont effacés. Par le lien de chaque message, vous pouvez aussi les consulter, les corriger et les exporter.',
    abroad:
      'L’hébergeur du site et le service qui achemine les messages peuvent traiter ces données à l’extérieur de votre province ou de votre pays.',
    responsible: 'Responsable de ces données\u00a0:',
    wrong: {
      email: 'Cette adresse est incomplète ou illisible\u00a0: écrivez par exemple nom@exemple.org.',
      selection: 'Cochez au moins un choix.',
      invalid: 'L’un de vos choix n’existe plus, ou ce rythme n’existe pas\u00a0: choisissez de nouveau.',
      tooMany: 'Une inscription peut compter au plus 50 choix\u00a0: décochez-en.',
    },
    asked: {
      title: 'Consultez vos courriels',
      detail:
        'Un message arrive à votre adresse dans quelques minutes, ou dans l’heure si elle vient d’en recevoir un. Ouvrez le lien qu’il contient pour confirmer\u00a0: sans votre confirmation, rien ne change. Le lien est valide 48 heures.',
    },
    askedInVain:
      'Une adresse reçoit au plus un message par heure. Si elle en a reçu un depuis une heure, son lien sert, et ce que vous avez ajouté depuis suit dans un autre message, une fois cette heure écoulée. Rien n’arrive\u00a0? Regardez dans vos courriels indésirables. Sinon, recommencez dans une heure.',
    confirm: {
      title: 'Confirmer l’inscription',
      detail: 'Vous recevrez par courriel\u00a0:',
      action: 'Confirmer',
      full: 'Une inscription peut compter au plus 50 choix, et avec ceux-ci elle en aurait davantage. Retirez-en d’abord sur sa page, puis ouvrez de nouveau ce lien.',
    },
    confirmAddress: {
      title: 'Confirmer la nouvelle adresse',
      detail: 'Tout ce que vous avez choisi arrivera désormais à cette adresse.',
      action: 'Confirmer l’adresse',
      joined:
        'Cette adresse a déjà un abonnement. Les deux n’en feront plus qu’un, avec tous les choix. Pour un choix commun, le rythme de cette adresse demeure.',
    },
    ...linkWords.fr,
    manage: 'Votre inscription',
    why: (day, email) =>
      `Vous recevez nos messages à l’adresse ${email}, comme vous l’avez demandé le ${day}.`,
    since: (day) => `depuis le ${day}`,
    choices: 'Vos choix',
    addChoices: 'Ajouter des choix',
    save: 'Enregistrer',
    saved: 'Vos choix sont enregistrés.',
    confirmed: 'Votre inscription est confirmée.',
    paused: 'Les envois sont en pause\u00a0: vous ne recevez rien pour l’instant.',
    pause: 'Mettre les envois en pause',
    resume: 'Reprendre les envois',
    lastChoice:
      'Rien n’a changé\u00a0: gardez au moins un choix. Pour ne plus rien recevoir, utilisez «\u00a0Se désinscrire\u00a0», plus bas.',
    resumed: 'Les envois reprennent.',
    changeAddress: {
      title: 'Changer d’adresse',
      detail:
        'Nous y envoyons un message de confirmation. D’ici là, vos messages arrivent toujours à l’adresse actuelle.',
      label: 'Nouvelle adresse de courriel',
      action: 'Changer l’adresse',
    },
    addressAsked:
      'Un message de confirmation arrive à la nouvelle adresse dans quelques minutes, ou dans l’heure si elle vient d’en recevoir un. Ouvrez le lien qu’il contient. Si rien n’arrive, recommencez dans une heure.',
    addressKept:
      'Vos messages arrivent déjà à cette adresse, et cela ne change pas\u00a0: nous n’avons rien envoyé.',
    addressChanged: 'Votre nouvelle adresse est confirmée.',
    exported: {
      title: 'Exporter mes données',
      detail: 'Un fichier JSON contient tout ce que nous conservons à votre sujet.',
    },
    end: {
      title: 'Se désinscrire',
      detail: 'Vous ne recevrez plus rien de tout ce que vous avez choisi.',
      action: 'Me désinscrire',
    },
    erase: {
      title: 'Effacer mes données',
      detail:
        'Votre inscription prend fin, et tout ce qui permet de vous reconnaître est effacé. Il reste une empreinte illisible, pour qu’aucune sauvegarde ne fasse revenir l’inscription. C’est définitif.',
      action: 'Tout effacer…',
      confirm: 'Oui, tout effacer',
    },
    ended: {
      title: 'Votre inscription a pris fin',
      detail:
        'Votre adresse est effacée, et nous ne vous enverrons plus rien. Un message déjà en route peut encore arriver.',
    },
    erased: {
      title: 'Vos données sont effacées',
      detail:
        'Votre inscription a pris fin, et rien de ce qui reste ne permet de vous reconnaître\u00a0: une empreinte illisible empêche seulement qu’une sauvegarde la fasse revenir. Un message déjà en route peut encore arriver.',
    },
    mail: mailWords.fr,
    push: pushWords.fr,
  },
  comments: commentWords.fr,
}

const { share } = canadian

/**
 * The French texts in two wordings: `words` for Canada, the default of SITE_LANGUAGE, and for tags without a region, and
 * `otherRegions` for all other regions.
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
