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
const encodeValue = (value: string): string => encodeURIComponent(value.toWellFormed()).replaceAll("'", '%27')

const asciiLengths = Array.from({ length: 128 }, (_, code) => encodeValue(String.fromCharCode(code)).length)

/** Returns the length of an encoded value without encoding it. */
export function encodedLength(value: string): number {
  let length = 0
  for (let at = 0; at < value.length; at++) {
    const code = value.codePointAt(at) ?? 0
    length += asciiLengths[code] ?? (code < 0x800 ? 6 : code < 0x10000 ? 9 : 12)
    if (code > 0xffff) at++
  }
  return length
}
