import type { newComments, newReplies } from '../notify.ts'

/** The texts by which people ask to be told of comments, and of the mails that tell them. */
export interface ToldWords {
  /** The label of the boxes and of the form. */
  tellMe: string
  /** The boxes of the form of a comment. */
  boxes: Record<typeof newReplies | typeof newComments, string>
  /** The label of the form by which somebody asks to be told without writing. */
  here: string
  /** What the form says beside the boxes: that they need an e-mail address, which has to be confirmed. */
  hint: string
  /** What the page after the form says if something was ticked. */
  asked: string
  /** Return the name of a choice; `article` is the title of the article. */
  commentsOn: (article: string) => string
  repliesOn: (article: string) => string
  /** Returns the subject of a mail about one reply of the named person. */
  replied: (name: string) => string
  /** Returns the subject of a mail about several comments. */
  several: (count: number) => string
  isReply: string
  read: string
  answer: string
  /** What a mail says of comments that it does not show, and the label of the link to them. */
  others: string
}

/** The texts about being told of comments, in each language. The texts about comments name them. */
export const toldWords = {
  de: {
    tellMe: 'Mich benachrichtigen über\u00a0…',
    boxes: {
      replies: 'Antworten auf meinen Kommentar',
      comments: 'Neue Kommentare zu diesem Artikel',
    },
    here: 'Mich über neue Kommentare zu diesem Artikel benachrichtigen',
    hint: 'Dafür ist eine E-Mail-Adresse nötig. Wir senden eine E-Mail, mit der Sie das bestätigen.',
    asked:
      'Wir senden Ihnen eine E-Mail. Bestätigen Sie mit ihrem Link, dass Sie benachrichtigt werden möchten.',
    commentsOn: (article) => `Neue Kommentare zum Artikel „${article}“`,
    repliesOn: (article) => `Antworten auf Ihren Kommentar zum Artikel „${article}“`,
    replied: (name) => `${name} hat auf Ihren Kommentar geantwortet`,
    several: (count) => `${count} neue Kommentare`,
    isReply: 'Antwort auf Ihren Kommentar',
    read: 'Auf der Seite lesen',
    answer: 'Antworten',
    others: 'Weitere Kommentare stehen auf der Seite.',
  },
  en: {
    tellMe: 'Notify me of…',
    boxes: { replies: 'Replies to my comment', comments: 'New comments here' },
    here: 'Notify me of new comments here',
    hint: 'This needs an email address. We send an email by which you confirm it.',
    asked: 'We send you an email. Confirm by its link that you want to be notified.',
    commentsOn: (article) => `New comments on the article “${article}”`,
    repliesOn: (article) => `Replies to your comment on the article “${article}”`,
    replied: (name) => `${name} replied to your comment`,
    several: (count) => `${count} new comments`,
    isReply: 'Reply to your comment',
    read: 'Read it on the page',
    answer: 'Reply',
    others: 'The page has more comments.',
  },
  fr: {
    tellMe: 'Me notifier des…',
    boxes: { replies: 'Réponses à mon commentaire', comments: 'Nouveaux commentaires ici' },
    here: 'Me notifier des nouveaux commentaires ici',
    hint: 'Il faut pour cela une adresse courriel. Nous envoyons un courriel pour confirmer la demande.',
    asked: 'Nous vous envoyons un courriel. Confirmez par son lien que vous voulez être averti.',
    commentsOn: (article) => `Nouveaux commentaires sur l’article «\u00a0${article}\u00a0»`,
    repliesOn: (article) => `Réponses à votre commentaire sur l’article «\u00a0${article}\u00a0»`,
    replied: (name) => `${name} a répondu à votre commentaire`,
    several: (count) => `${count} nouveaux commentaires`,
    isReply: 'Réponse à votre commentaire',
    read: 'Lire sur la page',
    answer: 'Répondre',
    others: 'D’autres commentaires se trouvent sur la page.',
  },
} satisfies Record<string, ToldWords>
