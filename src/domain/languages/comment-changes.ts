/** The texts that tell the author of a comment what became of a change or of the deletion. */
export interface ChangeWords {
  /** What became of a new text: it is public, or it waits for a moderator. */
  saved: Record<'approved' | 'pending', { title: string; detail: string }>
  /** What a script says if the site did not take a form and does not say why, or if there is no connection. */
  failed: string
}

/** These texts in each language. */
export const changeWords = {
  de: {
    saved: {
      approved: {
        title: 'Der Kommentar ist geändert',
        detail: 'Der neue Text erscheint in weniger als zwei Minuten auf der Seite.',
      },
      pending: {
        title: 'Der Kommentar ist geändert',
        detail:
          'Die Redaktion liest den neuen Text, bevor er erscheint. Bis dahin ist der Kommentar nicht zu sehen.',
      },
    },
    failed: 'Das hat nicht geklappt. Ihr Text ist noch da: Versuchen Sie es später noch einmal.',
  },
  en: {
    saved: {
      approved: {
        title: 'The comment is changed',
        detail: 'The new text appears on the page in less than two minutes.',
      },
      pending: {
        title: 'The comment is changed',
        detail: 'The newsroom reads the new text before it appears. Until then, the comment is not shown.',
      },
    },
    failed: 'That did not work. Your text is still here: try again later.',
  },
  fr: {
    saved: {
      approved: {
        title: 'Le commentaire est modifié',
        detail: 'Le nouveau texte paraîtra sur la page dans moins de deux minutes.',
      },
      pending: {
        title: 'Le commentaire est modifié',
        detail:
          'La rédaction lit le nouveau texte avant de le publier. D’ici là, le commentaire n’est pas visible.',
      },
    },
    failed: 'Cela n’a pas fonctionné. Votre texte est toujours là\u00a0: réessayez plus tard.',
  },
} satisfies Record<string, ChangeWords>
