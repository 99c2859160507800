import { json, operation } from './operation.ts'
import { integer, object, ref } from './schema.ts'

/** The call that follows each restore of the database to an earlier point in time. */
export const ofRestored = {
  post: operation({
    operationId: 'move-on',
    summary: 'Report a restore of the database',
    description:
      'Call this after each restore of the database to an earlier point in time, such as D1 Time Travel. Feed readers, subscribers and the edge may have content that the restored database does not contain. After the call, all dates are later than before, feed readers that ask for deltas get the whole feed once, the hub delivers each feed to its subscribers, and all copies at the edge are marked stale. A second call does no harm.',
    scope: 'admin',
    answers: {
      200: {
        description: 'The store has a new revision',
        content: json(ref('MovedOn'), { moved: { revision: 1_718_812_800_401 } }),
      },
    },
    problems: ['mayNotAdminister'],
  }),
}

export const restoredSchemas = {
  MovedOn: object('The state of the store after the call.', ['revision'], {
    revision: integer('The new revision, which is higher than every revision before.'),
  }),
}
