import type { DecisionReason } from '../statement.ts'

/** The texts of the mail by which the author of a comment is told why it was hidden or deleted. */
export interface StatementWords {
  /** Returns the subject; `article` is the title of the article. */
  subject: (article: string) => string
  /** Return what was decided: the name of the site, the day on which the comment was written, and the title of the article. */
  decided: Record<'spam' | 'deleted', (site: string, day: string, article: string) => string>
  comment: string
  reason: string
  reasons: Record<DecisionReason, string>
  /** The reason if the moderator named none. */
  rules: string
  /** That a person decided, for whom the decision counts, and for how long. */
  byPerson: string
  /** How the author can object; the address of the newsroom follows. */
  objection: string
}

/** The texts of statements of reasons, in each language. The texts about comments name them. */
export const statementWords = {
  de: {
    subject: (article) => `Ihr Kommentar zum Artikel „${article}“ ist nicht öffentlich`,
    decided: {
      spam: (site, day, article) =>
        `${site} hat den Kommentar ausgeblendet, den Sie am ${day} zum Artikel „${article}“ geschrieben haben.`,
      deleted: (site, day, article) =>
        `${site} hat den Kommentar gelöscht, den Sie am ${day} zum Artikel „${article}“ geschrieben haben.`,
    },
    comment: 'Ihr Kommentar:',
    reason: 'Grund:',
    reasons: {
      illegal: 'Er verstößt nach Ansicht der Redaktion gegen das Gesetz.',
      hateful: 'Er verbreitet Hass.',
      harassing: 'Er belästigt oder bedroht jemanden.',
      false: 'Er behauptet Falsches.',
      'off-topic': 'Er hat mit dem Artikel nichts zu tun.',
      spam: 'Er ist Werbung.',
      other: 'Er verstößt gegen die Regeln für Kommentare.',
    },
    rules: 'Er verstößt gegen die Regeln für Kommentare.',
    byPerson:
      'Ein Mensch hat das entschieden, kein Programm. Die Entscheidung gilt überall und auf unbestimmte Zeit.',
    objection:
      'Wenn Sie nicht einverstanden sind, schreiben Sie der Redaktion, und nennen Sie Ihre Gründe. Sie können auch ein Gericht anrufen. Adresse der Redaktion:',
  },
  en: {
    subject: (article) => `Your comment on the article “${article}” is not public`,
    decided: {
      spam: (site, day, article) =>
        `${site} has hidden the comment that you wrote on ${day} on the article “${article}”.`,
      deleted: (site, day, article) =>
        `${site} has deleted the comment that you wrote on ${day} on the article “${article}”.`,
    },
    comment: 'Your comment:',
    reason: 'Reason:',
    reasons: {
      illegal: 'In the view of the newsroom, it is against the law.',
      hateful: 'It spreads hatred.',
      harassing: 'It harasses or threatens somebody.',
      false: 'It states what is false.',
      'off-topic': 'It has nothing to do with the article.',
      spam: 'It is advertising.',
      other: 'It is against the rules for comments.',
    },
    rules: 'It is against the rules for comments.',
    byPerson:
      'A person has decided this, and no program. The decision counts everywhere, without a limit of time.',
    objection:
      'If you do not agree, write to the newsroom and give your reasons. You can also go to a court. Address of the newsroom:',
  },
  fr: {
    subject: (article) => `Votre commentaire sur l’article «\u00a0${article}\u00a0» n’est pas public`,
    decided: {
      spam: (site, day, article) =>
        `${site} a masqué le commentaire que vous avez écrit le ${day} sur l’article «\u00a0${article}\u00a0».`,
      deleted: (site, day, article) =>
        `${site} a supprimé le commentaire que vous avez écrit le ${day} sur l’article «\u00a0${article}\u00a0».`,
    },
    comment: 'Votre commentaire\u00a0:',
    reason: 'Motif\u00a0:',
    reasons: {
      illegal: 'Selon la rédaction, il est contraire à la loi.',
      hateful: 'Il propage la haine.',
      harassing: 'Il harcèle ou menace une personne.',
      false: 'Il affirme des choses fausses.',
      'off-topic': 'Il n’a pas de rapport avec l’article.',
      spam: 'C’est de la publicité.',
      other: 'Il est contraire aux règles des commentaires.',
    },
    rules: 'Il est contraire aux règles des commentaires.',
    byPerson:
      'C’est une personne qui a pris cette décision, et non un programme. La décision vaut partout et sans limite de temps.',
    objection:
      'Si vous n’êtes pas d’accord, écrivez à la rédaction et donnez vos raisons. Vous pouvez aussi vous adresser à un tribunal. Adresse de la rédaction\u00a0:',
  },
} satisfies Record<string, StatementWords>
