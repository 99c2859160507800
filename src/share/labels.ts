/** One text in each wording that readers get; the two of French may differ in words and in spaces. */
export interface Wording {
  'fr-CA': string
  'fr-FR': string
  en: string
}

const bilingual = (french: string, english: string): Wording => ({
  'fr-CA': french,
  'fr-FR': french,
  en: english,
})

/** The name of the group of share links. */
export const groupLabel = bilingual('Partager cet article', 'Share this article')

/** What is added to a link that opens elsewhere. */
export const newTabHint = bilingual('(s’ouvre dans un nouvel onglet)', '(opens in a new tab)')

/** What labels begin with; in a row under one heading, eyes need only what follows. */
export const verb = /^(?:Partager|Envoyer|Enregistrer|Share|Send|Save) (?:sur|par|dans|on|via|by|in|to) /

/** The label of a copied link. */
export const copyLink = bilingual('Copier le lien', 'Copy link')

/** The label of a network on which a reader shows the article to many. */
export const shareOn = (name: string, englishName = name): Wording =>
  bilingual(`Partager sur ${name}`, `Share on ${englishName}`)

/** The label of a network by which a reader sends the article to somebody. */
export const sendBy = (name: string, englishName = name): Wording =>
  bilingual(`Envoyer par ${name}`, `Send via ${englishName}`)

/** The label of a network on which a reader shows the article to the people they work with. */
export const shareIn = (name: string): Wording => bilingual(`Partager dans ${name}`, `Share in ${name}`)

/** The label of a network in which a reader keeps the article for later. */
export const saveIn = (name: string): Wording => bilingual(`Enregistrer dans ${name}`, `Save to ${name}`)

/** The label of a network on the reader's own server. */
export const shareOnServer = (name: string): Wording =>
  shareOn(`${name} (votre serveur)`, `${name} (your server)`)

/** The label of text messages. */
export const sendBySms: Wording = {
  'fr-CA': 'Envoyer par texto',
  'fr-FR': 'Envoyer par SMS',
  en: 'Send by text message',
}

/** The label of the QR code. */
export const qrCode = bilingual('Code QR', 'QR code')

/** How a passage is marked; `{}` is the passage. */
export const quoteMarks = bilingual('«\u00a0{}\u00a0»', '“{}”')

/** The label of email, whose name the two wordings of French do not share. */
export const sendByEmail: Wording = {
  'fr-CA': 'Envoyer par courriel',
  'fr-FR': 'Envoyer par e-mail',
  en: 'Send by email',
}

/**
 * The text for a BCP 47 tag: `fr` and Canadian French read fr-CA (the default of SITE_LANGUAGE), other French reads
 * fr-FR, and every other language English.
 */
export function textIn(wording: Wording, language: string): string {
  const [primary, ...rest] = language.toLowerCase().split('-')
  if (primary !== 'fr') return wording.en
  return wording[rest.length === 0 || rest.includes('ca') ? 'fr-CA' : 'fr-FR']
}

/** The label of a network in that language. */
export const labelOf = (network: { label: Wording }, language: string): string =>
  textIn(network.label, language)
