import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ArticleInput } from '../../src/domain/input.ts'
import { languages } from '../../src/domain/language.ts'
import { decodeCapture, parseCapture } from '../../src/ingest/capture.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/**
 * The article that the parser finds in a capture (a web page saved as text). Throws if the parser refuses the
 * capture.
 */
function articleOf(capture: string): ArticleInput {
  const result = parseCapture(capture)
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value.value
}

const paragraphsOf = (capture: string): string[] => articleOf(capture).text?.split('\n\n') ?? []

describe('decodeCapture', () => {
  test.for<[title: string, bytes: Uint8Array, text: string]>([
    ['UTF-8 is read as it is', utf8('Été à «Montréal»'), 'Été à «Montréal»'],
    ['a byte order mark is dropped', new Uint8Array([0xef, 0xbb, 0xbf, 0x41]), 'A'],
    ['CRLF becomes LF', utf8('A\r\n\r\nB\n'), 'A\n\nB\n'],
    ['no-break spaces stay', utf8('12\u00A0% de\u202F!'), '12\u00A0% de\u202F!'],
    ['1 MiB is not too large', utf8('a'.repeat(1_048_576)), 'a'.repeat(1_048_576)],
  ])('%s', ([, bytes, text]) => {
    expect(decodeCapture(bytes)).toEqual({ ok: true, value: text })
  })

  test.for<[title: string, bytes: Uint8Array, reason: RegExp]>([
    ['Windows-1252', new Uint8Array([0xc9, 0x74, 0xe9]), /not UTF-8.*save it again as UTF-8/],
    ['a character cut in two', utf8('é').slice(0, 1), /not UTF-8/],
    ['UTF-16, little end first', new Uint8Array([0xff, 0xfe, 0x41, 0]), /UTF-16.*UTF-8/],
    ['UTF-16, big end first', new Uint8Array([0xfe, 0xff, 0, 0x41]), /UTF-16.*UTF-8/],
    ['a binary file', new Uint8Array([0x50, 0x4b, 0, 0x04]), /NUL.*plain text/],
  ])('%s is unreadable', ([, bytes, reason]) => {
    const problem = { kind: 'unreadable', reason: expect.stringMatching(reason) }
    expect(decodeCapture(bytes)).toEqual({ ok: false, problem })
  })

  test.for([1_048_577, 5_000_000])('%i bytes are too large', (bytes) => {
    const problem = { kind: 'too-large', bytes, maxBytes: 1_048_576 }
    expect(decodeCapture(new Uint8Array(bytes))).toEqual({ ok: false, problem })
  })
})

const body = 'La ville rouvre le pont mardi.\n\nLes piétons y passeront aussi.'

describe('title', () => {
  const title = 'Le vieux pont rouvre enfin'
  test.for<[rule: string, capture: string, title: string]>([
    ['is the first line', `${title}\n\n${body}`, title],
    ['is repeated below the byline', `${title}\n\nPar Léa Roy\n${title}\n\n${body}`, title],
    ['is repeated in capitals', `${title}\n${title.toUpperCase()}\n\n${body}`, title],
    ['is repeated below the standfirst', `${title}\n\nDeux ans plus tard.\n\n${title}\n\n${body}`, title],
    ['stands below known furniture', `Aller au contenu\nMenu\n☰\n${title}\n\n${body}`, title],
    ['stands below a menu with unknown words', `Menu\nRégion\nNos balades\n${title}\n\n${body}`, title],
    ['stands below a path', `Accueil > Régions > Outaouais\n${title}\n\n${body}`, title],
    ['stands below a section', `Monde\n\n${title}\n\n${body}`, title],
    [
      'stands below a cookie notice',
      `Nous utilisons des cookies pour tout mesurer.\nAccepter\n${title}\n${body}`,
      title,
    ],
    ['stands below unknown words, repeated', `Le Pontois\n${title}\nPar Léa Roy\n${title}\n\n${body}`, title],
    ['may be one word', `Guernica\n\n${body}`, 'Guernica'],
    ['may be a section’s name', `Justice\n\n${body}`, 'Justice'],
    ['may be a date', `6 juin 1944\n\n${body}`, '6 juin 1944'],
    ['may be a question', `Qui a rouvert le pont\u00A0?\n\n${body}`, 'Qui a rouvert le pont\u00A0?'],
    ['may end with a full stop', `Le pont est là.\n\n${body}`, 'Le pont est là.'],
    [
      'keeps its typography',
      ` «\u00A0L’été\u202F!\u00A0» à l'eau \n\n${body}`,
      "«\u00A0L’été\u202F!\u00A0» à l'eau",
    ],
  ])('%s', ([, capture, expected]) => {
    expect(articleOf(capture).title).toBe(expected)
    expect(paragraphsOf(capture).slice(-2)).toEqual(body.split('\n\n'))
    expect(paragraphsOf(capture)).not.toContain(expected)
  })

  test('a refrain does not become the title', () => {
    const refrain = 'Sous le pont coule la Seine'
    const song = `Le pont\n\n${refrain}\nVienne la nuit sonne l’heure\n${refrain}`
    expect(articleOf(song).title).toBe('Le pont')
    expect(paragraphsOf(song)).toHaveLength(3)
  })
})

describe('byline', () => {
  test.for<[byline: string, authors: string[], source: string | undefined]>([
    ['Par Léa Roy', ['Léa Roy'], undefined],
    ['PAR LÉA ROY', ['LÉA ROY'], undefined],
    ['By Ann Lee', ['Ann Lee'], undefined],
    ['Texte\u00A0: Léa Roy', ['Léa Roy'], undefined],
    ['Léa Roy', ['Léa Roy'], undefined],
    ['Kim Tong-hyung, The Associated Press', ['Kim Tong-hyung'], 'The Associated Press'],
    ['Léa Roy et Jean d’Astous', ['Léa Roy', 'Jean d’Astous'], undefined],
    ["By Ann Lee and Bob O'Neill", ['Ann Lee', "Bob O'Neill"], undefined],
    [
      'Léa Roy, Luc Côté et J. P. van der Berg, La Presse Canadienne',
      ['Léa Roy', 'Luc Côté', 'J. P. van der Berg'],
      'La Presse Canadienne',
    ],
    ['Léa Roy | Agence France-Presse', ['Léa Roy'], 'Agence France-Presse'],
    ['Ann Lee – Reuters', ['Ann Lee'], 'Reuters'],
    ['Ann Lee (AP)', ['Ann Lee'], 'AP'],
    ['Par Ann Lee, L’Associated Press', ['Ann Lee'], 'L’Associated Press'],
    ['Agence France-Presse', [], 'Agence France-Presse'],
    ['Par La Presse Canadienne', [], 'La Presse Canadienne'],
    ['Source\u00A0: Keystone-ATS', [], 'Keystone-ATS'],
    ['Reuters et AFP', [], 'Reuters, AFP'],
    ['Léa Roy, Le Devoir', ['Léa Roy'], 'Le Devoir'],
    ['By Ann Lee, staff reporter', ['Ann Lee'], undefined],
    ['Léa Roy\nLa Presse Canadienne', ['Léa Roy'], 'La Presse Canadienne'],
    ['Par Léa Roy\nPublié le 19 juin 2024 à 12 h 04\nMis à jour hier à 8h', ['Léa Roy'], undefined],
    ['By Ann Lee\nPublished June 19, 2024 at 3:04 p.m. EDT\n3 min read', ['Ann Lee'], undefined],
    ['19 juin 2024\nPar Léa Roy\n12\nPartager', ['Léa Roy'], undefined],
    ['Par Léa Roy\nPar Léa Roy, AFP', ['Léa Roy'], 'AFP'],
    ['Léa Roy\nLe pont\nLéa Roy', ['Léa Roy'], undefined],
  ])('%s', ([byline, authors, source]) => {
    const article = articleOf(`Le pont\n\n${byline}\n\n${body}`)
    expect(
      (article.authors ?? []).map((author) => (typeof author === 'string' ? author : author.name)),
    ).toEqual(authors)
    expect(article.source?.name).toBe(source)
    expect(article.text).toBe(body)
  })

  test.for<[rule: string, line: string]>([
    ['a sentence', 'Par Léa Roy, tout commence.'],
    ['a sentence about an agency', 'Reuters ferme son bureau de Paris.'],
    ['a subheading', 'Par ailleurs'],
    ['a subheading in capitals', 'Pourquoi Paris'],
    ['an English subheading', 'By the Numbers'],
    ['another English subheading', 'What We Know'],
    ['a sentence with a date', 'Publié le 3 mai 2024, le rapport accable Ottawa.'],
    ['a place and a country', 'Ottawa, Canada'],
  ])('%s below the title is no byline', ([, line]) => {
    const article = articleOf(`Le pont\n\n${line}\n\n${body}`)
    expect(article.text).toBe(`${line}\n\n${body}`)
    expect(article).not.toHaveProperty('authors')
    expect(article).not.toHaveProperty('source')
  })

  test('a byline may stand below a standfirst, which stays', () => {
    const article = articleOf(`Le pont\n\nDeux ans plus tard.\n\nPar Léa Roy, AFP\n\n${body}`)
    expect(article.authors).toEqual([{ name: 'Léa Roy' }])
    expect(article.text).toBe(`Deux ans plus tard.\n\n${body}`)
  })

  test('a name as the only paragraph is the body, not a byline', () => {
    expect(paragraphsOf('Le pont\n\nLéa Roy\n\nPartager')).toEqual(['Léa Roy'])
  })
})

const comments =
  "Partager cet article\nS'inscrire\nMe notifier des\nguest\n0 Commentaires\nInline Feedbacks\nVoir tous les commentaires"

describe('furniture', () => {
  test.for<[rule: string, body: string, paragraphs: string[]]>([
    ['below the article goes', `Une phrase.\n\n${comments}`, ['Une phrase.']],
    ['below, in English', 'One line.\n\nShare this article\nCopy link\n3 comments\nLog in', ['One line.']],
    ['unknown words below known ones go', 'Une phrase.\n\nPartager\nAimer\nEncore un titre', ['Une phrase.']],
    ['networks at the end go', 'Une phrase.\n\nFacebook\nX\nCopier le lien', ['Une phrase.']],
    [
      'headlines under « Lire aussi » go',
      'Une phrase.\nÀ lire aussi\nLe pont de Québec ferme',
      ['Une phrase.'],
    ],
    ['a copyright notice goes', 'Une phrase.\n\n© 2024 Le Pontois. Tous droits réservés.', ['Une phrase.']],
    ['in the middle goes alone', 'Un.\n\nPublicité\n\nDeux.\n\nShare\n\nTrois.', ['Un.', 'Deux.', 'Trois.']],
    [
      'counts and bullets do not hide it',
      'Un.\n• Partager (12)\n1,2k shares\n→ Imprimer !\nDeux.',
      ['Un.', 'Deux.'],
    ],
    ['buttons on one line go', 'Un.\nPartager | Facebook | Imprimer\nDeux.', ['Un.', 'Deux.']],
    ['a lead to another article goes', 'Un.\nLire aussi\u00A0: Le pont de Québec\nDeux.', ['Un.', 'Deux.']],
    ['a network’s button goes', 'Un.\nPartager sur X (Twitter)\nShare on LinkedIn\nDeux.', ['Un.', 'Deux.']],
    ['networks under a button go', 'Un.\nPartager\nFacebook\nX\nDeux.', ['Un.', 'Deux.']],
    ['a network’s name alone is a subheading', 'Un.\nFacebook\nDeux.', ['Un.', 'Facebook', 'Deux.']],
    ['a section’s name is a subheading', 'Un.\nJustice\nDeux.', ['Un.', 'Justice', 'Deux.']],
    [
      'a word in a sentence is none',
      'Ses commentaires ont plu.\nThey share it.',
      ['Ses commentaires ont plu.', 'They share it.'],
    ],
    [
      'a sentence of one word is none',
      'Que faire?\nPartager.\nPartir.',
      ['Que faire?', 'Partager.', 'Partir.'],
    ],
    [
      'speech is none',
      'Il a dit\u00A0:\n«\u00A0Partager\u00A0»\nPuis rien.',
      ['Il a dit\u00A0:', '«\u00A0Partager\u00A0»', 'Puis rien.'],
    ],
    [
      'a notice’s words in a body are none',
      'We use cookies in our bakery.\nThey sell.',
      ['We use cookies in our bakery.', 'They sell.'],
    ],
    [
      'short lines before it stay',
      'Résultats\u00A0:\n\nCanada 3\n\nFrance 2\n\nPartager\nAimer',
      ['Résultats\u00A0:', 'Canada 3', 'France 2'],
    ],
    [
      'an advertisement does not end a list',
      'Trois villes\u00A0:\nLyon\nPublicité\nNice',
      ['Trois villes\u00A0:', 'Lyon', 'Nice'],
    ],
    ['subheadings stay', 'Un.\n\nLa suite\n\nDeux.', ['Un.', 'La suite', 'Deux.']],
    ['without furniture all stays', 'Un.\n\nDeux\n\nTrois', ['Un.', 'Deux', 'Trois']],
  ])('%s', ([, lines, paragraphs]) => {
    expect(paragraphsOf(`Le pont\n\nPar Léa Roy\n\n${lines}`)).toEqual(paragraphs)
  })
})

test('a notice’s words may begin an article', () => {
  expect(paragraphsOf('The baker\n\nWe use cookies to feed people.\n\nThey sell.')).toEqual([
    'We use cookies to feed people.',
    'They sell.',
  ])
})

describe('paragraphs', () => {
  const upper = 'La ville a décidé mardi de rouvrir le vieux'
  const lower = 'pont, fermé depuis deux ans.'
  test.for<[rule: string, body: string, paragraphs: string[]]>([
    ['blank lines part them', 'Un.\n\n\n \nDeux.', ['Un.', 'Deux.']],
    ['single line breaks part whole sentences', 'Un.\nDeux.\nTrois.', ['Un.', 'Deux.', 'Trois.']],
    ['and long ones', `${lower} ${lower}\n${lower} ${lower}`, [`${lower} ${lower}`, `${lower} ${lower}`]],
    ['wrapped lines are joined', `${upper}\n${lower}\n\nFin.`, [`${upper} ${lower}`, 'Fin.']],
    ['lines of a list are not joined', 'À voir :\nLyon\nNice\n\nFin.', ['À voir :', 'Lyon', 'Nice', 'Fin.']],
    ['CRLF and CR are line ends', 'Un.\r\n\r\nDeux.\rTrois.', ['Un.', 'Deux.', 'Trois.']],
    ['a line of no-break spaces is blank', `${upper}\n\u00A0\n${lower}`, [upper, lower]],
    ['ordinary space at the ends goes', '\t Un. \n\nDeux.\t', ['Un.', 'Deux.']],
    [
      'no-break space and marks stay',
      "«\u00A0L’eau  l'a\u202F»,\u00A0\n\nFin.",
      ["«\u00A0L’eau  l'a\u202F»,\u00A0", 'Fin.'],
    ],
  ])('%s', ([, lines, paragraphs]) => {
    expect(paragraphsOf(`Le pont\n\n${lines}`)).toEqual(paragraphs)
  })
})

describe('summary', () => {
  const summaryOf = (paragraph: string) => articleOf(`Le pont\n\n${paragraph}\n\nFin.`).summary

  test('is the first paragraph', () => expect(summaryOf('La ville rouvre.')).toBe('La ville rouvre.'))
  test('is whole at 300 characters', () => expect(summaryOf('a'.repeat(300))).toBe('a'.repeat(300)))
  test('is cut at a word', () => expect(summaryOf('mot, '.repeat(80))).toBe(`${'mot, '.repeat(59)}mot…`))
  test('keeps a no-break space whole', () =>
    expect(summaryOf(`${'a'.repeat(290)} M.\u00A0Kimberley est là`)).toBe(`${'a'.repeat(290)}…`))
  test('never ends in half a character', () =>
    expect(summaryOf('🌉'.repeat(200))).toBe(`${'🌉'.repeat(149)}…`))
})

describe('language', () => {
  const texts: [rule: string, body: string, language: string | undefined][] = [
    ['French', 'La ville et les maires ont signé une entente qui ouvre le pont aux piétons.', 'fr'],
    ['English', 'The city and the mayors have signed a deal that opens the bridge to walkers.', 'en'],
    [
      'Spanish is none',
      'La ciudad y los alcaldes han firmado un acuerdo que abre el puente de la isla.',
      undefined,
    ],
    ['Italian is none', 'Il sindaco ha detto che il ponte riapre e le strade sono libere.', undefined],
    ['Dutch is none', 'De stad zegt dat het oude dorp nu is verbonden in een net van paden.', undefined],
    ['German', 'Die Stadt und die Bürgermeister haben einen Vertrag für die Brücke unterzeichnet.', 'de'],
    ['Afrikaans is none', 'Die stad en die burgemeester het die brug oor die rivier weer geopen.', undefined],
    ['Danish is none', 'Byen siger, at den gamle bro nu er åben for alle, der vil gå over den.', undefined],
    [
      'Swedish is none',
      'Staden säger att den gamla bron nu är öppen för alla som vill gå över den.',
      undefined,
    ],
    [
      'half and half is none',
      'The city and the mayors have it. La ville et les maires sont dans le pont.',
      undefined,
    ],
    [
      'half French and half German is none',
      'La ville et les maires sont dans le pont. Die Stadt und die Brücke sind in der Zeitung.',
      undefined,
    ],
    ['names alone are none', 'Lyon Nice Paris', undefined],
    ['one word of a language among many is none', `${'Lyon Nice Paris '.repeat(4)} sur`, undefined],
  ]
  test.for(texts)('%s', ([, lines, language]) => {
    expect(articleOf(`Pont\n\n${lines}`).language).toBe(language)
  })
  test('each language that has words is tried', () => {
    const tried = texts.flatMap(([, , language]) => language ?? [])
    expect(tried.toSorted()).toEqual(Object.keys(languages).toSorted())
  })
})

test('what is known beside the capture is in the article, and its language wins', () => {
  const beside = { slug: 'pont', published: '2024-06-19T12:00:00Z', language: 'fr-CA', tags: ['ponts'] }
  const result = parseCapture(`Le pont\n\n${body}`, beside)
  expect(result).toEqual({
    ok: true,
    value: {
      value: { ...beside, title: 'Le pont', summary: 'La ville rouvre le pont mardi.', text: body },
      guessesLanguage: false,
      warnings: [],
    },
  })
})

test.for<[capture: string, text: string, reason: RegExp]>([
  ['nothing', '', /^no title: .* on a line/],
  ['white space', ' \n\t\r\n\u00A0\n\u200B', /^no title/],
  ['furniture', comments, /^no title/],
  ['a title', 'Le pont rouvre', /^no body under the title "Le pont rouvre": .*paragraphs/],
  ['a title and furniture', `Le pont rouvre\n\n${comments}`, /^no body/],
  ['a title and a byline', 'Le pont rouvre\n\nPar Léa Roy', /^no body/],
  ['a title twice', 'Le pont rouvre\nLe pont rouvre', /^no body/],
])('a capture of only %s is unreadable', ([, text, reason]) => {
  const problem = { kind: 'unreadable', reason: expect.stringMatching(reason) }
  expect(parseCapture(text)).toEqual({ ok: false, problem })
})

describe('laws', () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '',
      ' ',
      'Partager',
      'Facebook',
      'Menu',
      'Par Léa Roy',
      'Léa Roy, AFP',
      'Une phrase.',
      '0 Commentaires',
    ),
    fc.constantFrom(
      'Un titre de quatre mots',
      'x'.repeat(500),
      'La ville a décidé mardi de rouvrir le vieux pont',
    ),
  )
  const captures = fc.array(line, { maxLength: 30 }).map((lines) => lines.join('\n'))
  const spaced = (text: string): string => text.replace(/[\r\n\t\f\v ]+/g, ' ')

  test('any string is an article or a problem', () => {
    fc.assert(
      fc.property(
        fc.oneof(captures, fc.string({ unit: 'binary' })),
        (text) => typeof parseCapture(text).ok === 'boolean',
      ),
    )
  })

  test('every paragraph is in the capture, but for the ends of wrapped lines', () => {
    fc.assert(
      fc.property(captures, (text) => {
        const result = parseCapture(`Le pont\n\nUne phrase.\n\n${text}\n\nUne fin.`)
        const paragraphs = result.ok ? (result.value.value.text ?? '').split('\n\n') : []
        expect(paragraphs.length).toBeGreaterThan(0)
        expect(
          paragraphs.filter(
            (paragraph) => !spaced(`${text}\nUne phrase.\nUne fin.`).includes(spaced(paragraph)),
          ),
        ).toEqual([])
      }),
    )
  })
})

test.for<[capture: string, text: string]>([
  ['one line', 'x'.repeat(1_048_576)],
  ['one line of spaces', `a${' '.repeat(1_048_574)}b`],
  ['500,000 lines', 'a\nb\n'.repeat(250_000)],
  ['blank lines', '\n'.repeat(1_048_576)],
  ['share buttons', 'Partager\n'.repeat(116_000)],
  ['full stops and quotation marks', '.»'.repeat(500_000)],
  ['bylines', `Le pont\n${'Par Léa Roy\n'.repeat(80_000)}`],
])('1 MiB of %s is borne', ([, text]) => {
  expect(() => parseCapture(text)).not.toThrow()
})

const seed = join(import.meta.dirname, '../../../shared/seed/000_57e72806c7dd39eb.txt')

/**
 * The captured article is copyrighted by a news agency, so the test stores only lengths, a digest and the first
 * words of the expected text.
 */
test.skipIf(!existsSync(seed))('a capture from the wild', () => {
  const decoded = decodeCapture(readFileSync(seed))
  const article = articleOf(decoded.ok ? decoded.value : '')
  const paragraphs = article.text?.split('\n\n') ?? []
  const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)
  expect(article.title).toMatch(/^La Russie et la .{51}$/)
  expect(article.authors).toEqual([{ name: 'Kim Tong-hyung' }])
  expect(article.source).toEqual({ name: 'The Associated Press' })
  expect(article.language).toBe('fr')
  expect(article.summary).toBe(paragraphs[0])
  expect(paragraphs).toHaveLength(16)
  expect(paragraphs[0]).toMatch(/^Le président russe Vladimir /)
  expect(paragraphs[15]).toMatch(/^À Washington, le secrétaire .* en Ukraine\.$/)
  expect(paragraphs.filter((paragraph) => paragraph.length < 100)).toEqual([])
  expect(digest(article.text ?? '')).toBe('dc83a9a6b5dd8f4f')
})
