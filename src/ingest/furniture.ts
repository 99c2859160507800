const networks = [
  'facebook',
  'messenger',
  'twitter',
  'x',
  'x (twitter)',
  'bluesky',
  'mastodon',
  'threads',
  'instagram',
  'linkedin',
  'pinterest',
  'reddit',
  'whatsapp',
  'telegram',
  'tumblr',
  'youtube',
  'tiktok',
  'flipboard',
]

/** What stands before a network's name on its button. */
const networkButtons = [
  'partager sur',
  'partager via',
  'partagez sur',
  'envoyer par',
  'suivez-nous sur',
  'share on',
  'share to',
  'share via',
  'post on',
  'follow us on',
]

/** Advertisements interrupt an article; unlike the other furniture they do not say that it is over. */
const advertisements = [
  'publicité',
  'annonce',
  'contenu commandité',
  'la suite sous la publicité',
  'l’article se poursuit sous la publicité',
  'la suite après cette publicité',
  'advertisement',
  'advertisement - continue reading below',
  'sponsored content',
  'story continues below',
  'story continues below advertisement',
  'article continues below',
  'article continues below advertisement',
]

/** Whole lines, in any case, with or without counts (`#` inside), bullets and punctuation around them. */
const buttons = [
  // Share
  'partager',
  'partager cet article',
  'partager l’article',
  'partager cette page',
  'partagez',
  'partagez cet article',
  'partages',
  'options de partage',
  'offrir cet article',
  'envoyer',
  'envoyer par courriel',
  'envoyer par e-mail',
  'courriel',
  'imprimer',
  'imprimer cet article',
  'imprimer l’article',
  'copier le lien',
  'lien copié',
  'copier l’url',
  'tweeter',
  'enregistrer',
  'sauvegarder',
  'ajouter aux favoris',
  'écouter',
  'écouter cet article',
  'écouter l’article',
  'signaler une erreur',
  'signaler un problème',
  'share',
  'shares',
  'share this',
  'share this article',
  'share this story',
  'share this page',
  'share article',
  'share options',
  'gift this article',
  'gift article',
  'email',
  'e-mail',
  'email this article',
  'print',
  'print this article',
  'copy link',
  'copy url',
  'link copied',
  'copy article link',
  'tweet',
  'save',
  'save article',
  'bookmark',
  'listen',
  'listen to this article',
  'report an error',
  // Subscribe, sign up, log in
  's’inscrire',
  's’abonner',
  's’abonner à l’infolettre',
  's’inscrire à l’infolettre',
  'abonnez-vous',
  'abonne-toi',
  'inscrivez-vous',
  'je m’abonne',
  'je m’inscris',
  'déjà abonné',
  'déjà inscrit',
  'infolettre',
  'infolettres',
  'newsletter',
  'newsletters',
  'votre courriel',
  'votre adresse courriel',
  'adresse courriel',
  'me connecter',
  'se connecter',
  'connectez-vous',
  'connexion',
  'déconnexion',
  'créer un compte',
  'mon compte',
  'mot de passe oublié',
  'faire un don',
  'soutenez-nous',
  'subscribe',
  'subscribe now',
  'sign up',
  'sign up now',
  'sign in',
  'log in',
  'login',
  'log out',
  'register',
  'create account',
  'create an account',
  'create a free account',
  'my account',
  'already a subscriber',
  'forgot password',
  'your email',
  'your email address',
  'email address',
  'enter your email',
  'enter your email address',
  'donate',
  'support us',
  // Comments
  'me notifier des',
  'me notifier de',
  'notifier de',
  'notify me of',
  'notify of',
  'guest',
  'commentaire',
  'commentaires',
  'aucun commentaire',
  'aucun commentaire pour le moment',
  'inline feedbacks',
  'voir tous les commentaires',
  'voir les commentaires',
  'voir les # commentaires',
  'afficher les commentaires',
  'afficher plus de commentaires',
  'lire les commentaires',
  'laisser un commentaire',
  'laissez un commentaire',
  'ajouter un commentaire',
  'écrire un commentaire',
  'publier un commentaire',
  'publier le commentaire',
  'commenter',
  'répondre',
  'réponses',
  'annuler la réponse',
  'le plus récent',
  'le plus ancien',
  'le plus de votes',
  'les plus récents',
  'connectez-vous pour commenter',
  'vous devez être connecté pour publier un commentaire',
  'vous devez vous connecter pour publier un commentaire',
  'votre adresse courriel ne sera pas publiée',
  'votre adresse e-mail ne sera pas publiée',
  'votre adresse courriel ne sera pas publiée. les champs obligatoires sont indiqués avec',
  'votre adresse e-mail ne sera pas publiée. les champs obligatoires sont indiqués avec',
  'les commentaires sont fermés',
  'comment',
  'comments',
  'no comments',
  'no comments yet',
  'view comments',
  'view all comments',
  'view all # comments',
  'show comments',
  'show more comments',
  'show # more comments',
  'see all comments',
  'read comments',
  'read the comments',
  'leave a comment',
  'leave a reply',
  'cancel reply',
  'add a comment',
  'post a comment',
  'post comment',
  'join the conversation',
  'reply',
  'replies',
  'newest',
  'oldest',
  'most voted',
  'log in to comment',
  'you must be logged in to post a comment',
  'your email address will not be published',
  'your email address will not be published. required fields are marked',
  'comments are closed',
  'this site uses akismet to reduce spam. learn how your comment data is processed',
  // More to read
  'lire aussi',
  'à lire aussi',
  'à lire également',
  'lire également',
  'à voir aussi',
  'voir aussi',
  'lire plus',
  'lire la suite',
  'voir plus',
  'afficher plus',
  'en savoir plus',
  'sur le même sujet',
  'dans la même catégorie',
  'articles similaires',
  'articles connexes',
  'articles liés',
  'articles récents',
  'autres articles',
  'contenu similaire',
  'contenus similaires',
  'plus d’articles',
  'plus de nouvelles',
  'les plus lus',
  'les plus populaires',
  'recommandé pour vous',
  'à la une',
  'article précédent',
  'article suivant',
  'précédent',
  'suivant',
  'mots-clés',
  'étiquettes',
  'retour en haut',
  'haut de page',
  'read more',
  'read also',
  'also read',
  'read next',
  'see also',
  'see more',
  'show more',
  'load more',
  'learn more',
  'continue reading',
  'related',
  'related articles',
  'related stories',
  'related news',
  'related content',
  'related topics',
  'related posts',
  'more stories',
  'more on this story',
  'more from this section',
  'more news',
  'most read',
  'most popular',
  'trending',
  'trending now',
  'latest news',
  'top stories',
  'recommended for you',
  'recommended',
  'you may also like',
  'you might also like',
  'previous article',
  'next article',
  'previous post',
  'next post',
  'back to top',
  // The page around the article
  'menu',
  'ouvrir le menu',
  'fermer le menu',
  'fermer',
  'rechercher',
  'recherche',
  'aller au contenu',
  'aller au contenu principal',
  'passer au contenu',
  'passer au contenu principal',
  'accepter',
  'tout accepter',
  'tout refuser',
  'accepter et continuer',
  'accepter les cookies',
  'gérer les cookies',
  'gérer mes préférences',
  'paramétrer les cookies',
  'paramètres des cookies',
  'préférences de cookies',
  'politique de confidentialité',
  'conditions d’utilisation',
  'mentions légales',
  'nous joindre',
  'nous contacter',
  'contactez-nous',
  'plan du site',
  'suivez-nous',
  'tous droits réservés',
  'open menu',
  'close menu',
  'close',
  'search',
  'skip to content',
  'skip to main content',
  'skip to navigation',
  'accept',
  'accept all',
  'accept cookies',
  'accept all cookies',
  'reject all',
  'manage cookies',
  'manage preferences',
  'cookie settings',
  'cookie preferences',
  'cookie policy',
  'privacy policy',
  'terms of use',
  'terms of service',
  'terms and conditions',
  'contact us',
  'about us',
  'follow us',
  'all rights reserved',
]

/** Names of sections and of the front page: furniture above the title only, a subheading anywhere else. */
const navigation = [
  'accueil',
  'actualité',
  'actualités',
  'nouvelles',
  'monde',
  'international',
  'politique',
  'économie',
  'affaires',
  'société',
  'justice',
  'faits divers',
  'santé',
  'science',
  'sciences',
  'environnement',
  'culture',
  'arts',
  'sports',
  'sport',
  'opinion',
  'opinions',
  'chroniques',
  'vidéo',
  'vidéos',
  'balado',
  'balados',
  'météo',
  'home',
  'news',
  'world',
  'politics',
  'business',
  'health',
  'technology',
  'entertainment',
  'lifestyle',
  'video',
  'videos',
  'podcasts',
  'weather',
]

/** What leads to another article on the same line: `Lire aussi : …`. */
const leads = [
  'lire aussi',
  'à lire aussi',
  'lire également',
  'à lire également',
  'à lire',
  'à voir aussi',
  'voir aussi',
  'read more',
  'read also',
  'also read',
  'read next',
  'see also',
  'related',
]

/** How notices begin that run to whole sentences; trusted only above the title and below the last paragraph. */
const notices = [
  '©',
  'copyright ©',
  'tous droits réservés',
  'all rights reserved',
  'nous utilisons des cookies pour',
  'nous utilisons des cookies afin',
  'nous utilisons des cookies et',
  'nous utilisons des témoins pour',
  'nous utilisons des témoins afin',
  'nous utilisons des témoins et',
  'ce site utilise des cookies',
  'ce site utilise des témoins',
  'en poursuivant votre navigation',
  'we use cookies and',
  'we use cookies to',
  'we use cookies on',
  'this site uses cookies',
  'this website uses cookies',
  'by continuing to use this site',
  'inscrivez-vous à notre infolettre',
  'abonnez-vous à notre infolettre',
  'abonnez-vous à l’infolettre',
  'recevez notre infolettre',
  'sign up for our newsletter',
  'subscribe to our newsletter',
  'get our newsletter',
]

/** What a line is made of that only says when the page was published, or how long it takes to read. */
const dateWords = new Set(
  `publié publiée mis mise jour à modifié modifiée dernière modification le la lundi mardi mercredi jeudi
   vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre octobre novembre décembre
   janv févr avr juil sept oct nov déc hier aujourd hui il y a quelques minutes minute heures heure jours min h m s
   de l est hae hne er temps lecture et dès
   published updated posted modified last on at and the monday tuesday wednesday thursday friday saturday sunday
   mon tue wed thu fri sat sun january february march april may june july august september october november
   december jan feb mar apr jun jul aug sep dec today yesterday ago hour hours day days just now read reading time
   am pm p est edt et pst pdt gmt utc ist cet cest st nd rd th t z`.split(/\s+/),
)

/** No button is longer; keeps every pattern below away from long lines. */
const longestLabel = 120
const longestTitle = 200

const strong = new Set(
  [...buttons, ...buttons.map(asSentence), ...advertisements, ...buttonsOf(networks)].map(labelOf),
)
const weak = new Set(networks.map(labelOf))
const breaks = new Set(advertisements.map(labelOf))
const above = new Set(navigation.map(labelOf))
const foldedLeads = leads.map(fold)
const foldedNotices = notices.map(fold)

function buttonsOf(names: readonly string[]): string[] {
  return networkButtons.flatMap((button) => names.map((name) => `${button} ${name}`))
}

/** A notice of some words may end with a full stop; `share.` is the end of somebody's sentence, and no button. */
function asSentence(phrase: string): string {
  return phrase.split(' ').length < 4 ? phrase : `${phrase}.`
}

/** A text as it is compared: lower case, one kind of apostrophe, one kind of space. */
export function fold(text: string): string {
  return text.toLowerCase().replace(/[’ʼ]/g, "'").replace(/\s+/g, ' ').trim()
}

/** Whether a line is furniture wherever it stands: a known button, form, counter, or lead to another article. */
export function isFurniture(line: string): boolean {
  if (line === '' || line.length > longestTitle) return false
  if (line.length <= longestLabel && isLabelOf(line, strong)) return true
  return isLead(line)
}

/** Whether a line is furniture above the title: also a notice, a section's name or a path to the page. */
export function isFurnitureAbove(line: string): boolean {
  return isFurnitureAround(line) || isNotice(line) || isNavigation(line)
}

/** Whether a line is furniture between title and body: also a date or a network's name. */
export function isFurnitureAround(line: string): boolean {
  return isDateLine(line) || isFurniture(line) || isNetworkName(line)
}

/** Whether a line does nothing but say when the page was published or updated, or how long it takes to read. */
function isDateLine(line: string): boolean {
  if (line.length > longestLabel || !/\d|hier|aujourd|yesterday|today|just now/i.test(line)) return false
  const words = line.toLowerCase().match(/\p{L}+/gu) ?? []
  return words.every((word) => dateWords.has(word))
}

/** Whether a line ends as a sentence does, or is too long for a label or a headline. */
function isProse(line: string): boolean {
  return line.length > 140 || endsSentence(line)
}

/** Whether a line ends with a full stop or its like, closing marks after it allowed. */
export function endsSentence(line: string): boolean {
  return /[.!?…][»”’"')\]\s]*$/.test(line.slice(-12))
}

/**
 * The lines of a body, blank where furniture stood. Known furniture goes wherever it stands, and a network's
 * name goes with the button above it. After the last prose everything goes from the first known furniture on:
 * what stands below a share button or a comment form is no longer the article.
 */
export function withoutFurniture(lines: readonly string[]): string[] {
  const kept: string[] = []
  let aboveWent = false
  for (const line of lines.slice(0, endOf(lines))) {
    const goes: boolean = isFurniture(line) || (aboveWent && isNetworkName(line))
    kept.push(goes ? '' : line)
    if (line) aboveWent = goes
  }
  return kept
}

/** Where the article is over: at the first furniture after its last prose, or at the end of the lines. */
function endOf(lines: readonly string[]): number {
  const tail = lines.findLastIndex((line) => isProse(line) && !isClosing(line)) + 1
  let end = lines.findIndex((line, index) => index >= tail && isClosing(line))
  if (end === -1) return lines.length
  while (end > tail && isNetworkName(lines[end - 1] ?? '')) end -= 1
  return end
}

const isClosing = (line: string): boolean =>
  isNotice(line) || (isFurniture(line) && !breaks.has(labelOf(line)))

/** `Accueil > Monde > Asie`, `Sports`. */
function isNavigation(line: string): boolean {
  if (line.length > longestLabel) return false
  const [first = '', ...others] = line.split(/[>›»/|]/).map(labelOf)
  return (
    above.has(first) && (others.length === 0 || first === 'accueil' || first === 'home' || areAll(others))
  )
}

const areAll = (labels: readonly string[]): boolean =>
  labels.every((label) => above.has(label) || strong.has(label))

/** One network's name, or several on one line: `Facebook X LinkedIn`. */
function isNetworkName(line: string): boolean {
  if (line === '' || line.length > longestLabel) return false
  const words = labelOf(line).split(' ')
  return words.every((word) => weak.has(word)) || isLabelOf(line, weak)
}

/** Whether the line, or each part of it between bars and bullets, is a label of the table. */
function isLabelOf(line: string, table: ReadonlySet<string>): boolean {
  if (table.has(labelOf(line))) return true
  if (!/[|·•]/.test(line)) return false
  const labels = line.split(/[|·•]/).map(labelOf).filter(Boolean)
  return (
    labels.some((label) => table.has(label)) && labels.every((label) => table.has(label) || weak.has(label))
  )
}

/** The words of a button, without counts, bullets and most punctuation: quotation marks and full stops mean speech. */
function labelOf(line: string): string {
  return fold(line)
    .replace(/\d+(?:[.,\s]\d+)*(?:[km]\b)?/g, '#')
    .replace(/^[^\p{L}«»“”"]+|[^\p{L}«»“”".]+$/gu, '')
}

function isLead(line: string): boolean {
  if (!/[:|]/.test(line) || line.endsWith('.')) return false
  const label = labelOf(line.split(/[:|]/, 1)[0] ?? '')
  return foldedLeads.includes(label)
}

function isNotice(line: string): boolean {
  if (line.length < 20 && !line.startsWith('©')) return false
  const beginning = fold(line.slice(0, 60))
  return foldedNotices.some((notice) => beginning.startsWith(notice))
}
