import { describe, expect, test } from 'vitest'
import { parseCapture } from '../../src/ingest/capture.ts'
import { paragraphs, readCapture } from './captures.ts'

const title = 'Le pont couvert rouvre lundi après trois mois'
const body = paragraphs.join('\n\n')
const menu =
  'Je m’abonne au Courrier\nÉdition du jour\nNos régions\nMots croisés\nÀ table\nLe mag\nPetites annonces\nChercher'

const read = (capture: string) => readCapture(capture)

describe('the title below other lines', () => {
  const teasers = 'Un incendie détruit une grange à Hull\nLa récolte de fraises sera bonne cette année'
  test.for<[rule: string, above: string]>([
    ['a section', 'Ville'],
    ['a section in capitals and a theme', 'RÉGION\n\nGrands travaux'],
    ['a menu of unknown words', menu],
    ['a menu, a section and a date', `${menu}\n\nVille\n19 juin 2024`],
    ['a menu with headlines of other articles', `${menu}\n${teasers}\n\nVille`],
    ['a path', `${menu}\nAccueil > Nos régions > Gatineau`],
    ['a path with the title at its end', `Accueil  »  Ville • Pont  »  ${title}`],
    ['a path that ends with the title', `${menu}\nAccueil Nos régions ${title}`],
    ['the title of the page', `${title} | Le Courrier\n${menu}`],
    ['the title itself, above the menu', `${title}\n${menu}\n19 juin 2024`],
    ['a notice on cookies', `Nous utilisons des cookies pour mesurer notre audience.\nTout refuser\n${menu}`],
    ['another notice', `Ce journal vit grâce à ses lecteurs et à personne d’autre.\n${menu}`],
  ])('%s', ([, above]) => {
    const article = read(`${above}\n\n${title}\n\nPar Kim Tremblay\n\n${body}`)
    expect(article.title).toBe(title)
    expect(article.names).toEqual(['Kim Tremblay'])
    expect(article.paragraphs).toEqual(paragraphs)
  })

  test('a word that the text has, above a title of other words', () => {
    const article = read(`Mairie\n\nEnfin la traversée sans détour\n\nPar Kim Tremblay\n\n${body}`)
    expect(article.title).toBe('Enfin la traversée sans détour')
    expect(article.warnings).toEqual([
      `title: "${article.title}" is taken, and 1 line above it left out, first "Mairie"`,
    ])
  })

  test('a title of one word above a standfirst', () => {
    const standfirst = 'Toutes les semaines, nos choix pour la ville.'
    expect(read(`Mairie\n\n${standfirst}\n\nPar Kim Tremblay\n\n${body}`).title).toBe('Mairie')
  })

  test('a standfirst without a full stop is not the title', () => {
    const standfirst = 'Les cyclistes de la province et la mairie attendaient le pont couvert et une fête'
    const article = read(`${menu}\n${title}\n${standfirst}\nPar Kim Tremblay\n${body}`)
    expect(article.title).toBe(title)
    expect(article.paragraphs).toEqual([standfirst, ...paragraphs])
  })

  test('nor is a caption below the byline', () => {
    const caption = 'La mairie et le pont couvert lundi'
    const article = read(`${menu}\n${title}\nAna Roy y Jo Lee\nHace 13 horas\n${caption}\n${body}`)
    expect(article.title).toBe(title)
    expect(article.names).toEqual(['Ana Roy', 'Jo Lee'])
  })

  test('nor is the job title of the author, or an invitation to go on reading', () => {
    const role = 'Professor of bridges and works at the town of Hull'
    expect(read(`${title}\nKim Tremblay\n${role}\n19 juin 2024\n\n${body}`).title).toBe(title)
    expect(read(`${menu}\nContinue reading the main story\n${title}\n${body}`).title).toBe(title)
  })

  test('a list of subjects below the standfirst is not the title', () => {
    const capture = `${menu}\n${title}\nEnfin, dit la mairie.\nPont couvert, Travaux, Mairie\n${body}`
    expect(read(capture).title).toBe(title)
  })

  test('a headline under « À lire aussi » is not the title', () => {
    const capture = `Le pont\n\n${paragraphs[0]}\n\nÀ lire aussi\nLa mairie fête le pont couvert lundi\n\n${paragraphs[1]}`
    expect(read(capture).title).toBe('Le pont')
    expect(read(capture).paragraphs).toEqual(paragraphs.slice(0, 2))
  })
})

describe('the byline', () => {
  test.for<[rule: string, head: string, authors: string[], published?: string]>([
    ['with a date', 'Par Kim Tremblay le 14.09.2020 à 11h46', ['Kim Tremblay'], '2020-09-14T11:46'],
    ['before a date', 'Kim Tremblay | lundi 9 décembre 2019 à 09h08', ['Kim Tremblay'], '2019-12-09T09:08'],
    ['after a date', '9 décembre 2019 – Kim Tremblay', ['Kim Tremblay'], '2019-12-09'],
    [
      'with a date that sticks to it',
      'Por Kim Tremblay04 de mayo 2022 a las 09:01 hrs.',
      ['Kim Tremblay'],
      '2022-05-04T09:01',
    ],
    ['and a date below', 'Kim Tremblay\n19 juin 2024', ['Kim Tremblay'], '2024-06-19'],
    ['with a section below', 'Kim Tremblay\n19 juin 2024\nVille', ['Kim Tremblay'], '2024-06-19'],
    [
      'below a caption',
      'Photo: Jo Lee Le pont, en mars, pendant les travaux.\n\nKim Tremblay\n\n19 juin 2024',
      ['Kim Tremblay'],
      '2024-06-19',
    ],
    [
      'below a caption with the credit at its end',
      'Le pont en mars. (Foto: Jo Lee / AP)\nVon Kim Tremblay',
      ['Kim Tremblay'],
    ],
    [
      'with the name of a place in a caption above',
      'Pont Couvert\nPar Kim Tremblay\n19 juin 2024',
      ['Kim Tremblay'],
      '2024-06-19',
    ],
    [
      'with a job title',
      'Kim Tremblay Education editor\n\nMon 20 Jan 2020 06.05 GMT',
      ['Kim Tremblay'],
      '2020-01-20T06:05+00:00',
    ],
    ['with a job title below', 'Kim Tremblay\nJournaliste\n19 juin 2024', ['Kim Tremblay'], '2024-06-19'],
    [
      'of several authors',
      'Ana Roy, Jo Lee y Kim Tremblay\n\nHace 13 horas\n\nTiempo de lectura: 8 minutos',
      ['Ana Roy', 'Jo Lee', 'Kim Tremblay'],
    ],
    ['on two lines', 'By\nKim Tremblay\n@kimtremblay\n01 October 2020', ['Kim Tremblay'], '2020-10-01'],
    [
      'on many lines',
      'By\nKim Tremblay\nand\nAna Roy\nPublished Oct 1, 2020',
      ['Kim Tremblay', 'Ana Roy'],
      '2020-10-01',
    ],
    [
      'on lines that end with “and”',
      'By\nKim Tremblay and\nAna Roy\n1 October 2020',
      ['Kim Tremblay', 'Ana Roy'],
      '2020-10-01',
    ],
    [
      'in German',
      'Von Kim Tremblay\n08.12.2022, 07:11 Uhr\nLesedauer: 3 Min.',
      ['Kim Tremblay'],
      '2022-12-08T07:11',
    ],
    ['with labels', 'Auteur\nKim Tremblay\nPublié le :\n2 mars 2020', ['Kim Tremblay'], '2020-03-02'],
    [
      'behind the name of a section',
      'Ville | Par Kim Tremblay | 2 mars 2020',
      ['Kim Tremblay'],
      '2020-03-02',
    ],
    ['before a label', 'Kim Tremblay | Opinion 3', ['Kim Tremblay']],
    ['in capitals', 'KIM TREMBLAY', ['KIM TREMBLAY']],
    [
      'with an address below',
      'Kim Tremblay\nkimtremblay\nkim@example.org\n2 mars 2020',
      ['Kim Tremblay'],
      '2020-03-02',
    ],
    [
      'and a date in capitals that sticks to it',
      'Kim TremblayOctober 6, 2023',
      ['Kim Tremblay'],
      '2023-10-06',
    ],
    ['with subjects', '1 février 2022 Travaux, Pont, Ville, Fête, Marché', [], '2022-02-01'],
    [
      'with the number of comments',
      'July 24, 2019 by Kim Tremblay 5 Comments',
      ['Kim Tremblay'],
      '2019-07-24',
    ],
    ['of a site', '19.10.2019 11:36 telepont', [], '2019-10-19T11:36'],
    ['below a heading in capitals', 'À LA UNE\nPar Kim Tremblay', ['Kim Tremblay']],
    ['with a channel', 'By Kim Tremblay, 7 News', ['Kim Tremblay']],
    [
      'of one word on two lines',
      'VON\nTELEPONT\nPUBLIZIERT 02/02/2022 UM 09:23 GMT',
      ['TELEPONT'],
      '2022-02-02T09:23+00:00',
    ],
    [
      'with a job title without capitals',
      'Kim Tremblay\nMitglied der Stadtredaktion\n2.2.2022',
      ['Kim Tremblay'],
      '2022-02-02',
    ],
    ['twice', 'Kim Tremblay Kim Tremblay', ['Kim Tremblay']],
    ['below a button', 'Partager cet article\nKim Tremblay', ['Kim Tremblay']],
    [
      'with a update below',
      'Kim Tremblay\nPublié le 2 mars 2020\nMis à jour le :\n3 mars 2020',
      ['Kim Tremblay'],
      '2020-03-02',
    ],
  ])('%s', ([, head, authors, published]) => {
    const article = read(`${title}\n\n${head}\n\n${body}`)
    expect(article.names).toEqual(authors)
    expect(article.published).toBe(published)
    expect(article.paragraphs).toEqual(paragraphs)
  })

  test.for<[rule: string, capture: string, names: string[]]>([
    ['above the title', `Par Kim Tremblay | 2 mars 2020\n\n${title}\n\n${body}`, ['Kim Tremblay']],
    [
      'under a standfirst that is a sentence',
      `${title}\n\nEnfin, dit la mairie.\n\nKim Tremblay\n2 mars 2020\n\n${body}`,
      ['Kim Tremblay'],
    ],
    ['in the last line', `${title}\n\n${body}\n\nPar Kim Tremblay`, ['Kim Tremblay']],
    ['in the last line, behind a dash', `${title}\n\n${body}\n\n—Kim Tremblay`, ['Kim Tremblay']],
    ['of an agency in the last line', `${title}\n\n${body}\n\nAgence France-Presse`, []],
  ])('may stand %s', ([, capture, names]) => {
    const article = read(capture)
    expect(article.names).toEqual(names)
    expect(article.paragraphs.slice(-3)).toEqual(paragraphs)
  })

  test('may stand between a standfirst and a button', () => {
    const article = read(`${title}\n\nEnfin, dit la mairie.\n\nKim Tremblay\nPartager\n\n${body}`)
    expect(article.names).toEqual(['Kim Tremblay'])
    expect(article.paragraphs).toEqual(['Enfin, dit la mairie.', ...paragraphs])
  })

  test('a date in a sentence is none of the page', () => {
    const sentence = 'Les travaux ont commencé le 14 octobre 2022'
    const article = read(`${title}\n\n${sentence}\n\nPar Kim Tremblay\n\n${body}`)
    expect(article.published).toBeUndefined()
    expect(article.paragraphs).toEqual([sentence, ...paragraphs])
  })

  test('tells a short article from longer texts on the page', () => {
    const others =
      'Une autre page raconte en longueur ce que le lecteur trouve ici, et bien plus encore, sans fin ni date. '.repeat(
        2,
      )
    const capture = `${menu}\n${title}\nPar Kim Tremblay\n${body}\n${menu}\n${menu}\n${others}\n${others}`
    expect(read(capture).title).toBe(title)
    expect(read(capture).paragraphs).toEqual(paragraphs)
  })

  test('a subheading of two words with capitals is none', () => {
    const article = read(`${title}\n\n${paragraphs[0]}\n\nVieux Hull\n\n${paragraphs[1]}\n\n${paragraphs[2]}`)
    expect(article.names).toEqual([])
    expect(article.paragraphs).toContain('Vieux Hull')
  })
})

describe('furniture', () => {
  const [first = '', second = '', third = ''] = paragraphs
  test.for<[rule: string, line: string]>([
    ['a link to another article, in Spanish', 'LEE MÁS | El puente abre el lunes'],
    ['in German', 'Lesen Sie auch: Die Brücke ist offen'],
    ['without a mark', 'Lire aussi Le pont de Québec ferme'],
    ['a heading with a headline below', 'Mehr zum Thema\nDie Brücke öffnet am Montag wieder'],
    ['a photo credit', '© Bild: Kim Tremblay'],
    ['a caption with a credit', 'Le pont en mars, pendant les travaux. Foto: Archives'],
    ['an agency’s credit', 'Kim Tremblay / Getty Images'],
    ['an advertisement', 'La suite après cette publicité'],
    ['a newsletter', 'Newsletter abonnieren'],
    ['a capital without an accent', 'LO MÁS LEIDO'],
    ['the next article', '→ Un autre article'],
  ])('in the middle: %s', ([, line]) => {
    expect(
      read(`${title}\nPar Kim Tremblay\n\n${first}\n\n${line}\n\n${second}\n\n${third}`).paragraphs,
    ).toEqual(paragraphs)
  })

  const teaser =
    'Un autre article, long d’une phrase, dit en peu de mots ce que le lecteur y trouve s’il suit le lien, et s’arrête là.'
  test.for<[rule: string, below: string]>([
    ['links', 'À lire aussi\nUn autre titre d’article\n\nVos commentaires'],
    [
      'comments',
      '3 commentaires\nAna Roy\n20 juin 2024\nBravo, il était temps que le pont rouvre.\nRépondre',
    ],
    [
      'teasers with dates',
      `Un autre titre\n${teaser}\nJo Lee 17.06.2024, 13:17\n\nEncore un titre\n${teaser}\nAna Roy 16.06.2024, 19:33`,
    ],
    ['a text about the author', `Zur Person\nKim Tremblay schreibt seit zehn Jahren für die Zeitung.`],
    ['the author’s name and more', `Kim Tremblay\n${teaser}`],
    ['a sentence about the author', 'Kim Tremblay est journaliste au Courrier.'],
    ['a menu', `Partager\n${menu}\n© 2024 Le Courrier`],
    ['a menu in German', 'Impressum\nDatenschutz\nKontakt\nAGB'],
  ])('below: %s', ([, below]) => {
    expect(read(`${title}\nPar Kim Tremblay\n\n${body}\n\n${below}`).paragraphs).toEqual(paragraphs)
  })

  test('lines of unknown words below the article go if a menu stands above it', () => {
    const capture = `${menu}\n${title}\nPar Kim Tremblay\n\n${body}\n\nNos bureaux\nLe Courrier en ligne`
    expect(read(capture).paragraphs).toEqual(paragraphs)
    expect(read(capture).warnings).toContainEqual(expect.stringContaining('"Nos bureaux"'))
  })
})

describe('what a program printed', () => {
  const wrapped = [
    '   La mairie annonce que le pont couvert rouvrira lundi matin, après trois',
    '   mois de travaux, aux piétons et aux cyclistes.',
    '',
    '   Le chantier a coûté deux millions de dollars, dont la moitié est payée par',
    '   la province.',
    '',
    '   Une fête est prévue samedi avec de la musique, un marché et un discours de',
    '   la mairesse.',
  ].join('\n')
  test.for<[rule: string, above: string]>([
    [
      'a menu of lynx',
      '   (BUTTON) Menu\n   ____________________ Chercher\n     * Nos régions\n          + Gatineau\n          + Hull\n     * Le mag\n',
    ],
    ['a menu of w3m', '  • Nos régions\n      □ Gatineau\n      □ Hull\n  • Le mag\n[logo.png]\n'],
    ['a frame', '   IFRAME: https://www.example.org/track\n'],
  ])('below %s', ([, above]) => {
    const article = read(
      `${above}\n${title}\n\n   Par [auteur-3.png] Kim Tremblay\n   14 septembre 2020\n\n${wrapped}\n`,
    )
    expect(article.title).toBe(title)
    expect(article.names).toEqual(['Kim Tremblay'])
    expect(article.paragraphs).toEqual(paragraphs)
  })

  test('a title that was broken is joined', () => {
    const long = 'Le pont couvert rouvre lundi après trois mois de travaux qui ont coûté deux'
    const article = read(`${long}\nmillions de dollars à la province\n\n${wrapped}`)
    expect(article.title).toBe(`${long} millions de dollars à la province`)
  })
})

describe('warnings', () => {
  test.for<[rule: string, capture: string, warnings: (string | RegExp)[]]>([
    ['nothing is unsure', `${title}\n\nPar Kim Tremblay\n19 juin 2024\n\n${body}`, []],
    [
      'lines above the title',
      `Ville\n\n${title}\n\nPar Kim Tremblay\n\n${body}`,
      [`title: "${title}" is taken, and 1 line above it left out, first "Ville"`],
    ],
    [
      'another text above the title',
      `Échos\n\nVols à Hull\n\n${paragraphs[1]}\n\n${menu}\n\n${title}\n\nPar Kim Tremblay\n\n${body}`,
      [/^title: .* above it left out, first "Échos", among them the sentence "/],
    ],
    [
      'a name that only its place makes a byline',
      `${title}\n\nKim Tremblay\n\n${body}`,
      ['authors: "Kim Tremblay" is taken for a byline because of its place'],
    ],
    [
      'a byline at the end',
      `${title}\n\n${body}\n\nPar Kim Tremblay`,
      ['authors: "Kim Tremblay" is the last line'],
    ],
    [
      'a date with two readings',
      `The bridge opens again\n\nBy Kim Tremblay\n10/05/2022\n\nThe city opens the bridge to walkers and cyclists.`,
      ['published: "10/05/2022" does not exist, has two readings or is a span of days'],
    ],
    [
      'a date that does not exist',
      `${title}\n\nPar Kim Tremblay\n30 février 2022\n\n${body}`,
      ['published: "30 février 2022" does not exist, has two readings or is a span of days'],
    ],
    [
      'only the date of an update',
      `${title}\n\nPar Kim Tremblay\nMis à jour le 19 juin 2024\n\n${body}`,
      ['published: the date of the update is taken, as the page states no other'],
    ],
    [
      'a date above the title',
      `19 juin 2024\n\n${title}\n\nPar Kim Tremblay\n\n${body}`,
      ['published: the date above the title is taken'],
    ],
    [
      'a label between title and text',
      `${title}\n\nPar Kim Tremblay\nVille\n\n${body}`,
      ['text: 1 line between title and text left out, first "Ville"'],
    ],
    [
      'text below the comments',
      `${title}\n\n${body}\n\n3 commentaires\nBravo, il était temps que le pont rouvre.`,
      [/^text: 1 line below the article left out, from "Bravo/],
    ],
  ])('%s', ([, capture, warnings]) => {
    expect(read(capture).warnings).toEqual(
      warnings.map((warning) => (typeof warning === 'string' ? warning : expect.stringMatching(warning))),
    )
  })

  test('a language that another function guesses is reported, and decides how dates are read', () => {
    const capture = `${title}\n\nPor Kim Tremblay\n10/05/2022\n\nEl puente abre. La fiesta es el sábado. El mercado es hoy.`
    const result = parseCapture(capture, {}, () => 'es')
    expect(result.ok && result.value).toMatchObject({
      value: { language: 'es', published: '2022-05-10' },
      guessesLanguage: true,
    })
  })

  test('a language that is not recognized, or given, is not guessed', () => {
    const capture = 'Lyon Nice Paris\n\nRoma, Milano, Torino.'
    expect(parseCapture(capture)).toMatchObject({ value: { guessesLanguage: false } })
    expect(parseCapture(capture, { language: 'it' })).toMatchObject({ value: { guessesLanguage: false } })
  })

  test('a field that is given needs no warning', () => {
    const result = parseCapture('Lyon Nice Paris\n\nRoma, Milano, Torino.', { language: 'it' })
    expect(result.ok && result.value.warnings).toEqual([])
  })
})

describe('sentences that begin like furniture', () => {
  const headOf = (headline: string) => `${headline}\nPar Kim Tremblay\n14 mai 2024`
  const [first = '', second = '', third = ''] = paragraphs
  const notices = [
    'Si vous souhaitez traverser le pont couvert à pied, il faudra attendre lundi, a annoncé la Ville mardi matin.',
    'Si vous souhaitez traverser, attendez lundi.',
    'Nous utilisons des cookies pour vous suivre\u00A0: cette phrase, chaque internaute l’a lue cent fois, et il ne la lit plus.',
    'Get the latest gossip in the village and you will hear that the bridge opens on Monday.',
    'Soutenez le pont, il vous soutiendra, dit la mairesse.',
  ]
  const links = [
    'Lire aussi vite qu’un adulte, voilà ce que promet la nouvelle méthode.',
    'Read more than thirty books a year and you will know the whole town.',
    'Read more than thirty books a year',
    'See also the small chapel behind the bridge, which the guild restored in June.',
    'Hintergrund: Die Brücke war baufällig, und keiner merkte es!',
    'Además: el municipio pintará el puente',
    'À lire\u00A0: c’est le mot d’ordre de la bibliothèque cet été\u00A0!',
    'Filed understandably late, the plan was refused',
    'This story has been shared around the village fires for more than a century.',
  ]
  const credits = [
    'Vidéo\u00A0: la Ville installera douze caméras sur le pont.',
    'Image\u00A0: le mot revient sans cesse dans la bouche de la mairesse',
    'Bild: So nennt der Wärter die Brücke im Winter.',
    'Le mot revient, image\u00A0: le pont est un trait entre deux villages',
  ]
  test.for(links.concat(credits))('in the middle: %s', (line) => {
    const article = read(`${headOf(title)}\n\n${first}\n\n${line}\n\n${second}\n\n${third}`)
    expect(article.paragraphs).toEqual([first, line, second, third])
  })

  test.for(notices)('at the beginning: %s', (line) => {
    expect(read(`${headOf(title)}\n\n${line}\n\n${body}`).paragraphs).toEqual([line, ...paragraphs])
  })

  test.for(notices)('at the end: %s', (line) => {
    expect(read(`${headOf(title)}\n\n${body}\n\n${line}`).paragraphs).toEqual([...paragraphs, line])
  })

  test.for([
    'LIRE\u00A0: Le pont de Québec ferme',
    'Además | El puente abre el lunes',
    'Lire aussi\u00A0: Le pont ferme-t-il\u00A0?',
    'Photo\u00A0: Kim Tremblay, archives La Presse',
    'Foto: dpa',
    'Le pont, en mars. Foto: Archivo El Puente.',
  ])('yet goes: %s', (line) => {
    const article = read(`${headOf(title)}\n\n${first}\n\n${line}\n\n${second}\n\n${third}`)
    expect(article.paragraphs).toEqual(paragraphs)
  })

  test.for([
    'Photo\u00A0: un cliché du pont fait le tour du monde',
    'Lire aussi Le Pont, le roman de la mairesse',
    'Vidéo\u00A0: Kim Tremblay Chante',
    'Le pont couvert rouvre lundi après trois mois de travaux',
  ])('the title is the line above the byline: %s', (headline) => {
    const article = read(`${headOf(headline)}\n\n${body}`)
    expect(article.title).toBe(headline)
    expect(article.names).toEqual(['Kim Tremblay'])
    expect(article.paragraphs).toEqual(paragraphs)
  })

  test('a byline below a button is not the title', () => {
    const result = parseCapture('Partager\nPar Kim Tremblay\n\nLe pont rouvre.\n\nLa fête est samedi.')
    expect(result.ok && result.value.value.title).not.toBe('Par Kim Tremblay')
  })

  test.for([
    ['a byline', 'Par Kim Tremblay\n14 mai 2024\n\nUn pont.\n\nDeux ponts.'],
    ['a short line', 'Une fête au village\nPar Kim Tremblay\n14 mai 2024\n\nUn pont.\n\nDeux ponts.'],
  ])('a title that is the longest line is not joined with %s', ([, below]) => {
    const article = read(`${title}\n${below}`)
    expect(article.title).toBe(title)
    expect(article.names).toEqual(['Kim Tremblay'])
  })

  test('sentences inside the article that go are one warning', () => {
    const caption = 'Le pont, en mars. Foto: Archivo El Puente.'
    const capture = `${headOf(title)}\n\n${first}\n\n${caption}\n\n${second}\n\n${caption}\n\n${third}`
    expect(read(capture).warnings).toEqual([
      `text: 2 lines inside the article left out as page furniture, first "${caption}"`,
    ])
  })
})
