import { type OverrideActionContext, toJsonSchema } from '@valibot/to-json-schema'
import { articleSchema } from '../ingest/json.ts'
import { fields } from './fields.ts'
import type { Schema } from './schema.ts'

/**
 * Copies the error messages of valibot's checks into the JSON Schema as descriptions, and rewrites patterns
 * that have the flag `i`, which JSON Schema lacks.
 */
function overrideAction({ valibotAction, jsonSchema }: OverrideActionContext) {
  const action = valibotAction as { type: string; message?: unknown; requirement?: unknown }
  if (action.type !== 'check' && action.type !== 'regex') return undefined
  // Some checks make their message of the value, so that it says nothing here.
  const rule = typeof action.message === 'string' ? action.message : undefined
  const description = rule && { description: `${rule.replace(/^must/, 'It must')}.` }
  if (action.type === 'check') return { ...jsonSchema, ...description }
  const { source, flags } = action.requirement as RegExp
  const pattern = flags.includes('i') ? source.replaceAll('a-z', 'A-Za-z') : source
  return { ...jsonSchema, ...description, pattern }
}

/**
 * Adds the descriptions of the table `fields` to every field of a schema. If `isInput` is false, the schema
 * describes stored articles, and the rules for input are left out.
 */
export function described(schema: Schema, isInput: boolean, path = ''): Schema {
  const { properties, items, anyOf } = schema
  const entries = Object.entries(properties ?? {}).map(([name, member]) => {
    const at = path === '' ? name : `${path}.${name}`
    return [name, { ...described(member, isInput, at), ...wordsOf(at, member, isInput) }]
  })
  return {
    ...schema,
    ...(properties && { properties: Object.fromEntries(entries) }),
    ...(items && { items: described(items, isInput, path) }),
    ...(anyOf && { anyOf: anyOf.map((option) => described(option, isInput, path)) }),
  }
}

function wordsOf(path: string, { description: rule }: Schema, isInput: boolean): Schema {
  const { what, otherwise, example, format } = fields[path] ?? { what: '' }
  const words = isInput ? [what, rule, otherwise && `Left out: ${otherwise}.`] : [what]
  return {
    description: words.filter(Boolean).join(' '),
    ...(format !== undefined && { format }),
    ...(isInput && example !== undefined && { examples: [example] }),
  }
}

/**
 * Converts `articleSchema` to JSON Schema. The transformations in `articleSchema` are left out, because JSON
 * Schema cannot express a transformation. They only normalize valid values.
 */
export function convertedArticle(): Schema {
  const { $schema: _, ...schema } = toJsonSchema(articleSchema, {
    target: 'draft-2020-12',
    errorMode: 'ignore',
    overrideAction,
  }) as Schema
  return schema
}

/** Makes the schema of a stored article: the body is cleaned HTML in `html`, and all generated fields are present. */
export function storedArticle(input: Schema): Schema {
  const { additionalProperties: _, ...schema } = described(input, false)
  const { markdown: _markdown, text: _text, summary, authors, rights, ...kept } = schema.properties ?? {}
  const { minLength: _least, ...mayBeEmpty } = summary as Schema
  return {
    ...schema,
    description: 'An article as it is stored.',
    properties: {
      ...kept,
      summary: mayBeEmpty,
      authors: { ...authors, items: authors?.items?.anyOf?.[1] as Schema },
      rights: { ...rights, required: ['syndicate'] },
    },
    required: [
      ...['slug', 'id', 'title', 'summary', 'html', 'language', 'published', 'updated'],
      ...['tags', 'authors', 'attachments', 'rights', 'status'],
    ],
  }
}
