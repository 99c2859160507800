/** Renders the query parameters of a share link. */
export type RenderParameters = (values: Readonly<Record<string, string>>) => string

/**
 * Renders names and values as `name=value&name=value`, percent-encoded; names with an empty value are omitted.
 * A space becomes %20 and not `+`, because mail programs display `+` as a plus sign (RFC 6068 §5).
 */
export const renderParameters: RenderParameters = (values) => renderWith(encodeValue, values)

/**
 * Creates a function that renders as `renderParameters` does, and that encodes equal values once. Most networks get
 * the same text and the same URL. One request uses one such function, so that nothing outlasts the request.
 */
export function openParameters(): RenderParameters {
  const known = new Map<string, string>()
  const encode = (value: string): string => {
    const encoded = known.get(value) ?? encodeValue(value)
    known.set(value, encoded)
    return encoded
  }
  return (values) => renderWith(encode, values)
}

const renderWith = (encode: (value: string) => string, values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encode(value)}`)
    .join('&')

/**
 * Encodes a parameter's value. An apostrophe is encoded as well, so that the address is safe inside single and double
 * quotation marks.
 */
export const encodeValue = (value: string): string =>
  encodeURIComponent(value.toWellFormed()).replaceAll("'", '%27')
