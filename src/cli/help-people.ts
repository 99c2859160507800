import { decisionReasons, maxExplanationCharacters } from '../domain/statement.ts'
import { standardErasedFile } from './erased-file.ts'
import type { Help } from './help-entry.ts'

/** The help about the commands that concern people: those who are told of articles, and those who comment on them. */
export const peopleHelps: Record<'subscriptions' | 'comments' | 'push', Help> = {
  subscriptions: {
    forms: [
      [
        'subscriptions',
        'counts the people and browsers that are told of articles, by selection, channel and schedule, and shows',
        'what waits, and what could not be sent and why; shows no address',
      ],
    ],
    notes: ['With --to, subscriptions needs a token with the scope admin.'],
    options: [
      {
        title: 'Options of subscriptions:',
        names: ['erase'],
        entries: [
          [
            '--erase ADDRESS',
            'ends the subscription and the requests of an e-mail address, or of the endpoint of a browser, erases',
            'all by which the person could be recognized, and says what there was',
          ],
        ],
      },
    ],
  },
  comments: {
    forms: [
      [
        'comments [list] [STATE]',
        'lists the comments that wait (pending), those in another state (approved, spam, deleted),',
        'or those that readers have reported since the last decision (reported)',
      ],
      [
        'comments show ID…',
        'prints comments with their whole texts and their logs: reports, decisions and former texts',
      ],
      ['comments approve ID…', 'publishes comments'],
      ['comments spam ID…', 'hides comments; they can be approved later'],
      ['comments delete ID…', 'erases the texts, names and addresses of comments for ever'],
      ['comments ban ID…', 'holds all further comments with the e-mail addresses of these; `unban` ends it'],
      [
        'comments ban-network ID…',
        'holds all further comments from the networks of these until the end of the day (UTC);',
        '`unban-network` ends it',
      ],
      [
        'comments erase ADDRESS',
        'deletes all comments with this e-mail address, and empties the reports that have it',
      ],
      ['comments export ADDRESS', 'prints what is stored of the comments and reports of a person, as JSON'],
      ['comments close', 'lets nobody comment on any article; `comments open` ends it'],
      [
        'comments import FILE…',
        'adds the comments of exports of WordPress (WXR) and Disqus to articles that are there;',
        'tells nobody, and leaves those alone that were imported before; - is standard input',
      ],
    ],
    notes: [
      'With --to, comments needs a token with the scope moderate or admin; import, erase and export need admin.',
    ],
    options: [
      {
        title: 'Options of comments import:',
        names: ['dry-run', 'verbose', 'erased'],
        entries: [
          ['--dry-run', 'reads the files, finds the articles, says what it would import, and saves nothing'],
          ['--verbose', 'names each comment and page that is not imported, also if there are many'],
          [
            '--erased FILE',
            `erases again who is in this list of erased addresses, not in that of ${standardErasedFile}`,
          ],
        ],
      },
      {
        title: 'Options of comments delete and comments spam:',
        names: ['reason', 'text'],
        entries: [
          ['--reason REASON', `why: ${decisionReasons.join(', ')}`],
          [
            '--text TEXT',
            `an explanation of at most ${maxExplanationCharacters} characters; an author who left an e-mail address`,
            'is told by mail of a deletion, and of spam if a reason was given, but not if the reason is spam',
          ],
        ],
      },
    ],
  },
  push: {
    forms: [
      [
        'push keys',
        'makes a key pair with which messages to browsers are signed, and prints it; it is stored nowhere',
      ],
    ],
    options: [
      {
        title: 'Options of push keys:',
        names: ['json'],
        entries: [
          [
            '--json',
            'prints one line of JSON: publicKey, privateKey, and setting, which is what VAPID_KEYS takes',
          ],
        ],
      },
    ],
    notes: [
      'Put what it prints into the secret VAPID_KEYS (npx wrangler secret put VAPID_KEYS). Browsers can then be told, if the',
      'secret SUBSCRIPTION_SECRET is set too. To change the keys, put the new pair before the former one, separated by a',
      'comma: browsers that have subscribed accept no other pair than theirs. npm start makes keys of its own.',
    ],
    needsNoStore: true,
  },
}
