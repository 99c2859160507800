import type { NotifyMailWords } from '../words.ts'

/** The texts of the mails that tell people of articles, in each language. The files of the languages name them. */
export const mailWords = {
  fr: {
    confirm: {
      subject: 'Confirmez votre inscription',
      intro: (site) => `Quelqu’un, sans doute vous, demande que ${site} envoie à cette adresse\u00a0:`,
      action: 'Confirmer mon inscription',
    },
    confirmAddress: {
      subject: 'Confirmez votre nouvelle adresse',
      intro: (site) =>
        `Quelqu’un, sans doute vous, demande que ${site} envoie désormais ses messages à cette adresse.`,
    },
    already: {
      subject: 'Vous recevez déjà ces articles',
      intro: (site) =>
        `Quelqu’un, sans doute vous, demande que ${site} envoie à cette adresse ce qu’elle reçoit déjà\u00a0:`,
      detail: 'Vous n’avez rien à faire, et rien n’a changé.',
    },
    notAsked:
      'Le lien est valide 48 heures. Si cette demande ne vient pas de vous, ne faites rien\u00a0: sans confirmation, nous n’envoyons rien, et nous effaçons la demande.',
    corrected: 'Cet article a été corrigé.',
    read: 'Lire l’article',
    digests: {
      daily: (day) => `Vos articles du ${day}`,
      weekly: (day) => `Vos articles de la semaine, ${day}`,
    },
    count: (articles) => (articles === 1 ? 'Un nouvel article' : `${articles} nouveaux articles`),
    others: 'D’autres articles sont parus\u00a0: ils se trouvent sur le site.',
    because: 'Vous recevez ce message parce que vous l’avez demandé\u00a0:',
    manage: 'Changer mes choix',
    unsubscribe: 'Me désinscrire',
  },
  en: {
    confirm: {
      subject: 'Confirm your subscription',
      intro: (site) => `Somebody, probably you, asks ${site} to send to this address:`,
      action: 'Confirm my subscription',
    },
    confirmAddress: {
      subject: 'Confirm your new address',
      intro: (site) =>
        `Somebody, probably you, asks ${site} to send its messages to this address from now on.`,
    },
    already: {
      subject: 'You already receive these articles',
      intro: (site) =>
        `Somebody, probably you, asks ${site} to send to this address what it receives already:`,
      detail: 'You have nothing to do, and nothing has changed.',
    },
    notAsked:
      'The link is valid for 48 hours. If this request is not yours, do nothing: without a confirmation we send nothing, and we erase the request.',
    corrected: 'This article has been corrected.',
    read: 'Read the article',
    digests: {
      daily: (day) => `Your articles of ${day}`,
      weekly: (day) => `Your articles of the week, ${day}`,
    },
    count: (articles) => (articles === 1 ? 'One new article' : `${articles} new articles`),
    others: 'More articles have been published: you find them on the site.',
    because: 'You receive this message because you asked for it:',
    manage: 'Change my choices',
    unsubscribe: 'Unsubscribe me',
  },
  de: {
    confirm: {
      subject: 'Bestätigen Sie Ihr Abonnement',
      intro: (site) => `Jemand, vermutlich Sie, bittet ${site}, an diese Adresse zu senden:`,
      action: 'Mein Abonnement bestätigen',
    },
    confirmAddress: {
      subject: 'Bestätigen Sie Ihre neue Adresse',
      intro: (site) =>
        `Jemand, vermutlich Sie, bittet ${site}, die Nachrichten von nun an an diese Adresse zu senden.`,
    },
    already: {
      subject: 'Sie erhalten diese Artikel schon',
      intro: (site) =>
        `Jemand, vermutlich Sie, bittet ${site}, an diese Adresse zu senden, was sie schon erhält:`,
      detail: 'Sie müssen nichts tun, und nichts hat sich geändert.',
    },
    notAsked:
      'Der Link ist 48 Stunden gültig. Wenn dieser Wunsch nicht von Ihnen kommt, tun Sie nichts: Ohne Bestätigung senden wir nichts und löschen die Anfrage.',
    corrected: 'Dieser Artikel wurde korrigiert.',
    read: 'Den Artikel lesen',
    digests: {
      daily: (day) => `Ihre Artikel vom ${day}`,
      weekly: (day) => `Ihre Artikel der Woche, ${day}`,
    },
    count: (articles) => (articles === 1 ? 'Ein neuer Artikel' : `${articles} neue Artikel`),
    others: 'Weitere Artikel sind erschienen: Sie finden sie auf der Website.',
    because: 'Sie erhalten diese Nachricht, weil Sie darum gebeten haben:',
    manage: 'Meine Auswahl ändern',
    unsubscribe: 'Mich abmelden',
  },
} satisfies Record<'fr' | 'en' | 'de', NotifyMailWords>
