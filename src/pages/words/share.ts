import { textIn, type Wording } from '../../share/labels.ts'

/** What a share row says besides the names of networks. */
interface ShareWords {
  native: string
  print: string
  copied: string
  /** Leads to the whole menu; what is said after it is for ears. */
  more: string
  allWays: string
  /** Asks for the reader's server. */
  server: string
  go: string
  /** Stands before an address that must be copied by hand. */
  byHand: string
}

const wordings: Record<keyof ShareWords, Wording> = {
  native: { 'fr-CA': 'Partager…', 'fr-FR': 'Partager…', en: 'Share…' },
  print: { 'fr-CA': 'Imprimer', 'fr-FR': 'Imprimer', en: 'Print' },
  copied: { 'fr-CA': 'Lien copié', 'fr-FR': 'Lien copié', en: 'Link copied' },
  more: { 'fr-CA': 'Plus…', 'fr-FR': 'Plus…', en: 'More…' },
  allWays: {
    'fr-CA': '(toutes les façons de partager)',
    'fr-FR': '(toutes les façons de partager)',
    en: '(all ways to share)',
  },
  server: {
    'fr-CA': 'Adresse de votre serveur\u00a0:',
    'fr-FR': 'Adresse de votre serveur\u00a0:',
    en: 'Address of your server:',
  },
  go: { 'fr-CA': 'Continuer', 'fr-FR': 'Continuer', en: 'Continue' },
  byHand: { 'fr-CA': 'Lien à copier\u00a0:', 'fr-FR': 'Lien à copier\u00a0:', en: 'Link to copy:' },
}

/** Those words for a BCP 47 tag. */
export const shareWords = (language: string): ShareWords =>
  Object.fromEntries(
    Object.entries(wordings).map(([key, wording]) => [key, textIn(wording, language)]),
  ) as unknown as ShareWords
