import { type ChangeWords, changeWords } from './comment-changes.ts'
import { type CommentFeedWords, commentFeedWords } from './comment-feeds.ts'
import { type QuestionWords, questionWords } from './questions.ts'
import { type ReportWords, reportWords } from './reports.ts'
import { type StatementWords, statementWords } from './statements.ts'
import { type ToldWords, toldWords } from './told.ts'

/** The texts of what belongs to comments: changes of one's own, reports, notices by mail, questions about passages, and statements of reasons. */
export interface CommentParts {
  change: ChangeWords
  feed: CommentFeedWords
  report: ReportWords
  tell: ToldWords
  question: QuestionWords
  statement: StatementWords
}

const partsIn = (language: 'de' | 'en' | 'fr'): CommentParts => ({
  change: changeWords[language],
  feed: commentFeedWords[language],
  report: reportWords[language],
  tell: toldWords[language],
  question: questionWords[language],
  statement: statementWords[language],
})

/** The texts of these parts in each language. */
export const commentParts = { de: partsIn('de'), en: partsIn('en'), fr: partsIn('fr') }
