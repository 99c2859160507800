import { describe, expect, test } from 'vitest'
import { paragraphs, readCapture } from './captures.ts'

const title = 'Le pont couvert rouvre lundi après trois mois'
const head = `${title}\nPar Kim Tremblay\n19 juin 2024`
const [first = '', second = '', third = ''] = paragraphs
const body = paragraphs.join('\n\n')
const page = 'Partager\nMenu\nNos bureaux'

const read = (capture: string) => readCapture(capture, { language: 'fr' })

const results = ['1. Ana Roy 12:04', '2. Jo Lee 12:08', '3. Kim Roy 12:09']
const verses = ['Sous le pont coule la Seine,', 'et nos amours,', 'faut-il qu’il m’en souvienne']
const recipe = [
  'Ingrédients :',
  '200 g de farine',
  '2 œufs',
  'du beurre',
  '10 cl de lait',
  '1 citron',
  'Cannelle',
]
const agenda = ['9 h : ouverture', '10 h : discours de la mairesse', '12 h : repas']
const teams = Array.from({ length: 20 }, (_, number) => `Équipe ${number} 3-2`)

describe('short lines below the last paragraph', () => {
  test.for<[rule: string, between: string, lines: string[]]>([
    ['results of a race below a photo credit', 'Photo : Jo Lee', results],
    ['results of a race below a button', 'Partager', results],
    ['results below an advertisement', 'Publicité', results],
    ['more results than a menu has entries', '', teams],
    ['verses below a photo credit', 'Photo : Jo Lee', verses],
    ['verses below a button', 'Partager', verses],
    ['a recipe', '', recipe],
    ['a recipe below a photo credit', '(Photo : Jo Lee)', recipe],
    ['an agenda below a button', 'Imprimer', agenda],
    ['a list that the last paragraph announces', 'Les gagnants sont :', ['Équipe Bleue', 'Équipe Verte']],
  ])('stay: %s', ([, between, lines]) => {
    const article = read(`${head}\n\n${body}\n\n${between}\n\n${lines.join('\n')}\n\n${page}`)
    const announced = between.endsWith(':') ? [between] : []
    expect(article.paragraphs).toEqual([...paragraphs, ...announced, ...lines])
    expect(article.warnings).toContainEqual(expect.stringContaining('from "Nos bureaux" on'))
  })

  test('stay, with a last sentence, if no furniture is below them', () => {
    const lines = ['Programme', ...verses, 'Le pont', 'La rive', 'Le bac', 'La mairie', 'Le marché', 'Fin.']
    expect(read(`${head}\n\n${body}\n\n${lines.join('\n')}`).paragraphs).toEqual([...paragraphs, ...lines])
  })

  test.for<[rule: string, below: string]>([
    ['the owner’s mark', `© 2024 Le Courrier\nNos bureaux`],
    ['a menu', page],
    ['comments', `3 commentaires\nAna Roy\nBravo\n${results.join('\n')}`],
  ])('go, and are reported, below %s', ([, below]) => {
    const article = read(`${head}\n\n${body}\n\n${below}`)
    expect(article.paragraphs).toEqual(paragraphs)
    expect(article.warnings).toContainEqual(
      expect.stringMatching(/^text: \d+ lines? below the article left out/),
    )
  })
})

describe('lines below « Lire aussi » without blank lines', () => {
  const headlines = 'Lire aussi\nUn pont ferme à Québec\nLe bac de Lévis en panne'
  test.for<[rule: string, lines: string[]]>([
    ['a subheading of two words', ['Samedi soir']],
    ['verses', verses],
    ['results', results],
  ])('%s stay', ([, lines]) => {
    const article = read(`${head}\n${first}\n${second}\n${headlines}\n${lines.join('\n')}\n${third}`)
    expect(article.paragraphs).toEqual([first, second, ...lines, third])
    expect(article.warnings).toEqual([
      'text: 2 lines inside the article left out as page furniture, first "Un pont ferme à Québec"',
    ])
  })
})

describe('a name in a list is no byline', () => {
  test.for<[rule: string, list: string[]]>([
    ['winners', ['Les gagnants sont :', 'Ana Roy', 'Jo Lee', 'Kim Roy']],
    ['one winner', ['La gagnante est :', 'Ana Roy']],
    ['a jury', ['Le jury se compose de', 'Ana Roy', 'Jo Lee']],
    ['members with their functions', ['Le comité', 'Ana Roy, présidente', 'Jo Lee, trésorier']],
  ])('%s at the end', ([, list]) => {
    const article = read(`${title}\n\n${body}\n\n${list.join('\n')}`)
    expect(article.names).toEqual([])
    expect(article.paragraphs).toEqual([...paragraphs, ...list])
  })

  test('members below the title', () => {
    const names = ['Ana Roy', 'Jo Lee', 'Kim Roy', 'Léa Côté']
    const article = read(`${title}\n\n${names.join('\n')}\n\n${body}`)
    expect(article.names).toEqual([])
    expect(article.paragraphs).toEqual([...names, ...paragraphs])
  })

  test('but three authors on lines of their own above a date are', () => {
    const article = read(`${title}\nAna Roy\nJo Lee\nKim Roy\n19 juin 2024\n\n${body}`)
    expect(article.names).toEqual(['Ana Roy', 'Jo Lee', 'Kim Roy'])
  })

  test('a name under a date is reported, because it may be a caption', () => {
    const article = read(`${title}\n19 juin 2024\nAna Roy\n\n${body}`)
    expect(article.warnings).toEqual(['authors: "Ana Roy" is taken for a byline because of its place'])
  })

  test('a last line with another name than the author’s stays', () => {
    expect(read(`${head}\n\n${body}\n\nAna Roy`).paragraphs).toEqual([...paragraphs, 'Ana Roy'])
  })
})

describe('a subheading that is also a label of pages', () => {
  test.for([
    'Commentaires',
    'Réactions',
    'Contact',
    'Kontakt',
    'Comments',
    'Datenschutz',
    'Recherche',
    'À propos',
  ])('%s does not end the article', (subheading) => {
    const lines = [...paragraphs, subheading, `${first} Encore.`, `${second} Toujours.`, `${third} Enfin.`]
    expect(read(`${head}\n\n${lines.join('\n\n')}`).paragraphs).toEqual(lines)
  })

  test('nor does one above an address', () => {
    const lines = [...paragraphs, 'Réactions', '« Je suis contente », dit Ana Roy.', `${second} Enfin.`]
    const article = read(`${head}\n\n${lines.join('\n\n')}\n\nContact\n\nBureau de poste\n25, rue Laurier`)
    expect(article.paragraphs).toEqual(lines)
    expect(article.warnings).toEqual(['text: 2 lines below the article left out, from "Bureau de poste" on'])
  })

  test('two of them do not, either', () => {
    const lines = [...paragraphs, 'Réactions', `${first} Encore.`, 'Contact', `${third} Enfin.`]
    expect(read(`${head}\n\n${lines.join('\n\n')}`).paragraphs).toEqual(lines)
  })

  test.for<[rule: string, below: string]>([
    ['a name', 'Commentaires\nAna Roy\nBravo, il était temps que le pont rouvre pour tout le monde.'],
    ['a date', 'Réactions\nBravo, il était temps que le pont rouvre pour tout le monde.\n20 juin 2024'],
    ['a button', 'Commentaires\nBravo, il était temps que le pont rouvre pour tout le monde.\nRépondre'],
    ['a number', '3 commentaires\n\nBravo, il était temps que le pont rouvre pour tout le monde.'],
  ])('above comments with %s, it ends the article', ([, below]) => {
    expect(read(`${head}\n\n${body}\n\n${below}`).paragraphs).toEqual(paragraphs)
  })

  test('a heading such as « L’auteur » above many paragraphs is a subheading', () => {
    const lines = [...paragraphs, 'L’auteur', ...['1', '2', '3', '4'].map((number) => `${first} ${number}.`)]
    expect(read(`${head}\n\n${lines.join('\n\n')}`).paragraphs).toEqual(lines)
  })
})

describe('a date of the text', () => {
  const chronology = ['9 novembre 1989', first, '3 octobre 1990', second, '2 décembre 1990', third]
  test.for<[rule: string, capture: string, paragraphs: string[], warning: string]>([
    [
      'of a chronology',
      `${title}\n\nPar Kim Tremblay\n\n${chronology.join('\n\n')}`,
      chronology,
      '9 novembre 1989',
    ],
    [
      'of a recent chronology',
      `${title}\n\nPar Kim Tremblay\n\n${chronology.join('\n\n').replace(/19[89]\d/g, '2021')}`,
      chronology.map((line) => line.replace(/19[89]\d/g, '2021')),
      '9 novembre 2021',
    ],
    [
      'of a chronology without years',
      `${title}\nPar Kim Tremblay\n\n${chronology.join('\n\n').replace(/ 19[89]\d/g, '')}`,
      chronology.map((line) => line.replace(/ 19[89]\d/g, '')),
      '9 novembre',
    ],
    [
      'of a chronology of short lines',
      `${title}\nPar Kim Roy\n\n12 mars 2021\nDébut\n14 juin 2022\nPause\n3 mai 2024\nFin\n\n${body}`,
      ['12 mars 2021', 'Début', '14 juin 2022', 'Pause', '3 mai 2024', 'Fin', ...paragraphs],
      '12 mars 2021',
    ],
    [
      'of a chronology that begins with a sentence',
      `${title}\n12 mars 2021\n${first}\n14 juin 2022\nPause\n3 mai 2024\nFin\n\n${second}`,
      ['12 mars 2021', first, '14 juin 2022', 'Pause', '3 mai 2024', 'Fin', second],
      '12 mars 2021',
    ],
    [
      'with text behind a colon',
      `${title}\n\n14 juin 2022 : pause\n\n3 mai 2024 : fin\n\n${body}`,
      ['14 juin 2022 : pause', '3 mai 2024 : fin', ...paragraphs],
      '14 juin 2022 : pause',
    ],
    [
      'of a scene',
      `${title}\n\nBerlin, 9 novembre 1989\n\n${body}`,
      ['Berlin, 9 novembre 1989', ...paragraphs],
      'Berlin, 9 novembre 1989',
    ],
  ])('%s is not that of the publication', ([, capture, expected, line]) => {
    const article = read(capture)
    expect(article.published).toBeUndefined()
    expect(article.paragraphs).toEqual(expected)
    expect(article.warnings).toContainEqual(
      `published: "${line}" seems to belong to the text, and is no date of it`,
    )
  })

  test.for<[rule: string, capture: string, published: string, warned?: string]>([
    ['older than pages', `${title}\n\n9 novembre 1989\n\n${body}`, '1989-11-09', '9 novembre 1989'],
    [
      'below the standfirst',
      `${title}\n\nEnfin, dit-on.\n\n19 juin 2024\n\n${body}`,
      '2024-06-19',
      '19 juin 2024',
    ],
    ['old, but with a label', `${title}\n\nPublié le 9 novembre 1989\n\n${body}`, '1989-11-09'],
    [
      'below the title, where that of an event also stands',
      `${title}\n\n19 juin 2024\n\n${body}`,
      '2024-06-19',
      '19 juin 2024',
    ],
    ['below the title with a label', `${title}\n\nPublié le 19 juin 2024\n\n${body}`, '2024-06-19'],
    ['between title and byline', `${title}\n\n19 juin 2024\nPar Kim Roy\n\n${body}`, '2024-06-19'],
    [
      'with a place below the title',
      `${title}\n\nBerlin, 19 juin 2024\n\n${body}`,
      '2024-06-19',
      'Berlin, 19 juin 2024',
    ],
    [
      'above dated teasers',
      `${title}\n19 juin 2024\n${first}\nLe marché du samedi\n18 juin 2024\nLa foire de Hull\n17 juin 2024`,
      '2024-06-19',
      '19 juin 2024',
    ],
    [
      'above newer teasers',
      `${title}\n19 juin 2024\nPar Kim Roy\n${first}\nLe marché\n20 juin 2024\nLa foire\n21 juin 2024\n${second}`,
      '2024-06-19',
      '19 juin 2024',
    ],
    [
      'above teasers that begin with older dates',
      `${title}\nPar Kim Roy\n19 juin 2024\n${first}\n18 juin 2024\nLe marché\n17 juin 2024\nLa foire`,
      '2024-06-19',
      '19 juin 2024',
    ],
    [
      'above one later date, as an event of the text has it',
      `${title}\nPar Kim Roy\n19 juin 2024\n\n${first}\n\n3 juillet 2024\n\n${second}\n\n${third}`,
      '2024-06-19',
      '19 juin 2024',
    ],
    [
      'above one hour',
      `${title}\nPar Kim Roy\n19 juin 2024\n\n${first}\n\n12 h 30\n\n${second}\n\n${third}`,
      '2024-06-19',
    ],
    [
      'beside labels of the page',
      `${title}\nPar Kim Roy\nPublié le 19 juin 2024 | Temps de lecture : 4 min | Partager\n\n${body}`,
      '2024-06-19',
    ],
    [
      'beside counters',
      `${title}\nPar Kim Roy\n19 juin 2024 · 4 minutes de lecture · 12 commentaires\n\n${body}`,
      '2024-06-19',
    ],
    ['beside the byline', `${title}\n\nEnfin, dit-on.\n\nPar Kim Roy\n19 juin 2024\n\n${body}`, '2024-06-19'],
  ])('%s: taken, and reported if nothing confirms it', ([, capture, published, warned]) => {
    const article = read(capture)
    expect(article.published).toBe(published)
    const reported = article.warnings.filter((warning) => warning.startsWith('published'))
    expect(reported).toEqual(warned ? [`published: the date is taken from the line "${warned}"`] : [])
  })
})

describe('a subheading that begins like a link', () => {
  test.for(['Lire aussi vite qu’un adulte', 'Voir Venise autrement', 'See also what nobody sees'])(
    '%s stays',
    (line) => {
      const lines = [first, line, second, third]
      expect(read(`${head}\n\n${lines.join('\n\n')}`).paragraphs).toEqual(lines)
    },
  )

  test.for([
    'Lire aussi Le pont ferme',
    'Lire aussi notre dossier',
    'Lesen Sie auch die folgenden Beiträge:',
  ])('a link goes: %s', (line) => {
    expect(read(`${head}\n\n${[first, line, second, third].join('\n\n')}`).paragraphs).toEqual(paragraphs)
  })
})

test('a word in brackets that lynx and w3m print stays, but the name of a picture goes', () => {
  const wrapped = [
    '   La mairie annonce que le pont couvert rouvrira lundi matin, après trois',
    '   mois de travaux, aux piétons et aux cyclistes.',
    '   [Refrain]',
    '   [pont-1.png]',
    '   Le chantier a coûté deux millions de dollars, dont la moitié est payée par',
    '   la province.',
  ]
  expect(
    read(`${title}\n\n${wrapped.join('\n\n').replace('trois\n\n', 'trois\n').replace('par\n\n', 'par\n')}`),
  ).toMatchObject({
    paragraphs: [first, '[Refrain]', second],
    warnings: [],
  })
})

describe('directly below the text, above the furniture', () => {
  const menu =
    'Je m’abonne au Courrier\nNos régions\nÀ table\nLe mag\nPetites annonces\nMots croisés\nEmplois\nMétéo'
  const page = (lines: readonly string[]) =>
    `${menu}\n${head}\n\n${body}\n\n${lines.join('\n')}\n\n© 2024 Le Courrier\nNos bureaux`

  test.for<[what: string, lines: string[]]>([
    ['short answers', ['Êtes-vous inquiète ?', 'Non.', 'Et si le ministre refuse ?', 'On ira à Québec.']],
    ['a subheading with one sentence', ['Un précédent', 'La Ville avait déjà haussé les taxes.']],
    [
      'a list and a sentence',
      ['ses enfants Paul et Lise', 'son frère Réal', 'Les funérailles auront lieu samedi.'],
    ],
  ])('%s stay also below a menu', ([, lines]) => {
    expect(read(page(lines)).paragraphs).toEqual([...paragraphs, ...lines])
  })

  test('what follows the last sentence goes', () => {
    const article = read(page(['La fête aura lieu samedi.', 'Nos autres villes']))
    expect(article.paragraphs).toEqual([...paragraphs, 'La fête aura lieu samedi.'])
  })

  test.for<[sign: string, lines: string[]]>([
    ['a byline', ['Nos cigognes', 'Par Jo Lee', 'Elles nichent ici.']],
    [
      'a long sentence below a short line',
      [
        'Nos cigognes',
        'Nature',
        'Nos régions',
        'La rivière',
        `Elles nichent ici, ${'et aussi là, '.repeat(12)}dit-on.`,
      ],
    ],
  ])('teasers with %s go', ([, lines]) => {
    expect(read(page(lines)).paragraphs).toEqual(paragraphs)
  })

  test('sentences that go are counted in the warning', () => {
    const teasers = [
      'Les cigognes sont là',
      'Elles nichent.',
      '19 juin 2024',
      'La foire ouvre',
      'On y danse.',
      '18 juin 2024',
    ]
    const article = read(page(teasers))
    expect(article.paragraphs).toEqual(paragraphs)
    expect(article.warnings.filter((one) => one.startsWith('text:'))).toEqual([
      'text: 8 lines below the article left out, from "Les cigognes sont là" on, among them 2 sentences, first "Elles nichent."',
    ])
  })
})

describe('the refrain of a song with its title', () => {
  test('stays', () => {
    const song = ['Le pont du nord', 'a pris ma mie', 'Le pont du nord', 'l’a endormie.']
    const article = read(`Le pont du nord\nPar Kim Tremblay\n\n${first}\n\n${song.join('\n')}\n\n${second}`)
    expect(article.paragraphs).toEqual([first, ...song, second])
  })

  test('but one repetition of the title goes', () => {
    expect(read(`${head}\n\n${first}\n\n${title}\n\n${second}`).paragraphs).toEqual([first, second])
  })
})

test.for<[what: string, line: string]>([
  ['with a question mark', 'Contact ?'],
  ['with an exclamation mark', 'Vidéo !'],
  ['behind a dash', '– Réactions'],
  ['between two numbers', '12\nPublicité\n9'],
])('a label %s may be text, and is reported if it goes', ([, line]) => {
  const article = read(`${head}\n\n${first}\n\n${line}\n\nPartager\n\n${second}\n\n${third}`)
  const isKept = line.split('\n').every((one) => article.paragraphs.includes(one))
  expect([isKept, article.warnings.some((one) => /inside the article left out/.test(one))]).toContain(true)
})

test.for([
  'Contact: 555-0100',
  'Contact : 418 555-0100',
  'Kontakt: 0221 1234567',
  'Contact : 01 99 00 12 34',
  'Contact: +34 900 000 000',
])('a telephone number behind a label is no count, and stays: %s', (line) => {
  expect(read(`${head}\n\n${first}\n\n${line}\n\n${second}\n\n${third}`).text).toContain(line)
})
