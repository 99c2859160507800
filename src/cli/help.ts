import { standardErasedFile } from './erased-file.ts'
import type { Help } from './help-entry.ts'
import { peopleHelps } from './help-people.ts'
import { kindLines } from './sources/kinds.ts'

/** The names of all commands, in the order in which the help lists them. */
export const commandNames = [
  ...(['import', 'list', 'show', 'undo', 'withdraw', 'restore', 'export', 'doctor', 'restored'] as const),
  ...(['hub', 'subscriptions', 'comments', 'push', 'token', 'help'] as const),
] as const

/** The name of a command. */
export type CommandName = (typeof commandNames)[number]

/** The help about each command. */
export const helps: Record<CommandName, Help> = {
  import: {
    forms: [
      [
        'import FILE…',
        'saves the articles in the files, which may be:',
        ...kindLines.map((line) => `  ${line}`),
        'the FILE - is standard input',
      ],
    ],
    options: [
      {
        title: 'Options of import, for every article in the files:',
        names: ['published', 'embargo', 'status', 'section', 'tag', 'author', 'language'],
        entries: [
          [
            '--published DATE',
            "the date of publication: 2024-06-19, 2024-06-19 08:00 (in the site's time zone),",
            '2024-06-19T08:00:00-04:00 (in any zone), 1er juin 2024 and the like, or now: a new article is published',
            'now, and a stored one keeps its date; a public article without a date is refused',
          ],
          ['--embargo DATE', 'hides the article until this date; a day alone is its start'],
          ['--status STATUS', 'draft, published or withdrawn'],
          ['--section NAME', 'the section, such as Monde'],
          ['--tag NAME', 'a tag; for several tags, repeat the option'],
          ['--author NAME', 'an author; for several authors, repeat the option'],
          ['--language TAG', 'the language, such as fr-CA; Kiosque guesses the language if none is given'],
        ],
      },
      {
        title: 'Options of import, if the files contain only one article:',
        names: ['url', 'slug'],
        entries: [
          ['--url URL', "the address of the article, if readers do not read it on Kiosque's own page"],
          [
            '--slug SLUG',
            "the end of the article's address; Kiosque makes a slug from the title if none is given",
          ],
        ],
      },
      {
        title: 'Options of import, for the run:',
        names: ['overwrite', 'replace', 'notify', 'dry-run', 'verbose', 'subscriptions', 'erased'],
        entries: [
          [
            '--overwrite',
            'articles and names of a backup replace the stored ones even if the stored ones are newer',
          ],
          [
            '--replace',
            'an article also replaces a stored article if it is doubtful whether both are the same',
          ],
          [
            '--notify',
            'tells those who asked for it of the articles, as the API does; without it, an import tells nobody',
          ],
          [
            '--dry-run',
            'compares the files with the store, says what the import would do, and saves nothing',
          ],
          ['--verbose', 'prints a line for each article, also if there are many'],
          [
            '--subscriptions FILE',
            'adds the subscribers of this file, which export wrote, and gives comments and reports their e-mail',
            'addresses back, but not of those who are in the list of erased addresses, which is',
            `${standardErasedFile} or the file of --erased; asks for the passphrase`,
          ],
        ],
      },
    ],
    notes: [
      'The file page.meta.json may give fields of the article in page.txt, page.html, page.md or page.json.',
    ],
  },
  list: {
    forms: [
      [
        'list',
        'lists all articles, the newest article first; says when a scheduled article comes out, and',
        'whether its date is derived from its embargo or earlier than it',
      ],
    ],
    options: [
      {
        title: 'Options of list:',
        names: ['status', 'section', 'tag', 'author'],
        entries: [
          [
            '--status STATUS',
            'lists only articles that are draft, scheduled, published, expired or withdrawn',
          ],
          [
            '--section, --tag, --author NAME',
            'lists only the articles with this name or key, such as --tag Marché',
          ],
        ],
      },
    ],
  },
  show: { forms: [['show SLUG', 'prints an article as JSON']] },
  undo: {
    forms: [
      [
        'undo',
        'takes back the last import: withdraws or deletes what it created, and gives back what it replaced;',
        'says what cannot be taken back; asks first',
      ],
    ],
    options: [
      {
        title: 'Options of undo:',
        names: ['yes', 'verbose'],
        entries: [
          ['--yes', 'takes back without asking, which is needed where no terminal can answer'],
          ['--verbose', 'prints a line for each article'],
        ],
      },
    ],
  },
  withdraw: {
    forms: [
      [
        'withdraw SLUG…',
        'withdraws articles: each page answers 410, and no feed shows the article; asks first',
      ],
    ],
    options: [
      {
        title: 'Options of withdraw:',
        names: ['yes'],
        entries: [['--yes', 'withdraws without asking, which is needed where no terminal can answer']],
      },
    ],
  },
  restore: {
    forms: [['restore SLUG…', 'publishes withdrawn articles again, at the addresses that they had']],
  },
  export: {
    forms: [
      [
        'export',
        'writes a backup to standard output as NDJSON: every article, and every comment with its state and log,',
        'without the people who are told of them and without the e-mail addresses of comments and reports;',
        `if some have unsubscribed or were erased, keeps the hashes of their addresses in the file ${standardErasedFile}`,
      ],
    ],
    notes: [
      'With --to, export needs a token with the scope read; for comments, and with --subscriptions, one with the scope admin.',
    ],
    options: [
      {
        title: 'Options of export:',
        names: ['subscriptions', 'erased'],
        entries: [
          [
            '--subscriptions FILE',
            'also writes the people who are told of articles, and the e-mail addresses of comments and reports,',
            'to this file, encrypted with a passphrase: that of the variable KIOSQUE_PASSPHRASE, or the one that',
            'you type; these addresses are in no other file',
          ],
          ['--erased FILE', `keeps the list of erased addresses in this file, not in ${standardErasedFile}`],
        ],
      },
    ],
  },
  doctor: {
    forms: [
      [
        'doctor',
        'lists the rows of the store that are bad, each with the reason and a remedy; exits 1 if there are any',
      ],
    ],
    options: [
      {
        title: 'Options of doctor:',
        names: ['fix'],
        entries: [
          [
            '--fix',
            'first corrects the rows that can be corrected without loss, and lists what it corrected',
          ],
        ],
      },
    ],
  },
  restored: {
    forms: [
      [
        'restored',
        'to run after each restore of the database to an earlier time (D1 Time Travel): makes earlier copies and',
        'dates void, and erases again the people who were erased or have unsubscribed since',
      ],
    ],
    notes: ['With --to, restored needs a token with the scope admin.'],
    options: [
      {
        title: 'Options of restored:',
        names: ['erased'],
        entries: [
          [
            '--erased FILE',
            `reads the list of erased addresses from this file, not from ${standardErasedFile}`,
          ],
        ],
      },
    ],
  },
  hub: {
    forms: [
      [
        'hub',
        'lists the feeds that have WebSub subscribers, with the numbers of those whose last delivery',
        'failed (failing) or took long (slow), and of the others that have not received the newest',
        'change yet (pending); and the callbacks that did not confirm a request in the last day',
      ],
      [
        'hub FEED',
        'lists the subscriptions of one feed, such as feed.atom or https://flux.example.com/feed.atom',
      ],
      ['hub redeliver [FEED|NUMBER]', 'retries failing deliveries now, and runs jobs again that gave up'],
      ['hub drop NUMBER', 'ends the subscription with this number'],
    ],
  },
  ...peopleHelps,
  token: {
    forms: [['token new NAME', 'creates an API token and prints the token, which is stored nowhere']],
    needsNoStore: true,
    options: [
      {
        title: 'Options of token new:',
        names: ['scope'],
        entries: [['--scope SCOPE', 'what the token allows: read, moderate, publish (the default) or admin']],
      },
    ],
  },
  help: {
    forms: [
      ['help [COMMAND]', 'prints this text, or the part about one command'],
      ['--version', 'prints the version'],
    ],
    needsNoStore: true,
  },
}
