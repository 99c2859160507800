import { articleSchema, instant } from './json.ts'

/** The part of a valibot schema that this file inspects. */
interface Schema {
  type: string
  wrapped?: Schema
  item?: Schema
  options?: readonly (Schema | string)[]
  entries?: Readonly<Record<string, Schema>>
}

/** The names of an article's date fields, at any depth. */
export const dateFields = fieldNames((schema) => schema === (instant as Schema))

/** The names of an article's number fields, at any depth. */
export const numberFields = fieldNames(({ type }) => type === 'number')

function fieldNames(isOne: (schema: Schema) => boolean): string[] {
  const within = ({ entries = {}, wrapped, item, options = [] }: Schema): string[] => [
    ...Object.entries(entries).flatMap(([name, field]) =>
      isOne(field.wrapped ?? field) ? [name] : within(field),
    ),
    ...[wrapped, item, ...options].flatMap((inner) => (typeof inner === 'object' ? within(inner) : [])),
  ]
  return within(articleSchema)
}
