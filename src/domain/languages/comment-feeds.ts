/** The texts of the page for a person who opens a feed of comments in a browser, where they differ from those of other feeds. */
export interface CommentFeedWords {
  explanation: string
  newest: string
  older: string
}

/** These texts in each language. */
export const commentFeedWords = {
  de: {
    explanation:
      'Diese Adresse ist ein Feed. Fügen Sie sie Ihrem Feedreader hinzu: Dort erscheint jeder Kommentar, sobald er veröffentlicht ist, ohne Konto und ohne E-Mail.',
    newest: 'Neueste Kommentare',
    older: 'Kommentare aus diesem Teil des Feeds',
  },
  en: {
    explanation:
      'This address is a feed. Add it to your reader: every comment arrives there when it is published, without an account here or an email.',
    newest: 'Newest comments',
    older: 'Comments of this part of the feed',
  },
  fr: {
    explanation:
      'Cette adresse est un flux. Ajoutez-la à votre lecteur\u00a0: chaque commentaire y arrive dès sa publication, sans compte ici ni courriel.',
    newest: 'Commentaires récents',
    older: 'Commentaires de cette partie du flux',
  },
} satisfies Record<string, CommentFeedWords>
