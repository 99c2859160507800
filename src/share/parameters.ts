/**
 * Names and values as `name=value&name=value`, percent-encoded; a name without a value is left out.
 * A space is %20, never `+`, which mail programs show as a plus (RFC 6068 §5).
 */
export function renderParameters(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encode(value)}`)
    .join('&')
}

/** An apostrophe is encoded too, so that the link is safe in quotes of either kind. */
const encode = (value: string): string => encodeURIComponent(value.toWellFormed()).replaceAll("'", '%27')
