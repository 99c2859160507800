import { maxListed } from '../domain/store.ts'
import { json, operation, query } from './operation.ts'
import { ref } from './schema.ts'

const listedPaths = [
  { path: 'sections/monde', to: 'sections/ville' },
  { path: 'sections/ville', title: 'Ville' },
]

const pathAnswers = (description: string) => ({
  200: {
    description,
    content: json(ref('PathReplies'), {
      restored: {
        paths: [
          { path: 'sections/monde', saved: 'saved' },
          { path: 'sections/ville', saved: 'unchanged' },
        ],
      },
    }),
  },
})

export const ofPaths = {
  get: operation({
    operationId: 'list-paths',
    summary: 'List known paths',
    description: `Lists the paths that a backup contains beside the articles, in the order of the paths, at most ${maxListed} on each page: each section, tag and author that was ever public, each former path with the present path, and the path of each withdrawn article that was public. The address of the next page is in \`next\`.`,
    scope: 'read',
    parameters: [
      query('after', 'The position at which the previous page ended, copied from `next`.', 'sections/monde'),
    ],
    answers: {
      200: {
        description: 'A page of paths',
        content: json(ref('Paths'), {}),
      },
    },
    problems: [],
  }),
  post: operation({
    operationId: 'save-paths',
    summary: 'Restore known paths',
    description: `Restores paths that the call above listed, at most ${maxListed} in one save. Restore the paths before the articles of a backup. A path with a title creates a section, tag or author, or corrects the spelling of its name. The title is refused if the path belongs to another name here, or the name to another path; rename the section, tag or author first if both names are one. \`names\` are its former names: one that has the path here also permits the title. A path with \`to\` redirects to an existing path. A path with \`seen\` says that a withdrawn article was public: when the article is restored, its address answers 410 and not 404. Restoring an existing path changes nothing. An impossible path is refused with the reason and does not stop the others.`,
    scope: 'admin',
    requestBody: { required: true, content: json(ref('Paths'), { restored: { paths: listedPaths } }) },
    answers: pathAnswers('The result for each path, in the same order'),
    problems: ['unreadable', 'mayNotAdminister', 'tooLarge', 'type', 'path'],
  }),
}

/** The call that says what a restore of known paths would do. */
export const ofPathsDryRun = {
  post: operation({
    operationId: 'dry-run-paths',
    summary: 'Find out what a restore of known paths would do',
    description:
      'Takes the same paths as the call above, and answers what that call would do with each path, but saves nothing. Each path is compared with the store as it is now: a redirect is refused if its target would come with the same call.',
    scope: 'admin',
    requestBody: { required: true, content: json(ref('Paths'), { restored: { paths: listedPaths } }) },
    answers: pathAnswers('The result that the restore would have for each path'),
    problems: ['unreadable', 'mayNotAdminister', 'tooLarge', 'type', 'path'],
  }),
}
