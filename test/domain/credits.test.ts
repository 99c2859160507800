import { expect, test } from 'vitest'
import { isOrganization } from '../../src/domain/credits.ts'
import type { LanguageName } from '../../src/domain/language.ts'
import { sampleArticle, site } from '../render/samples.ts'

/** Names that bylines of each language give to a desk or to a whole newsroom. */
const desks: Record<LanguageName, readonly string[]> = {
  fr: [
    'La rédaction',
    'Rédaction numérique',
    'Rédaction',
    'la Rédaction de Montréal',
    'Service local',
    'Le service des sports',
    'L’équipe du matin',
    'Bureau de Québec',
    'Bureau d’Ottawa',
  ],
  en: [
    'Newsroom',
    'The newsroom',
    'Sports desk',
    'Newsdesk',
    'The Editorial Board',
    'The editors',
    'News staff',
    'Staff',
  ],
  de: [
    'Redaktion',
    'Die Redaktion',
    'Sportredaktion',
    'Redaktion Politik',
    'dpa-Redaktion',
    'Ressort Kultur',
  ],
}

test.for([...Object.values(desks).flat(), 'Redacción', 'La redacción', 'Redacción Digital'])(
  '"%s" is an organization',
  (name) => {
    expect(isOrganization(site, sampleArticle(), name)).toBe(true)
  },
)

test.for([
  'The Associated Press',
  'AFP',
  'Agence France-Presse',
  'l’Agence France-Presse',
  'La Presse canadienne',
  'dpa',
])('"%s" is an organization, because it is a news agency', (name) => {
  expect(isOrganization(site, sampleArticle(), name)).toBe(true)
})

test('the article’s own agency and the site are organizations, in any letter case', () => {
  const article = sampleArticle({ source: { name: 'Courrier du Nord' } })
  expect(isOrganization(site, article, 'COURRIER DU NORD')).toBe(true)
  expect(isOrganization(site, article, 'le kiosque')).toBe(true)
  expect(isOrganization(site, sampleArticle(), 'Courrier du Nord')).toBe(false)
})

test.for([
  'Ève Roy',
  'Kim Tong-hyung',
  '김동형',
  'Théo Marchand',
  'Marie Bureau',
  'Jean Service',
  'Anna Redaktionsmeier',
  'Ann Staff',
  'Anton Ressort',
  'Apolline',
])('"%s" counts as a person', (name) => {
  expect(isOrganization(site, sampleArticle(), name)).toBe(false)
})
