import { bulkAnswers, bulkLines } from './examples.ts'
import { lines, operation } from './operation.ts'
import { ref } from './schema.ts'

/** The call that says what a bulk import would do. */
export const ofDryRun = {
  post: operation({
    operationId: 'dry-run',
    summary: 'Find out what a bulk import would do',
    description:
      'Takes the same lines as a bulk import, at most as many, and answers what the import would do with each line, but saves nothing. Each line is compared with the store as it would be after the lines before it. A new id in the answer is the one that the article would get now.',
    scope: 'publish',
    stateless: true,
    requestBody: { required: true, content: lines(ref('Article'), { bulk: bulkLines }) },
    answers: {
      200: {
        description: 'The result that the import would have for each line',
        content: lines(ref('Line'), {
          bulk: bulkAnswers.map((answer) => `${JSON.stringify(answer)}\n`).join(''),
        }),
      },
    },
    problems: ['mayNotPublish', 'tooLarge', 'tooManyLines'],
  }),
}
