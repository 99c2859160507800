import { html } from './hostile-html.ts'
import { markdown } from './hostile-markdown.ts'
import { numbered, paired, type Row, repeated } from './hostile-pieces.ts'

/** The form in which a hostile text is sent: as a member of the article in JSON, or as a whole capture. */
export type Form = 'markdown' | 'html' | 'text' | 'capture' | 'json'

/**
 * A family of inputs that cost a parser much: what it is, the form in which it is sent, and a function that makes
 * the input with about the given number of characters.
 */
export type Family = readonly [what: string, form: Form, make: (characters: number) => string]

const text: readonly Row[] = [
  ['blanks', repeated(' ')],
  ['blanks before a letter', repeated(' ', 'a', 'a')],
  ['tabs before a letter', repeated('\t', 'a', 'a')],
  ['blank lines', repeated('\n')],
  ['blank lines with blanks', repeated(' \n')],
  ['blank lines with blanks, before a letter', repeated(' \n', 'a', 'a')],
  ['a line break and blanks', repeated('\n    ')],
  ['lines of CR', repeated('\r')],
  ['lines', repeated('a\n')],
  ['short paragraphs', repeated('a\n\n')],
  ['ampersands', repeated('&')],
  ['pointed brackets', repeated('<')],
  ['one long word', repeated('a')],
  ['words', repeated('mot ')],
  ['Chinese', repeated('中')],
]

const capture: readonly Row[] = [
  ['short lines', repeated('a\n')],
  ['names', repeated('Jean Roy\n', 'Titre de cet article long\n')],
  [
    'names, each another',
    numbered((n) => `Jean R${n.toString(36).replace(/\d/g, 'x')}\n`, 'Titre de cet article long\n'),
  ],
  ['bylines', repeated('Par Jean Roy\n', 'Titre de cet article long\n')],
  [
    'bylines, each another',
    numbered((n) => `Par Jean R${n.toString(36).replace(/\d/g, 'x')}\n`, 'Titre\n', 'Fin.'),
  ],
  ['agencies', repeated('AFP, Reuters\n', 'Titre\n', 'Fin.')],
  ['dates', repeated('1 mai\n', 'Titre\n', 'Fin.')],
  ['buttons', repeated('partager sur facebook\n')],
  ['buttons below a title', repeated('partager\n', 'Titre de cet article\n', 'Fin.')],
  ['networks', repeated('facebook\n', 'Titre\n', 'Fin.')],
  ['paths', repeated('accueil > monde > asie\n')],
  ['leads', repeated('lire aussi : a\n', 'Titre\nTexte.\n')],
  ['bullets', repeated('|·•')],
  ['bullets in lines', repeated(`${'|a'.repeat(50)}\n`)],
  ['digits in lines', repeated(`${'1.'.repeat(55)}\n`)],
  ['digits and blanks in lines', repeated(`${'1 '.repeat(55)}x\n`)],
  ['marks in lines', repeated(`a${'»'.repeat(100)}\n`)],
  ['commas in lines', repeated(`${',;'.repeat(70)}\n`, 'Titre\n')],
  ['blanks in lines', repeated(`a${' '.repeat(150)}b\n`, 'Titre\n')],
  ['blanks', repeated(' ', 'a', 'a')],
  ['no-break spaces', repeated('\u00a0', 'a', 'a')],
  ['zero-width spaces', repeated('\u200b')],
  ['blank lines', repeated('\n', 'a', 'a')],
  ['the title again', repeated('Titre de cet article\n')],
  ['one long word', repeated('a', 'Titre\n')],
  ['full stops', repeated('.', 'Titre\n')],
  ['wrapped lines', repeated(`${'mot '.repeat(15)}mot\n`, 'Titre\n')],
  ['short sentences', repeated('Un mot.\n', 'Titre\n')],
  ['apostrophes', repeated('’', 'Titre\n')],
]

/** Articles in JSON, apart from their body; each function makes the text of the whole request. */
const fields = (members: (characters: number) => object) => (characters: number) =>
  JSON.stringify({ title: 'Titre', html: '<p>a</p>', ...members(characters) })
const marks = (characters: number) => '\u0323\u0307\u0315\u0302'.repeat(characters / 8)

const json: readonly Row[] = [
  ['lists nested', paired('[', ']', '')],
  ['objects nested', paired('{"a":', '}', '1')],
  [
    'members without meaning',
    (n) => JSON.stringify(Object.fromEntries(Array.from({ length: n / 10 }, (_, at) => [`a${at}`, 1]))),
  ],
  ['a long title', fields((n) => ({ title: 'a'.repeat(n) }))],
  ['a title of blanks', fields((n) => ({ title: `a${' '.repeat(n)}a` }))],
  ['a title of marks', fields((n) => ({ title: `a${marks(n)}` }))],
  ['a section of marks', fields((n) => ({ section: `a${marks(n)}` }))],
  [
    'a section of marks out of order',
    fields((n) => ({ section: `a${'\u0301'.repeat(n / 4)}${'\u0323'.repeat(n / 4)}` })),
  ],
  ['a section of ligatures', fields((n) => ({ section: '\uFDFA'.repeat(n / 3) }))],
  ['a section of hyphens', fields((n) => ({ section: 'a-'.repeat(n / 2) }))],
  ['a slug', fields((n) => ({ slug: 'a-'.repeat(n / 2) }))],
  ['an id', fields((n) => ({ id: `tag:${'a'.repeat(n)}` }))],
  ['an id without a scheme', fields((n) => ({ id: 'a'.repeat(n) }))],
  ['an address', fields((n) => ({ url: `https://a/${'é'.repeat(n / 2)}` }))],
  ['an address with a long host', fields((n) => ({ url: `https://${'é'.repeat(n / 2)}` }))],
  ['an address with a long host of dots', fields((n) => ({ url: `https://${'a.'.repeat(n / 2)}` }))],
  ['a path', fields((n) => ({ image: { url: `/${'é'.repeat(n / 2)}` } }))],
  ['a language', fields((n) => ({ language: `fr${'-abcde'.repeat(n / 6)}` }))],
  ['a language of extensions', fields((n) => ({ language: `fr-x${'-a'.repeat(n / 2)}` }))],
  ['an instant', fields((n) => ({ published: `2024-01-01T00:00:00.${'0'.repeat(n)}Z` }))],
  ['an instant without end', fields((n) => ({ published: `2024-01-01T00:00:00${'Z'.repeat(n)}` }))],
  ['an instant of round brackets', fields((n) => ({ published: '('.repeat(n) }))],
  ['a media type', fields((n) => ({ image: { url: '/a', type: 'a'.repeat(n) } }))],
  ['an e-mail address', fields((n) => ({ authors: [{ name: 'a', email: `${'a.'.repeat(n / 2)}` }] }))],
  [
    'an e-mail address with hosts',
    fields((n) => ({ authors: [{ name: 'a', email: `a@${'a-'.repeat(n / 2)}` }] })),
  ],
  ['tags', fields((n) => ({ tags: Array.from({ length: n / 10 }, (_, at) => `t${at}`) }))],
  ['tags that are long', fields((n) => ({ tags: Array.from({ length: 50 }, () => 'é'.repeat(n / 100)) }))],
  ['tags of marks', fields((n) => ({ tags: Array.from({ length: 50 }, () => `a${marks(n / 50)}`) }))],
  ['authors', fields((n) => ({ authors: Array.from({ length: n / 12 }, (_, at) => ({ name: at })) }))],
  [
    'authors that are long',
    fields((n) => ({ authors: Array.from({ length: 50 }, () => ({ name: `a${marks(n / 50)}` })) })),
  ],
  [
    'attachments with long paths',
    fields((n) => ({
      attachments: Array.from({ length: 50 }, () => ({ url: `/${'a'.repeat(n / 60)}`, type: 'a/b' })),
    })),
  ],
  ['a summary', fields((n) => ({ summary: ' \n'.repeat(n / 3) }))],
  ['a note', fields((n) => ({ note: 'é'.repeat(n / 2) }))],
]

const inForm = (form: Form, rows: readonly Row[]): Family[] => rows.map(([what, make]) => [what, form, make])

/** Every family of hostile inputs. */
export const families: readonly Family[] = [
  ...inForm('markdown', markdown),
  ...inForm('html', html),
  ...inForm('text', text),
  ...inForm('capture', capture),
  ...inForm('json', json),
]
