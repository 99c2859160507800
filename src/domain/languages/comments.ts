import type { ThreadOrder } from '../comment.ts'
import { type CommentParts, commentParts } from './comment-parts.ts'

/** What can be wrong with a comment that a person has sent. The form then says so, and keeps what was written. */
export type CommentMistake =
  | 'name'
  | 'email'
  | 'notify'
  | 'text'
  | 'tooLong'
  | 'unreadable'
  | 'expired'
  | 'used'
  | 'tooMany'
  | 'closed'
  | 'question'
  | 'shut'

/** The texts about comments. */
export interface CommentWords extends CommentParts {
  title: string
  /** Returns the title of the feed of the comments on an article. */
  on: (article: string) => string
  all: string
  /** Returns the title of a comment in a feed; `article` is the title of the article. */
  by: (name: string, article: string) => string
  none: string
  /** The name of an author of whom another system knows none. */
  anonymous: string
  /** The label of the link from an article to all its comments. */
  view: string
  write: string
  reply: string
  /** Returns the label of the link to the form that answers the comment of the named person. */
  replyTo: (name: string) => string
  /** Comes before the comment that is answered. */
  answering: (name: string) => string
  removed: string
  allReplies: string
  older: string
  /** The label of the links to the orders of threads, and their texts. */
  order: string
  orders: Record<ThreadOrder, string>
  article: string
  name: string
  nameHint: string
  email: string
  emailHint: string
  text: string
  textHint: string
  /** The label of the field that people do not see. */
  trap: string
  /** What the form says to browsers without scripts, on a site that checks that a person writes. */
  withoutScript: string
  send: string
  done: Record<'approved' | 'pending', { title: string; detail: string }>
  /** What the author of a comment can do for ten minutes. */
  own: string
  edit: string
  delete: string
  outcomes: Record<'deleted' | 'over', { title: string; detail: string }>
  wrong: Record<CommentMistake, string>
}

/** The texts of the form of a comment, as far as a script that shows a form of its own needs them. */
export const formWords = ({
  name,
  nameHint,
  email,
  emailHint,
  text,
  textHint,
  send,
  wrong,
}: CommentWords): FormWords => ({ name, nameHint, email, emailHint, text, textHint, send, wrong })

/** The texts of the boxes by which the author of a comment asks to be told, as far as such a script needs them. */
export const noticeWords = ({ tell: { tellMe, boxes, hint } }: CommentWords) => ({
  tellMe,
  boxes,
  hint,
})

type FormWords = Pick<
  CommentWords,
  'name' | 'nameHint' | 'email' | 'emailHint' | 'text' | 'textHint' | 'send' | 'wrong'
>

/** The texts about comments, in each language. The files of the languages name them. */
export const commentWords = {
  de: {
    ...commentParts.de,
    title: 'Kommentare',
    on: (article) => `Kommentare: ${article}`,
    all: 'Alle Kommentare',
    by: (name, article) => `${name} zu „${article}“`,
    none: 'Noch kein Kommentar.',
    anonymous: 'Anonym',
    view: 'Alle Kommentare ansehen',
    write: 'Kommentar schreiben',
    reply: 'Antworten',
    replyTo: (name) => `${name} antworten`,
    answering: (name) => `Antwort an ${name}`,
    removed: 'Dieser Kommentar ist nicht mehr öffentlich.',
    allReplies: 'Alle Antworten zeigen',
    older: 'Weitere Kommentare',
    order: 'Reihenfolge',
    orders: { newest: 'Neueste zuerst', oldest: 'Älteste zuerst', answered: 'Meiste Antworten zuerst' },
    article: 'Zum Artikel',
    name: 'Name oder Pseudonym',
    nameHint: 'Er erscheint mit dem Kommentar.',
    email: 'E-Mail-Adresse (freiwillig)',
    emailHint: 'Sie wird nie gezeigt. Die Redaktion kann Ihnen damit antworten.',
    text: 'Kommentar',
    textHint: 'Höchstens 4000 Zeichen. Möglich sind *kursiv*, **fett**, > Zitate und Links.',
    trap: 'Lassen Sie dieses Feld leer',
    withoutScript:
      'Ohne Skripte lässt sich nicht prüfen, dass ein Mensch schreibt: Die Redaktion liest den Kommentar, bevor er erscheint.',
    send: 'Senden',
    done: {
      approved: {
        title: 'Danke',
        detail: 'Ihr Kommentar ist veröffentlicht. Er erscheint in weniger als zwei Minuten auf der Seite.',
      },
      pending: {
        title: 'Danke',
        detail: 'Ihr Kommentar ist angekommen. Die Redaktion liest ihn, bevor er erscheint.',
      },
    },
    own: 'Sie können ihn zehn Minuten lang ändern oder löschen.',
    edit: 'Ändern',
    delete: 'Löschen',
    outcomes: {
      deleted: {
        title: 'Der Kommentar ist gelöscht',
        detail: 'Auf Seiten, die schon gespeichert waren, kann er noch eine halbe Minute stehen.',
      },
      over: {
        title: 'Der Kommentar kann nicht mehr geändert werden',
        detail:
          'Das ist nur zehn Minuten lang möglich. Schreiben Sie der Redaktion, wenn er gelöscht werden soll.',
      },
    },
    wrong: {
      name: 'Geben Sie einen Namen oder ein Pseudonym mit höchstens 60 Zeichen an.',
      email: 'Diese E-Mail-Adresse ist nicht gültig. Sie können das Feld leer lassen.',
      notify: 'Geben Sie eine E-Mail-Adresse an, oder wählen Sie die Benachrichtigungen ab.',
      text: 'Schreiben Sie einen Text.',
      tooLong: 'Der Text ist zu lang: höchstens 4000 Zeichen sind möglich.',
      unreadable: 'Der Text hat zu viele Zeichen wie > oder *. Lassen Sie einige weg.',
      expired: 'Dieses Formular war zu alt. Ihr Text ist noch da: Senden Sie ihn noch einmal.',
      used: 'Mit diesem Formular wurde schon ein Kommentar gesendet. Ihr Text ist noch da: Senden Sie ihn noch einmal.',
      tooMany:
        'Es wurden zu viele Kommentare gesendet. Ihr Text ist noch da: Senden Sie ihn in einer Minute noch einmal.',
      closed: 'Der Artikel oder der Kommentar, auf den Sie antworten, ist nicht mehr öffentlich.',
      question: commentParts.de.question.gone,
      shut: 'Hier kann man nicht mehr kommentieren. Die Kommentare bleiben.',
    },
  },
  en: {
    ...commentParts.en,
    title: 'Comments',
    on: (article) => `Comments: ${article}`,
    all: 'All comments',
    by: (name, article) => `${name} on “${article}”`,
    none: 'No comments yet.',
    anonymous: 'Anonymous',
    view: 'View all comments',
    write: 'Write a comment',
    reply: 'Reply',
    replyTo: (name) => `Reply to ${name}`,
    answering: (name) => `Reply to ${name}`,
    removed: 'This comment is no longer published.',
    allReplies: 'Show all replies',
    older: 'More comments',
    order: 'Order',
    orders: { newest: 'Newest first', oldest: 'Oldest first', answered: 'Most answered first' },
    article: 'To the article',
    name: 'Name or pseudonym',
    nameHint: 'It is shown with the comment.',
    email: 'Email address (optional)',
    emailHint: 'It is never shown. The newsroom can answer you with it.',
    text: 'Comment',
    textHint: 'At most 4,000 characters. You can use *italics*, **bold**, > quotes and links.',
    trap: 'Leave this field empty',
    withoutScript:
      'Without scripts, nothing can check that a person writes: the newsroom reads the comment before it appears.',
    send: 'Send',
    done: {
      approved: {
        title: 'Thank you',
        detail: 'Your comment is published. It appears on the page in less than two minutes.',
      },
      pending: {
        title: 'Thank you',
        detail: 'Your comment has arrived. The newsroom reads it before it appears.',
      },
    },
    own: 'You can change or delete it for ten minutes.',
    edit: 'Change',
    delete: 'Delete',
    outcomes: {
      deleted: {
        title: 'The comment is deleted',
        detail: 'Pages that were stored before may show it for another half a minute.',
      },
      over: {
        title: 'The comment cannot be changed any more',
        detail: 'That is possible for ten minutes only. Write to the newsroom if it shall be deleted.',
      },
    },
    wrong: {
      name: 'Give a name or a pseudonym of at most 60 characters.',
      email: 'This email address is not valid. You can leave the field empty.',
      notify: 'Give an email address, or untick the notifications.',
      text: 'Write a text.',
      tooLong: 'The text is too long: at most 4,000 characters are possible.',
      unreadable: 'The text has too many signs such as > or *. Leave some of them out.',
      expired: 'This form was too old. Your text is still here: send it once more.',
      used: 'A comment was sent with this form already. Your text is still here: send it once more.',
      tooMany: 'Too many comments were sent. Your text is still here: send it once more in a minute.',
      closed: 'The article, or the comment that you answer, is no longer published.',
      question: commentParts.en.question.gone,
      shut: 'Comments on this article are closed. Those that are there stay.',
    },
  },
  fr: {
    ...commentParts.fr,
    title: 'Commentaires',
    on: (article) => `Commentaires\u00a0: ${article}`,
    all: 'Tous les commentaires',
    by: (name, article) => `${name} sur «\u00a0${article}\u00a0»`,
    none: 'Aucun commentaire pour le moment.',
    anonymous: 'Anonyme',
    view: 'Voir tous les commentaires',
    write: 'Écrire un commentaire',
    reply: 'Répondre',
    replyTo: (name) => `Répondre à ${name}`,
    answering: (name) => `Réponse à ${name}`,
    removed: 'Ce commentaire n’est plus publié.',
    allReplies: 'Voir toutes les réponses',
    older: 'Autres commentaires',
    order: 'Ordre',
    orders: { newest: 'Les plus récents', oldest: 'Les plus anciens', answered: 'Les plus répondus' },
    article: 'Retour à l’article',
    name: 'Nom ou pseudonyme',
    nameHint: 'Il paraît avec le commentaire.',
    email: 'Adresse courriel (facultative)',
    emailHint: 'Elle n’est jamais montrée. La rédaction peut vous répondre à cette adresse.',
    text: 'Commentaire',
    textHint:
      'Au plus 4000 caractères. On peut écrire *en italique*, **en gras**, des > citations et des liens.',
    trap: 'Laissez ce champ vide',
    withoutScript:
      'Sans script, rien ne permet de vérifier qu’une personne écrit\u00a0: la rédaction lit le commentaire avant de le publier.',
    send: 'Envoyer',
    done: {
      approved: {
        title: 'Merci',
        detail: 'Votre commentaire est publié. Il paraîtra sur la page dans moins de deux minutes.',
      },
      pending: {
        title: 'Merci',
        detail: 'Votre commentaire est arrivé. La rédaction le lit avant de le publier.',
      },
    },
    own: 'Vous pouvez le modifier ou le supprimer pendant dix minutes.',
    edit: 'Modifier',
    delete: 'Supprimer',
    outcomes: {
      deleted: {
        title: 'Le commentaire est supprimé',
        detail: 'Des pages déjà enregistrées peuvent le montrer encore une demi-minute.',
      },
      over: {
        title: 'Le commentaire ne peut plus être modifié',
        detail:
          'Cela n’est possible que pendant dix minutes. Écrivez à la rédaction pour le faire supprimer.',
      },
    },
    wrong: {
      name: 'Donnez un nom ou un pseudonyme d’au plus 60 caractères.',
      email: 'Cette adresse courriel n’est pas valide. Vous pouvez laisser le champ vide.',
      notify: 'Donnez une adresse courriel, ou décochez les notifications.',
      text: 'Écrivez un texte.',
      tooLong: 'Le texte est trop long\u00a0: au plus 4000 caractères sont possibles.',
      unreadable: 'Le texte a trop de signes comme > ou *. Enlevez-en quelques-uns.',
      expired: 'Ce formulaire était trop ancien. Votre texte est toujours là\u00a0: envoyez-le de nouveau.',
      used: 'Ce formulaire a déjà servi à un commentaire. Votre texte est toujours là\u00a0: envoyez-le de nouveau.',
      tooMany:
        'Trop de commentaires ont été envoyés. Votre texte est toujours là\u00a0: envoyez-le de nouveau dans une minute.',
      closed: 'L’article, ou le commentaire auquel vous répondez, n’est plus publié.',
      question: commentParts.fr.question.gone,
      shut: 'Les commentaires de cet article sont fermés. Ceux qui s’y trouvent y restent.',
    },
  },
} satisfies Record<string, CommentWords>
