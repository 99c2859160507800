/**
 * Renders names and values as `name=value&name=value`, percent-encoded; names with an empty value are omitted.
 * A space becomes %20 and not `+`, because mail programs display `+` as a plus sign (RFC 6068 §5).
 */
export function renderParameters(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encodeValue(value)}`)
    .join('&')
}

/**
 * Encodes a parameter's value. An apostrophe is encoded as well, so that the address is safe inside single and double
 * quotation marks.
 */
export const encodeValue = (value: string): string =>
  encodeURIComponent(value.toWellFormed()).replaceAll("'", '%27')
