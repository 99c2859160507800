import { describe, expect, test } from 'vitest'
import { paragraphs, readCapture } from './captures.ts'

const title = 'Le pont couvert rouvre lundi après trois mois de travaux'
const body = paragraphs.join('\n\n')
const menu = 'Je m’abonne au Courrier\nNos régions\nÀ table\nLe mag\nPetites annonces\nMots croisés\nChercher'

const read = (capture: string) => readCapture(capture, { language: 'fr' })

describe('the text of a picture and its caption', () => {
  const text = 'Des piétons traversent le pont couvert de Hull'
  const credit = ['Kim Tremblay', 'Publié le 19 juin 2024']
  test.for<[rule: string, head: string[]]>([
    ['above the title', [text, `${text}, lundi. (Photo : Jo Lee)`, title, ...credit]],
    ['below the title', ['Ville', title, 'Deux piétons marchent.', text, 'Photo : Jo Lee', ...credit]],
  ])('%s are not the title', ([, head]) => {
    expect(read([...head, ...paragraphs].join('\n')).title).toBe(title)
  })

  test('a line between the credit and the byline is named, if the line above the credit is taken', () => {
    const article = read([title, 'Photo : Jo Lee', 'La fête est finie', ...credit, ...paragraphs].join('\n'))
    expect(article.title).toBe(title)
    expect(article.warnings).toContain(`title: "${title}" is taken, but "La fête est finie" may be the title`)
  })
})

describe('of two lines above the byline', () => {
  test('a few words above a title are a kicker, which is reported', () => {
    const kicker = 'Un entretien avec la mairesse'
    const article = read(`${menu}\n${kicker}\n${title}\nPar Kim Tremblay\n${body}`)
    expect(article.title).toBe(title)
    expect(article.paragraphs).toEqual(paragraphs)
    expect(article.warnings).toEqual([
      `title: "${title}" is taken, and 7 lines above it left out, first "${menu.split('\n')[0]}"`,
    ])
  })

  test.for<[rule: string, upper: string, lower: string]>([
    [
      'a long line below a title is the standfirst, also if the text has more of its words',
      'La réouverture du pont, une fête pour la région',
      'La mairie annonce que le pont couvert rouvrira après trois mois de travaux',
    ],
    [
      'so is a shorter one',
      'La réouverture du pont, une fête pour la région',
      'Trois mois de travaux au pont couvert',
    ],
  ])('%s', ([, upper, lower]) => {
    const article = read(`${menu}\n${upper}\n${lower}\nPar Kim Tremblay\n${body}`)
    expect(article.title).toBe(upper)
    expect(article.paragraphs).toEqual([lower, ...paragraphs])
  })
})

test('a title of many words above a line with more words of the text may be a kicker, and both are named', () => {
  const kicker = 'Une fin attendue par les piétons et les marchands'
  const lower = 'Le pont couvert rouvre lundi matin'
  const warning = `title: "${kicker}" is taken, but "${lower}" may be the title`
  expect(read(`${kicker}\n${lower}\nPar Kim Roy\n19 juin 2024\n\n${body}`).warnings).toEqual([warning])
  expect(read(`${title}\n${kicker}\nPar Kim Roy\n19 juin 2024\n\n${body}`).warnings).toEqual([])
})

describe('a second article in the file', () => {
  const second = 'Le marché public de Hull ferme après soixante ans'
  const text = `Le marché fermera le 30 juin, a annoncé la coopérative qui le gère, ${'et la ville cherche un local, '.repeat(4)}dit-elle.`
  const reported = `text: "${second}" with a byline or a date below it may begin another article`
  const head = `${title}\nPar Kim Roy\n19 juin 2024\n\n${body}\n\n${second}`
  test.for<[rule: string, credits: string]>([
    ['a byline and a date', 'Par Ana Lee\n9 avril 2024'],
    ['a byline', 'Par Ana Lee'],
    ['a name and a date', 'Ana Lee\n9 avril 2024'],
    ['a date with a label', 'Publié le 9 avril 2024'],
    ['a standfirst, a byline and a date', 'La coopérative se retire.\nPar Ana Lee\n9 avril 2024'],
  ])('is reported by %s', ([, credits]) => {
    expect(read(`${head}\n${credits}\n\n${text}\n\n${text}\n\n${text}`).warnings).toContain(reported)
  })

  test.for<[rule: string, below: string]>([
    ['a subheading', text],
    ['a subheading above a date', `9 avril 2024\n\n${text}`],
    ['the signature below the last line', 'Par Kim Roy'],
  ])('is none: %s', ([, below]) => {
    expect(read(`${head}\n${below}`).warnings).not.toContain(reported)
  })
})

describe('the title', () => {
  test.for<[rule: string, capture: string]>([
    [
      'is the line whose words the text has, not a teaser above a date',
      `${menu}\n${title}\nEnfin, dit la mairie.\nQuand verra-t-on les cigognes cette année ?\n19 juin 2024\n${body}`,
    ],
    [
      'is not a line of one word that the text has',
      `Le Courrier\nMairie, 13 °, 76 %\nVille\n${title}\nEnfin, dit-on.\nPartager\nKim Tremblay\n\n${body}`,
    ],
    [
      'stands above a name with a date below',
      `${menu}\nNos balades d’été\n${title}\nKim Tremblay\n19 juin 2024\n${body}`,
    ],
  ])('%s', ([, capture]) => {
    expect(read(capture).title).toBe(title)
  })

  const other = 'Quand les travaux du pont seront finis, dit un voisin'
  const subheading = 'La mairesse annonce un marché et une fête avec de la musique samedi'
  test.for<[rule: string, lines: string[]]>([
    [
      'is above the only byline, and not a subheading below a quoted post',
      [
        ...[menu, other, 'Par Kim Roy le 14.09.2020', 'Enfin, dit-on.', 'Commenter', 'Que c’est beau !'],
        ...['— Ana Lee (@analee) March 16, 2020', subheading, ...paragraphs, ...paragraphs],
      ],
    ],
  ])('%s', ([, lines]) => {
    expect(read(lines.join('\n'))).toMatchObject({ title: other, names: ['Kim Roy'] })
  })

  test('is not the name of the site above the section', () => {
    for (const site of ['Sciences et Avenir Santé', 'Pont couvert et travaux', 'La mairie et les travaux'])
      expect(read([menu, site, 'Ville', title, 'Par Kim Roy', ...paragraphs].join('\n')).title, site).toBe(
        title,
      )
  })

  test('may consist of many words with capitals, like a name', () => {
    const headline = 'Fishing Masters Show in Rostock im Mai 2022'
    const text = 'Die Fishing Masters Show kommt nach Rostock, im Mai 2022 angeln dort alle.'
    expect(read(`Home  Angeln  ${headline}\n${headline}\nEndlich.\n\n${text}\n\n${text}`).title).toBe(
      headline,
    )
  })
})

describe('the author', () => {
  test.for<[rule: string, capture: string, names: string[]]>([
    ['of one word beside a date', `${title}\nVon Kim\n19 juin 2024\n\n${body}`, ['Kim']],
    ['with a user’s name below a date', `${title}\n19 juin 2024\nBy Admin\n\n${body}`, ['Admin']],
    [
      'above the title and a date',
      `${menu}\nKim Tremblay\n19 juin 2024\n${title}\n\n${body}`,
      ['Kim Tremblay'],
    ],
    ['by initials before an agency', `${title}\n19 juin 2024\nVon: kt/dpa\n\n${body}`, ['kt']],
    [
      'before a time since the publication, below a standfirst and a caption',
      `${title}\n\nEnfin.\n\nLe pont lundi.\n\nVille\nKim Tremblay | Publicado hace 3 horas\n\n${body}`,
      ['Kim Tremblay'],
    ],
    ['in brackets behind the last sentence', `${title}\n\n${body} (Kim Tremblay)`, ['Kim Tremblay']],
    [
      'below a caption that stands twice',
      `${title}\n\nEnfin.\n\nLe pont.\nLe pont.\nKim Roy\n19 juin 2024\n\n${body}`,
      ['Kim Roy'],
    ],
  ])('may be named %s', ([, capture, names]) => {
    expect(read(capture).names).toEqual(names)
  })

  test.for<[rule: string, capture: string]>([
    ['a name in brackets inside the last sentence', `${title}\n\n${body}\n\nLa juge (Kim Roy)`],
    ['the name in brackets of an actor', `${title}\n\n${body} Et puis vient la mairesse (Kim Roy)`],
    ['two words that begin like a byline', `${title}\n\nPar ailleurs\n\n${body}`],
  ])('is not %s', ([, capture]) => {
    expect(read(capture).names).toEqual([])
  })

  test('in brackets stays in the text, and is reported', () => {
    const article = read(`${title}\n\n${body} (Kim Tremblay)`)
    expect(article.paragraphs.at(-1)).toMatch(/\(Kim Tremblay\)$/)
    expect(article.warnings).toEqual(['authors: "Kim Tremblay" is the last line'])
  })
})

describe('a line that is no title', () => {
  test.for<[what: string, line: string]>([
    ['a label of a paid text', 'Article réservé aux abonnés'],
    ['the beginning of a list', 'La mairie rouvrira le pont couvert lundi :'],
    ['a German byline of a column', 'Eine Kolumne von Kim Tremblay'],
  ])('%s', ([, line]) => {
    const other = 'À Matane, une passerelle attendue depuis l’hiver'
    const article = read(`Ville\nTransport\n${other}\nPar Jo Lee\n19 juin 2024\n${line}\n${body}`)
    expect(article.title).toBe(other)
  })

  test('a date with a label, below a title that is also a label', () => {
    const article = read(`Contact\nPar Kim Tremblay\nPublié le 19 juin 2024\n${body}`)
    expect(article).toMatchObject({ title: 'Contact', published: '2024-06-19', names: ['Kim Tremblay'] })
  })
})
