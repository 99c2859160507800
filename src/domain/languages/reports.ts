import type { ReportReason } from '../comment.ts'

/** The texts of the form with which readers report a comment. */
export interface ReportWords {
  /** The label of the link to the form. */
  report: string
  /** Returns the label of that link for the comment of the named person. */
  reportOf: (name: string) => string
  title: string
  why: string
  reasons: Record<ReportReason, string>
  text: string
  textHint: string
  email: string
  emailHint: string
  send: string
  done: { title: string; detail: string }
  /** What can be wrong: no reason was chosen, or the address, the length of the text or the form is not right. */
  wrong: Record<'reason' | 'email' | 'tooLong' | 'expired', string>
}

/** The texts about reports, in each language. The texts about comments name them. */
export const reportWords = {
  de: {
    report: 'Melden',
    reportOf: (name) => `Kommentar von ${name} melden`,
    title: 'Einen Kommentar melden',
    why: 'Warum melden Sie ihn?',
    reasons: {
      illegal: 'Er verstößt gegen das Gesetz.',
      hateful: 'Er verbreitet Hass.',
      harassing: 'Er belästigt oder bedroht jemanden.',
      false: 'Er behauptet Falsches.',
      spam: 'Er ist Werbung.',
      other: 'Aus einem anderen Grund.',
    },
    text: 'Was sollte die Redaktion wissen? (freiwillig)',
    textHint: 'Höchstens 1000 Zeichen.',
    email: 'E-Mail-Adresse (freiwillig)',
    emailHint: 'Nur die Redaktion sieht sie. Sie kann Ihnen damit antworten.',
    send: 'Meldung senden',
    done: {
      title: 'Danke für die Meldung',
      detail: 'Die Redaktion prüft den Kommentar und entscheidet, ob er bleibt.',
    },
    wrong: {
      reason: 'Wählen Sie einen Grund.',
      email: 'Diese E-Mail-Adresse ist nicht gültig. Sie können das Feld leer lassen.',
      tooLong: 'Der Text ist zu lang: höchstens 1000 Zeichen sind möglich.',
      expired: 'Dieses Formular war zu alt. Ihr Text ist noch da: Senden Sie ihn noch einmal.',
    },
  },
  en: {
    report: 'Report',
    reportOf: (name) => `Report the comment of ${name}`,
    title: 'Report a comment',
    why: 'Why do you report it?',
    reasons: {
      illegal: 'It is against the law.',
      hateful: 'It spreads hatred.',
      harassing: 'It harasses or threatens somebody.',
      false: 'It says what is not true.',
      spam: 'It is advertising.',
      other: 'For another reason.',
    },
    text: 'What should the newsroom know? (optional)',
    textHint: 'At most 1,000 characters.',
    email: 'Email address (optional)',
    emailHint: 'Only the newsroom sees it, and can answer you.',
    send: 'Send the report',
    done: {
      title: 'Thank you for the report',
      detail: 'The newsroom looks at the comment and decides whether it stays.',
    },
    wrong: {
      reason: 'Choose a reason.',
      email: 'This email address is not valid. You can leave the field empty.',
      tooLong: 'The text is too long: at most 1,000 characters are possible.',
      expired: 'This form was too old. Your text is still here: send it once more.',
    },
  },
  fr: {
    report: 'Signaler',
    reportOf: (name) => `Signaler le commentaire de ${name}`,
    title: 'Signaler un commentaire',
    why: 'Pourquoi le signalez-vous\u00a0?',
    reasons: {
      illegal: 'Il est contraire à la loi.',
      hateful: 'Il propage la haine.',
      harassing: 'Il harcèle ou menace quelqu’un.',
      false: 'Il affirme des faussetés.',
      spam: 'C’est de la publicité.',
      other: 'Pour une autre raison.',
    },
    text: 'Que devrait savoir la rédaction\u00a0? (facultatif)',
    textHint: 'Au plus 1000 caractères.',
    email: 'Adresse courriel (facultative)',
    emailHint: 'Seule la rédaction la voit. Elle peut vous répondre à cette adresse.',
    send: 'Envoyer le signalement',
    done: {
      title: 'Merci de votre signalement',
      detail: 'La rédaction examine le commentaire et décide s’il reste.',
    },
    wrong: {
      reason: 'Choisissez une raison.',
      email: 'Cette adresse courriel n’est pas valide. Vous pouvez laisser le champ vide.',
      tooLong: 'Le texte est trop long\u00a0: au plus 1000 caractères sont possibles.',
      expired: 'Ce formulaire était trop ancien. Votre texte est toujours là\u00a0: envoyez-le de nouveau.',
    },
  },
} satisfies Record<string, ReportWords>
