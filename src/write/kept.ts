// I/O: none; this file completes articles of imports.
import type { Article } from '../domain/article.ts'
import type { ArticleInput } from '../domain/input.ts'
import type { Site } from '../domain/site.ts'
import { excerptOf } from '../ingest/text.ts'

type Field = keyof Article

/**
 * What becomes of a field that an import leaves out, if the stored article has it: it is `kept`, or it follows another rule. The
 * compiler demands a rule for each field.
 */
const rules = {
  // The stored article is found by these and keeps them, or gets new ones with its title and names.
  ...({ id: 'other', slug: 'other', title: 'other', keys: 'other' } as const),
  // An article without a date keeps its date (`publishedOf`).
  ...({ published: 'other', updated: 'other', dayOnly: 'other' } as const),
  // `keepingFields` has a rule for each of these.
  ...({ html: 'other', summary: 'other', rights: 'other', status: 'other' } as const),
  ...({ url: 'kept', shortTitle: 'kept', kicker: 'kept', language: 'kept', place: 'kept' } as const),
  ...({ urgency: 'kept', section: 'kept', tags: 'kept', authors: 'kept', source: 'kept' } as const),
  ...({ image: 'kept', attachments: 'kept', note: 'kept', embargo: 'kept', expires: 'kept' } as const),
  comments: 'kept',
} as const satisfies Record<Field, 'kept' | 'other'>

type KeptField = { [Name in Field]: (typeof rules)[Name] extends 'kept' ? Name : never }[Field]

const keptFields = Object.entries(rules).flatMap(([field, rule]) =>
  rule === 'kept' ? [field as KeptField] : [],
)

/**
 * Completes an article of an import with what the stored article has and the input leaves out. So an import removes nothing that an
 * editor has added, and shows nothing that a draft, an embargo or rights hide. `kept` names the fields without which the
 * stored article would change. A language that was guessed (`guessesLanguage`) counts as left out.
 */
export function keepingFields(
  site: Site,
  input: ArticleInput,
  stored: Article,
  guessesLanguage = false,
): { input: ArticleInput; kept: string[] } {
  const { rights, html, summary, status } = stored
  const isLeftOut = (field: KeptField) =>
    input[field] === undefined || (field === 'language' && guessesLanguage)
  const fields = keptFields.filter((field) => isLeftOut(field) && stored[field] !== undefined)
  const isHidden = input.status === undefined && status === 'draft'
  const hasBody = [input.html, input.markdown, input.text].some((body) => body !== undefined)
  const keepsSummary =
    input.summary === undefined && !(rights.syndicate === 'full' && summary === excerptOf(html))
  const merged = { ...rights, ...input.rights }
  const differs = (['syndicate', 'copyright', 'license'] as const).some(
    (name) => merged[name] !== { syndicate: 'full', ...input.rights }[name],
  )
  return {
    input: {
      ...input,
      ...Object.fromEntries(fields.map((field) => [field, stored[field]])),
      rights: merged,
      ...(isHidden && { status: 'draft' }),
      ...(!hasBody && { html }),
      ...(keepsSummary && { summary }),
    },
    kept: [
      ...fields.filter((field) =>
        input[field] === undefined ? !isStandard(site, field, stored) : input[field] !== stored[field],
      ),
      ...(differs ? ['rights'] : []),
      ...(isHidden ? ['status'] : []),
      ...(!hasBody && html !== '' ? ['html'] : []),
      ...(keepsSummary && summary !== '' ? ['summary'] : []),
    ],
  }
}

/** Whether an article without the field would have the same value. */
function isStandard(site: Site, field: KeptField, stored: Article): boolean {
  const value = stored[field]
  return Array.isArray(value) ? value.length === 0 : field === 'language' && value === site.language
}
