/** The part of JSON Schema that the OpenAPI document uses. */
export interface Schema {
  type?: string
  description?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  allOf?: Schema[]
  $ref?: string
  [keyword: string]: unknown
}

export const text = (description: string, more: Schema = {}): Schema => ({
  type: 'string',
  description,
  ...more,
})
export const integer = (description: string): Schema => ({ type: 'integer', description })
export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })

export const object = (
  description: string,
  required: string[],
  properties: Record<string, Schema>,
): Schema => ({
  type: 'object',
  description,
  required,
  properties,
})
