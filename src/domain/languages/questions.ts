/** The texts about the questions that an author asks about passages. */
export interface QuestionWords {
  /** The label of the questions and their answers. */
  title: string
  /** Returns the label of the link from a passage to the answers to its question. */
  answersTo: (question: string) => string
  /** Comes before the passage about which a question is asked. */
  passage: string
  /** The label of the link to the form that answers a question. */
  answer: string
  none: string
  /** What is wrong with an answer to a question that the article does not ask any more. */
  gone: string
}

/** The texts about questions, in each language. The texts about comments name them. */
export const questionWords = {
  de: {
    title: 'Fragen zum Text',
    answersTo: (question) => `Fragen zum Text: ${question}`,
    passage: 'Über diese Stelle:',
    answer: 'Auf die Frage antworten',
    none: 'Noch keine Antwort.',
    gone: 'Der Artikel stellt diese Frage nicht mehr. Ihr Text ist noch da: Senden Sie ihn als Kommentar zum Artikel.',
  },
  en: {
    title: 'Inline feedback',
    answersTo: (question) => `Inline feedback: ${question}`,
    passage: 'About this passage:',
    answer: 'Answer the question',
    none: 'No answers yet.',
    gone: 'The article does not ask this question any more. Your text is still here: send it as a comment on the article.',
  },
  fr: {
    title: 'Inline Feedbacks',
    answersTo: (question) => `Inline Feedbacks\u00a0: ${question}`,
    passage: 'Sur ce passage\u00a0:',
    answer: 'Répondre à la question',
    none: 'Aucune réponse pour le moment.',
    gone: 'L’article ne pose plus cette question. Votre texte est toujours là\u00a0: envoyez-le comme commentaire sur l’article.',
  },
} satisfies Record<string, QuestionWords>
