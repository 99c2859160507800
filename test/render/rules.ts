import { describe, expect, test } from 'vitest'
import type { Article } from '../../src/domain/article.ts'
import type { Feed } from '../../src/domain/feed.ts'
import { behaviours } from './samples.ts'

/**
 * The results of checking a rule: one entry for each thing that was checked, either a text that says what is
 * wrong or `false` if nothing is wrong.
 */
export type Answers = (string | false)[]

/** A rule about documents: its name, its check, and a change that makes a document break the rule. */
export type Rule<Sheet> = [
  rule: string,
  check: (sheet: Sheet) => Answers,
  broken: (document: string) => string,
]

/** Whether readers may comment on an article of a sample feed: entries that are comments themselves have no slug. */
export const mayComment = ({ site }: Feed, { slug, comments }: Article): boolean =>
  slug !== '' && site.comments !== undefined && (comments ?? site.comments) !== 'off'

const violations = (answers: Answers) => answers.filter((answer) => answer !== false)

/**
 * Makes the tests of a format: each rule holds for the document of every sample feed, and fails if the document is
 * changed as the rule says. `read` parses a document.
 */
export function testRules<Sheet>(
  format: string,
  render: (feed: Feed) => string,
  read: (document: string, feed: Feed, behaviour: string) => Sheet,
  rules: readonly Rule<Sheet>[],
): void {
  const documents = Object.entries(behaviours).map(([behaviour, feed]) => ({
    behaviour,
    feed,
    document: render(feed),
  }))
  const answersTo = (check: Rule<Sheet>[1], change = (document: string) => document): Answers =>
    documents.flatMap(({ behaviour, feed, document }) =>
      check(read(change(document), feed, behaviour)).map(
        (answer) => answer !== false && `${behaviour}: ${answer}`,
      ),
    )

  describe(`${format}, over every behaviour`, () => {
    test.for([...rules])('%s', ([, check]) => {
      const answers = answersTo(check)
      expect(answers.length).toBeGreaterThan(0) // The test fails if the rule checked nothing.
      expect(violations(answers)).toEqual([])
    })
  })

  describe(`${format}: a document that breaks the rule is found`, () => {
    test.for([...rules])('%s', ([, check, broken]) => {
      expect(violations(answersTo(check, broken))).not.toEqual([])
    })
  })
}
