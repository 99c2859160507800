import { json, operation } from './operation.ts'
import { integer, object, ref } from './schema.ts'

/** The call that follows each restore of the database to an earlier point in time. */
export const ofRestored = {
  post: operation({
    operationId: 'move-on',
    summary: 'Move on after a restore of the database',
    description:
      'Call this after each restore of the database to an earlier point in time, such as D1 Time Travel. Readers, subscribers and the edge may know content that the restored database does not contain. After the call, no date from before the call stands for two contents, feed readers that ask for deltas get the whole feed once, every subscription is owed the feed, and all copies at the edge are stale. A second call does no harm.',
    scope: 'admin',
    answers: {
      200: {
        description: 'The store has moved on',
        content: json(ref('MovedOn'), { moved: { revision: 1_718_812_800_401 } }),
      },
    },
    problems: ['mayNotAdminister'],
  }),
}

export const restoredSchemas = {
  MovedOn: object('The result of moving on.', ['revision'], {
    revision: integer('The new revision, which is higher than every revision before.'),
  }),
}
